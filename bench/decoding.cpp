// Decoding speed: the plain loop and our engine on the same pieces of speech, taking turns.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <thread>
#include <utility>

#include "app/backends.h"
#include "base/clock.h"
#include "bench/plain_loop.h"
#include "bench/quiet.h"
#include "bench/sections.h"
#include "bench/stats.h"
#include "bench/wer.h"

namespace diktate::bench {
namespace {

constexpr double kLongestPiece =
    25.0;  // s: the models loop on longer ones, which would measure something else
// Rounds over all recordings; of each recording, the faster time counts. The gain of the audio differs a
// little from round to round: the models are so quantised that a last bit decides near ties, so one round's
// word errors are known to about 0.3 points only, and the sum of all to half of that.
constexpr std::array kGains = {1.0F, 0.9F, 0.8F, 0.7F};
// The plain loop's idle threads spin for a while after each of its runs: they calm down before the next turn.
constexpr auto kBetweenTurns = std::chrono::milliseconds(30);

using Transcribe = std::function<Result<std::string>(std::span<const float>)>;

struct Contender {
  std::string name;
  std::string key;  // of its figures
  Transcribe transcribe;
  std::vector<double> ms = {};  // per recording
  WordErrors errors = {};
};

std::string with_threads(const std::string& who, int threads) {
  return who + ", " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

Result<std::shared_ptr<SpeechEngine>> warm_engine(const std::string& name, int threads) {
  auto made = make_engine({.name = name, .threads = threads});
  if (!made) return tl::unexpected(made.error());
  std::shared_ptr<SpeechEngine> engine = std::move(*made);
  if (auto prepared = engine->prepare(); !prepared) return tl::unexpected(prepared.error());
  return engine;
}

Contender ours(const std::shared_ptr<SpeechEngine>& engine, int threads) {
  const auto transcribe = [engine](std::span<const float> samples) -> Result<std::string> {
    auto transcript = engine->transcribe(samples, {}, {});
    if (!transcript) return tl::unexpected(transcript.error());
    return std::move(transcript->text);
  };
  return {with_threads("diktate", threads), "diktate_" + std::to_string(threads), transcribe};
}

// Both use one vocabulary: `engine` spells the plain loop's tokens.
Result<Contender> plain(const std::filesystem::path& weights, const std::shared_ptr<SpeechEngine>& engine,
                        int threads) {
  auto loaded = PlainLoop::load(weights, threads);
  if (!loaded) return tl::unexpected(loaded.error());
  const auto loop = std::make_shared<PlainLoop>(std::move(*loaded));
  const auto transcribe = [loop, engine](std::span<const float> samples) -> Result<std::string> {
    const auto tokens = loop->decode(samples);
    if (!tokens) return tl::unexpected(tokens.error());
    return engine->text_of(*tokens);
  };
  return Contender{with_threads("plain loop", threads), "plain_" + std::to_string(threads), transcribe};
}

// Where they stand among the contenders.
constexpr std::size_t kPlain1 = 0;
constexpr std::size_t kOurs1 = 1;
constexpr std::size_t kPlain2 = 2;
constexpr std::size_t kOurs2 = 3;

Result<std::vector<Contender>> contenders(const Bench& bench, const std::string& name) {
  std::vector<Contender> all;
  for (const int threads : {1, 2}) {
    auto engine = warm_engine(name, threads);
    if (!engine) return tl::unexpected(engine.error());
    auto loop = plain(shipped_weights(bench.shipped, name), *engine, threads);
    if (!loop) return tl::unexpected(loop.error());
    all.push_back(std::move(*loop));
    all.push_back(ours(*engine, threads));
  }
  return all;
}

struct Turn {
  double ms = 0;
  std::string text;
};

Result<Turn> take_turn(const Contender& contender, const std::vector<std::span<const float>>& pieces) {
  std::this_thread::sleep_for(kBetweenTurns);
  Turn turn;
  const SteadyClock clock;
  const Instant start = clock.now();
  for (const auto piece : pieces) {
    const auto text = contender.transcribe(piece);
    if (!text) return tl::unexpected(text.error());
    turn.text += (turn.text.empty() ? "" : " ") + *text;
  }
  turn.ms = std::chrono::duration<double, std::milli>(clock.now() - start).count();
  return turn;
}

// One engine's contenders on all recordings.
class Race {
 public:
  Race(Bench& bench, std::string engine, std::vector<Contender> contenders)
      : bench_(bench), engine_(std::move(engine)), contenders_(std::move(contenders)) {}

  Result<void> run();
  void show() const;
  void conclude() const;

 private:
  Result<void> turns(std::size_t index, std::size_t round, const Samples& samples);
  void count(Contender& contender, std::size_t index, std::size_t round, const Turn& turn);
  double faster(std::size_t slow, std::size_t fast) const {
    return sum(contenders_[slow].ms) / sum(contenders_[fast].ms);
  }

  Bench& bench_;
  const std::string engine_;
  const std::vector<Recording> recordings_ = bench_.english();
  std::vector<Contender> contenders_;
  double audio_s_ = 0;
};

// Rounds are outermost: an engine that remembered its last audio would have nothing to gain.
Result<void> Race::run() {
  for (std::size_t round = 0; round < kGains.size(); ++round) {
    for (std::size_t i = 0; i < recordings_.size(); ++i) {
      bench_.report.progress("decode, " + engine_ + ": round " + std::to_string(round + 1) + ", recording " +
                             std::to_string(i + 1) + " of " + std::to_string(recordings_.size()));
      auto samples = read_recording(bench_.speech.folder / recordings_[i].file);
      if (!samples) return tl::unexpected(samples.error());
      for (float& sample : *samples) sample *= kGains[round];
      if (auto done = turns(i, round, *samples); !done) return done;
      if (round == 0) audio_s_ += seconds(static_cast<std::int64_t>(samples->size()));
    }
  }
  return {};
}

// Every contender once on one recording, beginning with another one each time.
Result<void> Race::turns(std::size_t index, std::size_t round, const Samples& samples) {
  const auto pieces = cut_at_quiet(samples, static_cast<std::size_t>(samples_of(kLongestPiece)));
  for (std::size_t i = 0; i < contenders_.size(); ++i) {
    Contender& contender = contenders_[(index + round + i) % contenders_.size()];
    const auto turn = take_turn(contender, pieces);
    if (!turn) return tl::unexpected(turn.error());
    count(contender, index, round, *turn);
  }
  return {};
}

void Race::count(Contender& contender, std::size_t index, std::size_t round, const Turn& turn) {
  contender.errors += score(recordings_[index].transcript, turn.text);
  if (round > 0) {
    contender.ms[index] = std::min(contender.ms[index], turn.ms);
    return;
  }
  contender.ms.push_back(turn.ms);
  bench_.report.text("decode." + engine_ + "." + contender.key, recordings_[index].file, turn.text);
}

void Race::show() const {
  std::vector<Row> rows;
  for (const Contender& contender : contenders_) {
    const double s = sum(contender.ms) / 1000;
    bench_.report.figure("decode." + engine_ + "." + contender.key + ".s", s);
    bench_.report.figure("decode." + engine_ + "." + contender.key + ".wer", contender.errors.rate());
    rows.push_back(
        {contender.name, number(s, 1), number(audio_s_ / s, 1), number(contender.errors.rate(), 2)});
  }
  bench_.report.table({engine_ + ", " + number(audio_s_) + " s of speech", "s", "x real time", "WER %"},
                      rows);
}

void Race::conclude() const {
  const double one = faster(kPlain1, kOurs1);
  const double two = faster(kPlain2, kOurs2);
  const double two_to_one = faster(kPlain1, kOurs2);
  const double wer = contenders_[kOurs2].errors.rate() - contenders_[kPlain2].errors.rate();
  bench_.report.note("faster than the plain loop: " + ratio(one) + " at 1 thread, " + ratio(two) +
                     " at 2; with 2 against its 1: " + ratio(two_to_one) + "; word error rate " +
                     number(wer, 2) + " points over its own");
  const std::string prefix = "decode." + engine_ + ".";
  bench_.report.figure(prefix + "ratio_1_thread", one);
  bench_.report.figure(prefix + "ratio_2_threads", two);
  bench_.report.figure(prefix + "ratio_2_threads_to_plain_1_thread", two_to_one);
  bench_.report.figure(prefix + "wer_difference", wer);
  using enum Goal::Sense;
  bench_.report.goal({engine_ + ": decoding, 1 thread, to plain loop", at_least, 1.85, "x", one});
  bench_.report.goal({engine_ + ": decoding, 2 threads, to plain loop", at_least, 1.85, "x", two});
  bench_.report.goal({engine_ + ": decoding, 2 threads, to plain loop's 1", at_least, 2.3, "x", two_to_one});
  if (bench_.quick) return;  // too few words to tell
  bench_.report.goal({engine_ + ": word error rate, over plain loop's", at_most, 0.2, " points", wer});
}

}  // namespace

Result<void> measure_decoding(Bench& bench) {
  bench.report.section("Decoding",
                       "English recordings in pieces of at most 25 s, cut at quiet points, for all alike; "
                       "taking turns; the fastest "
                       "of four rounds.\nPlain loop: the weights as shipped, decoder not split, default "
                       "session options but for "
                       "the number of threads.");
  for (const std::string& engine : bench.engines()) {
    auto all = contenders(bench, engine);
    if (!all) return tl::unexpected(all.error());
    Race race(bench, engine, std::move(*all));
    if (auto done = race.run(); !done) return done;
    race.show();
    race.conclude();
  }
  return {};
}

}  // namespace diktate::bench
