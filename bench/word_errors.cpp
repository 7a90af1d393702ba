// Word error rate of the two ways to text: a file in long pieces, and dictation in short ones.
#include <array>
#include <cmath>

#include "bench/player.h"
#include "bench/sections.h"
#include "bench/wer.h"

namespace diktate::bench {
namespace {

constexpr double kQuickSpeed = 8;

struct Way {
  std::string name;
  std::string key;  // of its figures
  PlayOptions options;
  WordErrors errors = {};
  int wordless = 0;
};

// What dictation recognises depends a little on how much time it has: doubtful pieces are decoded again while
// the engine is idle. So it is played in real time, except where a run must be short.
std::array<Way, 2> ways(const Bench& bench) {
  const double speed = bench.quick ? kQuickSpeed : 1;
  return {Way{"transcribe", "transcribe", {.speed = 0, .batch = true}},
          Way{"dictate, at speed " + number(speed), "dictate", {.speed = speed}}};
}

Result<void> recognise(Bench& bench, Player& player, const std::string& engine, const Recording& recording,
                       std::array<Way, 2>& all) {
  const auto samples = read_recording(bench.speech.folder / recording.file);
  if (!samples) return tl::unexpected(samples.error());
  for (Way& way : all) {
    const auto take = player.play(*samples, way.options);
    if (!take) return tl::unexpected(take.error());
    way.errors += score(recording.transcript, take->raw_text);
    way.wordless += wordless_pieces(*take);
    bench.report.text("wer." + engine + "." + way.key, recording.file, take->raw_text);
  }
  return {};
}

Row show(Bench& bench, const std::string& engine, const Way& way) {
  const std::string prefix = "wer." + engine + "." + way.key + ".";
  bench.report.figure(prefix + "rate", way.errors.rate());
  bench.report.figure(prefix + "wordless_pieces", way.wordless);
  return {engine + ", " + way.name,
          std::to_string(way.errors.words),
          std::to_string(way.errors.substitutions),
          std::to_string(way.errors.deletions),
          std::to_string(way.errors.insertions),
          number(way.errors.rate(), 2),
          std::to_string(way.wordless)};
}

void keep_goals(Bench& bench, const std::string& engine, const std::array<Way, 2>& all) {
  using enum Goal::Sense;
  bench.report.goal({engine + ": pieces of speech without text", at_most, 0, "",
                     static_cast<double>(all[0].wordless + all[1].wordless)});
  if (bench.quick) return;  // too few words to tell
  const double limit = engine == "moonshine-tiny" ? 10.5 : 8.0;
  bench.report.goal({engine + ": word error rate", at_most, limit, " %", all[0].errors.rate()});
  bench.report.goal({engine + ": word error rate of dictation, over that", at_most, 1.0, " points",
                     all[1].errors.rate() - all[0].errors.rate()});
}

}  // namespace

Result<void> measure_word_errors(Bench& bench) {
  const auto recordings = bench.english();
  bench.report.section("Word error rate",
                       std::to_string(recordings.size()) + " English recordings, on the raw text.");
  std::vector<Row> rows;
  for (const std::string& engine : bench.engines()) {
    auto player = Player::make(engine);
    if (!player) return tl::unexpected(player.error());
    auto all = ways(bench);
    for (std::size_t i = 0; i < recordings.size(); ++i) {
      bench.report.progress("wer, " + engine + ": recording " + std::to_string(i + 1) + " of " +
                            std::to_string(recordings.size()));
      if (auto done = recognise(bench, *player, engine, recordings[i], all); !done) return done;
    }
    for (const Way& way : all) rows.push_back(show(bench, engine, way));
    keep_goals(bench, engine, all);
  }
  bench.report.table({"", "words", "sub", "del", "ins", "WER %", "pieces without text"}, rows);
  return {};
}

}  // namespace diktate::bench
