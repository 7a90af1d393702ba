#include "audio/cue_player.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "fakes/no_threads.h"

namespace diktate {
namespace {

TEST(CueSamples, AreShortAndBeginAndEndSoftly) {
  for (const Cue cue : {Cue::start, Cue::stop, Cue::error}) {
    const Samples samples = cue_samples(cue);
    ASSERT_FALSE(samples.empty());
    EXPECT_LT(seconds(static_cast<std::int64_t>(samples.size())), 0.3);
    float loudest = 0;
    float step = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
      loudest = std::max(loudest, std::abs(samples[i]));
      step = std::max(step, std::abs(samples[i] - (i == 0 ? 0 : samples[i - 1])));
    }
    EXPECT_GT(loudest, 0.1F);
    EXPECT_LE(loudest, 0.2F);
    EXPECT_LT(step, 0.08F) << "a click";
    EXPECT_LT(std::abs(samples.back()), 0.001F);
  }
}

TEST(CueSamples, DifferFromEachOther) {
  EXPECT_NE(cue_samples(Cue::start), cue_samples(Cue::stop));
  EXPECT_NE(cue_samples(Cue::stop), cue_samples(Cue::error));
}

TEST(CuePlayer, IsSilentWhereNoThreadIsToBeHad) {
  const SteadyClock clock;
  const auto player = make_cue_player(clock);
  const fakes::NoThreads none;
  EXPECT_NO_THROW(player->play(Cue::start));
  player->hush();
  EXPECT_FALSE(player->sounded_at(clock.now()));
}

TEST(CuePlayer, DeafensNobodyWithoutASoundServer) {
  ::setenv("PULSE_SERVER", "unix:/nowhere", 1);
  const SteadyClock clock;
  const Instant before = clock.now();
  {
    const auto player = make_cue_player(clock);
    player->play(Cue::start);
    EXPECT_FALSE(player->sounded_at(clock.now()));
    EXPECT_FALSE(player->sounded_at(before));
  }
  ::unsetenv("PULSE_SERVER");
}

}  // namespace
}  // namespace diktate
