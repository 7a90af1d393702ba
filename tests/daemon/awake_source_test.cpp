#include "daemon/awake_source.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "base/time_asleep.h"

namespace diktate {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

// The machine may sleep in the middle of a read, which may fail then.
struct Machine {
  Nanoseconds asleep = hours(100);
  Nanoseconds sleeps_in_read = {};
  bool read_fails = false;
};

class MachineSource final : public AudioSource {
 public:
  explicit MachineSource(Machine& machine) : machine_(machine) {}
  Result<std::size_t> read(std::span<float> out, std::stop_token) override {
    machine_.asleep += machine_.sleeps_in_read;
    if (machine_.read_fails) return fail(ErrorKind::timeout, "no sound for 2 s");
    std::fill(out.begin(), out.end(), 0.5F);
    return out.size();
  }
  Instant captured_until() const override { return Instant(seconds(7)); }
  std::vector<std::string> warnings() const override { return {"it crackles"}; }

 private:
  Machine& machine_;
};

class AwakeSourceTest : public testing::Test {
 protected:
  std::string read() {
    Samples samples(4);
    const auto count = source->read(samples, {});
    if (!count) return count.error().message;
    return samples.back() == 0.5F ? std::to_string(*count) + " samples" : "other samples";
  }

  Machine machine;
  std::unique_ptr<AudioSource> source =
      make_awake(std::make_unique<MachineSource>(machine), [this] { return machine.asleep; });
};

constexpr auto kEnd = "the machine went to sleep, and the take ended there";

TEST_F(AwakeSourceTest, IsAsItsSourceIsWhileTheMachineIsAwake) {
  EXPECT_EQ(read(), "4 samples");
  machine.asleep += milliseconds(999);
  EXPECT_EQ(read(), "4 samples") << "clocks that differ are no sleep";
  EXPECT_EQ(source->captured_until(), Instant(seconds(7)));
  EXPECT_EQ(source->warnings(), std::vector<std::string>{"it crackles"});
  machine.read_fails = true;
  EXPECT_EQ(read(), "no sound for 2 s");
}

TEST_F(AwakeSourceTest, EndsAfterASleep) {
  EXPECT_EQ(read(), "4 samples");
  machine.asleep += seconds(1);
  EXPECT_EQ(read(), kEnd);
}

TEST_F(AwakeSourceTest, KeepsWhatWasReadThroughTheSleep) {
  machine.sleeps_in_read = hours(8);
  EXPECT_EQ(read(), "4 samples");
  EXPECT_EQ(read(), kEnd);
}

TEST_F(AwakeSourceTest, SaysThatItWasTheSleepWhereTheMicrophoneDidNotSurviveIt) {
  machine.sleeps_in_read = hours(8);
  machine.read_fails = true;
  EXPECT_EQ(read(), kEnd);
}

TEST(TimeAsleep, IsTheSameWhileTheMachineIsAwake) {
  const Nanoseconds before = time_asleep();
  EXPECT_GE(before, -kShortestSleep);
  EXPECT_LT(std::chrono::abs(time_asleep() - before), kShortestSleep);
}

}  // namespace
}  // namespace diktate
