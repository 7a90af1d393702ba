#include "bench/player.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <utility>

#include "app/backends.h"
#include "audio/memory_source.h"
#include "base/clock.h"
#include "bench/brisk_clock.h"

namespace diktate::bench {
namespace {

constexpr int kBriskFactor = 20;

void warn(const std::string& warning) { std::fprintf(stderr, "diktate-bench: %s\n", warning.c_str()); }

TakeOptions take_options(const PlayOptions& options) {
  if (options.take) return *options.take;
  if (options.sequential) return sequential_options();
  return options.batch ? file_options() : TakeOptions{};
}

}  // namespace

struct Player::Parts {
  std::unique_ptr<SpeechEngine> engine;
  std::unique_ptr<VoiceDetector> detector;
  Recogniser recogniser;
  std::string detector_name;
};

Player::Player(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Player::Player(Player&&) noexcept = default;
Player& Player::operator=(Player&&) noexcept = default;
Player::~Player() = default;

Result<Player> Player::make(const std::string& engine_name) {
  auto engine = make_engine({.name = engine_name, .on_warning = warn});
  if (!engine) return tl::unexpected(engine.error());
  auto detector = make_detector(warn);
  Recogniser recogniser(**engine);
  if (auto prepared = recogniser.prepare(); !prepared) return tl::unexpected(prepared.error());
  std::string name = detector->name();
  return Player(std::make_unique<Parts>(
      Parts{std::move(*engine), std::move(detector), std::move(recogniser), std::move(name)}));
}

Result<Take> Player::play(Samples samples, const PlayOptions& options) {
  const SteadyClock steady;
  const auto brisk = std::chrono::duration_cast<Nanoseconds>(std::chrono::duration<double>(options.brisk_s));
  const BriskClock clock(steady, std::max(brisk, Nanoseconds::zero()), kBriskFactor);
  auto audio = open_memory({.samples = std::move(samples), .speed = options.speed}, clock);
  if (!audio) return tl::unexpected(audio.error());
  const TakeParts parts{.source = *audio->source,
                        .detector = *parts_->detector,
                        .recogniser = parts_->recogniser,
                        .clock = clock,
                        .deliver = [](const InsertRequest&) { return Result<void>(); }};
  Take take = dictate(parts, take_options(options), {}, {});
  if (take.outcome == Outcome::failed) return fail(ErrorKind::failed, take.cause);
  return take;
}

const std::string& Player::detector_name() const { return parts_->detector_name; }

int wordless_pieces(const Take& take) {
  return static_cast<int>(std::count_if(take.pieces.begin(), take.pieces.end(),
                                        [](const Piece& piece) { return piece.text.empty(); }));
}

}  // namespace diktate::bench
