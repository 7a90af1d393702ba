// Stop-to-text: what the user waits for between letting the key go and having the text.
#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include "bench/breakdown.h"
#include "bench/player.h"
#include "bench/sections.h"
#include "bench/stats.h"
#include "bench/wer.h"

namespace diktate::bench {
namespace {

constexpr double kSequentialSpeed =
    50;                       // what it does comes after key up, so the pace before does not matter
constexpr int kQuickEnd = 4;  // s at the end of a take that pass in real time with --quick

// One way of dictating, on all takes.
struct Series {
  std::string name;
  std::string key;  // of its figures
  KeyUp key_up;
  bool sequential;
  std::vector<int> class_s = {};  // parallel to the rest
  std::vector<std::string> takes = {};
  std::vector<Breakdown> times = {};
  WordErrors errors = {};
  int wordless = 0;

  // All, or those of one class.
  std::vector<double> ms(double Breakdown::*part, int of_class = 0) const {
    std::vector<double> values;
    for (std::size_t i = 0; i < times.size(); ++i) {
      if (of_class == 0 || class_s[i] == of_class) values.push_back(times[i].*part);
    }
    return values;
  }
  double p50(int of_class = 0) const { return percentile(ms(&Breakdown::total, of_class), 50); }
  double p95(int of_class = 0) const { return percentile(ms(&Breakdown::total, of_class), 95); }
};

using AllSeries = std::array<Series, 4>;
constexpr std::size_t kTight = 0;  // its sequential peer is 2 further on, as for
constexpr std::size_t kReleased = 1;

AllSeries all_series() {
  return {Series{"tight, overlapped", "tight", KeyUp::tight, false},
          Series{"released, overlapped", "released", KeyUp::released, false},
          Series{"tight, sequential", "tight_sequential", KeyUp::tight, true},
          Series{"released, sequential", "released_sequential", KeyUp::released, true}};
}

// With --quick the first two of every class.
std::vector<TakeRecipe> chosen_takes(const Bench& bench) {
  std::vector<TakeRecipe> chosen;
  for (const TakeRecipe& recipe : bench.takes) {
    const auto same = std::count_if(chosen.begin(), chosen.end(),
                                    [&](const TakeRecipe& other) { return other.class_s == recipe.class_s; });
    if (!bench.quick || same < 2) chosen.push_back(recipe);
  }
  return chosen;
}

PlayOptions play_options(const Bench& bench, const Series& series, const Samples& samples) {
  if (series.sequential) return {.speed = kSequentialSpeed, .sequential = true};
  const double length = seconds(static_cast<std::int64_t>(samples.size()));
  return {.brisk_s = bench.quick ? length - kQuickEnd : 0};
}

Result<void> play(Bench& bench, Player& player, const TakeRecipe& recipe, Series& series) {
  auto spoken = make_take(recipe, bench.speech, series.key_up);
  if (!spoken) return tl::unexpected(spoken.error());
  const auto options = play_options(bench, series, spoken->samples);
  const auto take = player.play(std::move(spoken->samples), options);
  if (!take) return tl::unexpected(take.error());
  series.class_s.push_back(recipe.class_s);
  series.takes.push_back(std::to_string(recipe.class_s) + " s, " + recipe.name);
  series.times.push_back(after_key_up(*take));
  bench.report.text("stop." + series.key, series.takes.back(), take->raw_text);
  bench.report.figure("stop." + series.key + "." + series.takes.back() + ".ms", series.times.back().total);
  series.wordless += wordless_pieces(*take);
  if (spoken->reference) series.errors += score(*spoken->reference, take->raw_text);
  return {};
}

Result<void> play_all(Bench& bench, Player& player, const std::vector<TakeRecipe>& recipes, AllSeries& all) {
  for (std::size_t i = 0; i < recipes.size(); ++i) {
    for (Series& series : all) {
      bench.report.progress("stop: take " + std::to_string(i + 1) + " of " + std::to_string(recipes.size()) +
                            " (" + std::to_string(recipes[i].class_s) + " s, " + recipes[i].name + "), " +
                            series.name);
      if (auto played = play(bench, player, recipes[i], series); !played) return played;
    }
  }
  return {};
}

std::set<int> classes(const Series& series) { return {series.class_s.begin(), series.class_s.end()}; }

void show_waits(Bench& bench, const AllSeries& all) {
  Row head{"p50 / p95, ms", "all"};
  for (const int class_s : classes(all.front())) head.push_back(std::to_string(class_s) + " s");
  std::vector<Row> rows;
  for (const Series& series : all) {
    Row row{series.name, number(series.p50()) + " / " + number(series.p95())};
    for (const int class_s : classes(series))
      row.push_back(number(series.p50(class_s)) + " / " + number(series.p95(class_s)));
    rows.push_back(std::move(row));
  }
  for (const std::size_t i : {kTight, kReleased}) {
    Row row{all[i].key + ": sequential to overlapped, p50", ratio(all[i + 2].p50() / all[i].p50())};
    for (const int class_s : classes(all[i]))
      row.push_back(ratio(all[i + 2].p50(class_s) / all[i].p50(class_s)));
    rows.push_back(std::move(row));
  }
  bench.report.table(head, rows);
}

// What makes the p95.
void show_slowest(Bench& bench, const AllSeries& all) {
  constexpr std::size_t kShown = 4;
  std::vector<Row> rows;
  for (const std::size_t i : {kTight, kReleased}) {
    const std::vector<double> ms = all[i].ms(&Breakdown::total);
    std::vector<std::size_t> order(ms.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return ms[a] > ms[b]; });
    order.resize(std::min(order.size(), kShown));
    std::string slowest;
    for (const std::size_t take : order)
      slowest += (slowest.empty() ? "" : "; ") + all[i].takes[take] + ": " + number(ms[take]);
    rows.push_back({all[i].name, slowest});
  }
  bench.report.table({"slowest takes, ms", ""}, rows);
}

void show_breakdown(Bench& bench, const AllSeries& all) {
  constexpr std::array<double Breakdown::*, 6> kParts = {&Breakdown::queue,   &Breakdown::work,
                                                         &Breakdown::join,    &Breakdown::clean,
                                                         &Breakdown::deliver, &Breakdown::other};
  std::vector<Row> rows;
  for (const Series& series : all) {
    Row row{series.name};
    for (const auto part : kParts) row.push_back(number(median(series.ms(part)), 1));
    rows.push_back(std::move(row));
  }
  bench.report.table({"median ms after key up", "queue", "work", "join", "clean", "deliver", "other"}, rows);
}

void show_texts(Bench& bench, const AllSeries& all) {
  std::vector<Row> rows;
  for (const Series& series : all) {
    rows.push_back({series.name, std::to_string(series.errors.words), number(series.errors.rate(), 2),
                    std::to_string(series.wordless)});
    bench.report.figure("stop." + series.key + ".wer", series.errors.rate());
    bench.report.figure("stop." + series.key + ".wordless_pieces", series.wordless);
  }
  bench.report.table({"raw text", "words", "WER %", "pieces without text"}, rows);
}

void keep_figures(Bench& bench, const AllSeries& all) {
  for (const Series& series : all) {
    const std::string prefix = "stop." + series.key + ".";
    bench.report.figure(prefix + "all.p50_ms", series.p50());
    bench.report.figure(prefix + "all.p95_ms", series.p95());
    for (const int class_s : classes(series)) {
      bench.report.figure(prefix + std::to_string(class_s) + "_s.p50_ms", series.p50(class_s));
      bench.report.figure(prefix + std::to_string(class_s) + "_s.p95_ms", series.p95(class_s));
    }
  }
}

void keep_goals(Bench& bench, const AllSeries& all) {
  using enum Goal::Sense;
  const auto goals = [&](std::size_t i, double p50, double p95, double ratio_30, double ratio_60) {
    const std::string& name = all[i].key;
    const auto against = [&](int class_s) { return all[i + 2].p50(class_s) / all[i].p50(class_s); };
    bench.report.goal({name + ": stop-to-text, p50", at_most, p50, " ms", all[i].p50()});
    bench.report.goal({name + ": stop-to-text, p95", at_most, p95, " ms", all[i].p95()});
    bench.report.goal({name + ": sequential to overlapped, 30 s", at_least, ratio_30, "x", against(30)});
    bench.report.goal({name + ": sequential to overlapped, 60 s", at_least, ratio_60, "x", against(60)});
  };
  goals(kTight, 150, 300, 4, 8);
  goals(kReleased, 60, 170, 10, 20);
}

std::string explanation(const Bench& bench, std::size_t takes, const std::string& detector) {
  std::string text =
      std::to_string(takes) + " takes, moonshine-base, detector " + detector +
      ", warm. Tight: key up on the last sample of speech; released: 300 ms of room tone later.\n"
      "Overlapped takes are played in real time; sequential ones (everything after key up) at speed 50.";
  if (bench.quick)
    text += "\n--quick: all but the last " + std::to_string(kQuickEnd) +
            " s of an overlapped take pass 20 times as fast.";
  return text;
}

}  // namespace

Result<void> measure_stop_to_text(Bench& bench) {
  auto player = Player::make(bench.engines().front());
  if (!player) return tl::unexpected(player.error());
  const auto recipes = chosen_takes(bench);
  bench.report.section("Stop-to-text", explanation(bench, recipes.size(), player->detector_name()));
  AllSeries all = all_series();
  if (auto played = play_all(bench, *player, recipes, all); !played) return played;
  show_waits(bench, all);
  show_slowest(bench, all);
  show_breakdown(bench, all);
  show_texts(bench, all);
  keep_figures(bench, all);
  keep_goals(bench, all);
  return {};
}

}  // namespace diktate::bench
