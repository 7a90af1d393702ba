// Cleanup of text, and its verification: how long they take, how that grows with the text,
// and against a few regular expressions.
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/dictation.h"
#include "bench/plain_rules.h"
#include "bench/sections.h"
#include "bench/stats.h"
#include "text/clean.h"
#include "text/verify.h"

namespace diktate::bench {
namespace {

struct Size {
  std::size_t words;
  unsigned texts;  // all different, each measured once
};

std::vector<Size> sizes(bool quick) {
  if (quick) return {{10, 100}, {50, 100}, {100, 100}, {1000, 20}, {10'000, 3}};
  return {{10, 1000}, {50, 1000}, {100, 1000}, {1000, 100}, {10'000, 20}, {100'000, 5}};
}

template <class Work>
double microseconds(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
}

struct CleaningTimes {
  std::vector<double> ours_us;
  std::vector<double> plain_us;
  std::size_t written = 0;  // keeps the work from being left out
};

CleaningTimes measure(const Language& language, const Size& size) {
  CleaningTimes times;
  times.written = clean(dictation(size.words, 0), language).text.size();  // first touch of code and tables
  times.written += plain_rules(dictation(size.words, 0)).size();
  for (unsigned seed = 1; seed <= size.texts; ++seed) {
    const std::string text = dictation(size.words, seed);
    times.ours_us.push_back(microseconds([&] { times.written += clean(text, language).text.size(); }));
    times.plain_us.push_back(microseconds([&] { times.written += plain_rules(text).size(); }));
  }
  return times;
}

double per_word_ns(const CleaningTimes& times, const Size& size) {
  return median(times.ours_us) * 1000 / static_cast<double>(size.words);
}

Row show(Bench& bench, const Size& size, const CleaningTimes& times) {
  const double ours = median(times.ours_us);
  const double plain = median(times.plain_us);
  const std::string prefix = "clean." + std::to_string(size.words) + ".";
  bench.report.figure(prefix + "p50_us", ours);
  bench.report.figure(prefix + "p95_us", percentile(times.ours_us, 95));
  bench.report.figure(prefix + "word_ns", per_word_ns(times, size));
  bench.report.figure(prefix + "plain_ratio", plain / ours);
  using enum Goal::Sense;
  if (size.words == 50) bench.report.goal({"50 words cleaned, p50", at_most, 200, " us", ours});
  if (size.words == 1000) bench.report.goal({"1,000 words cleaned, p50", at_most, 3000, " us", ours});
  return {std::to_string(size.words),       number(ours, 1),  number(percentile(times.ours_us, 95), 1),
          number(per_word_ns(times, size)), number(plain, 1), ratio(plain / ours)};
}

void show_growth(Bench& bench, double first_ns, double last_ns) {
  bench.report.figure("clean.growth", last_ns / first_ns);
  bench.report.goal({"a word of the longest text, to one of 100 words", Goal::Sense::at_most, 1.5, "x",
                     last_ns / first_ns});
}

Result<void> measure_languages(Bench& bench) {
  std::vector<Row> rows;
  for (const std::string& name : language_names()) {
    std::vector<double> ms;
    for (int i = 0; i < 20; ++i) {
      Result<std::shared_ptr<const Language>> language;
      ms.push_back(microseconds([&] { language = built_in_language(name); }) / 1000);
      if (!language) return tl::unexpected(language.error());
    }
    bench.report.figure("clean.load_" + name + "_ms", median(ms));
    rows.push_back({name, number(median(ms), 2), number(percentile(ms, 95), 2)});
  }
  bench.report.table({"loading a language, ms", "p50", "p95"}, rows);
  return {};
}

// A model that does its work well is the slow case: every check has to pass.
void measure_verification(Bench& bench, const Language& language) {
  std::vector<Row> rows;
  for (const std::size_t words : {100U, 1000U, 10'000U}) {
    std::vector<double> us;
    for (unsigned seed = 1; seed <= (words > 1000 ? 10U : 100U); ++seed) {
      const std::string said = dictation(words, seed);
      const std::string got = clean(said, language).text;
      us.push_back(microseconds([&] { (void)verify(said, got, language); }));
    }
    const std::string prefix = "verify." + std::to_string(words) + ".";
    bench.report.figure(prefix + "p50_us", median(us));
    bench.report.figure(prefix + "p95_us", percentile(us, 95));
    if (words == 100)
      bench.report.goal({"100 words verified, p50", Goal::Sense::at_most, 1000, " us", median(us)});
    rows.push_back({std::to_string(words), number(median(us), 1), number(percentile(us, 95), 1)});
  }
  bench.report.table({"words verified", "p50, us", "p95, us"}, rows);
}

}  // namespace

Result<void> measure_cleaning(Bench& bench) {
  bench.report.section(
      "Cleanup",
      "Made-up dictation, all texts different, profile standard, one thread. The peer: a few "
      "regular expressions (bench/plain_rules.cpp), which do a fraction of it.");
  const auto language = built_in_language("en");
  if (!language) return tl::unexpected(language.error());
  std::vector<Row> rows;
  double hundred_ns = 0;
  double last_ns = 0;
  for (const Size& size : sizes(bench.quick)) {
    bench.report.progress("clean: " + std::to_string(size.words) + " words");
    const CleaningTimes times = measure(**language, size);
    rows.push_back(show(bench, size, times));
    last_ns = per_word_ns(times, size);
    if (size.words == 100) hundred_ns = last_ns;
  }
  show_growth(bench, hundred_ns, last_ns);
  bench.report.table({"words", "p50, us", "p95, us", "ns a word", "peer: p50, us", "peer to diktate"}, rows);
  measure_verification(bench, **language);
  return measure_languages(bench);
}

}  // namespace diktate::bench
