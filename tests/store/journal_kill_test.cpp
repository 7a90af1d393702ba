// What a SIGKILL costs: a program that writes takes as the pipeline does is killed at seeded moments, and a
// new journal is asked what it finds.
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <new>
#include <random>
#include <thread>

#include <sys/mman.h>
#include <sys/wait.h>

#include "journal_fixture.h"
#include "store/journal.h"

namespace diktate {
namespace {

constexpr int kMoments = 25;
constexpr std::int64_t kMostLost = kSampleRate / 10;
constexpr std::int64_t kFrame = 512;
constexpr int kFrames = 60;

enum Stage : int { speaking, transcribed, cleaned, closed };

// What the program that is killed had got back from its calls; in memory that outlives it.
struct Progress {
  std::atomic<TakeId> take = 0;
  std::atomic<std::int64_t> samples = 0;
  std::atomic<int> stage = speaking;
  std::atomic<std::int64_t> takes_closed = 0;
};

std::string raw_text(TakeId id) { return "raw words of take " + std::to_string(id); }
std::string clean_text(TakeId id) { return "Clean words of take " + std::to_string(id) + "."; }

class KilledJournal : public JournalFixture {
 public:
  KilledJournal() {
    void* memory =
        ::mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    progress = new (memory) Progress;
  }
  ~KilledJournal() override { ::munmap(progress, sizeof(Progress)); }

 protected:
  // One take, some thirty times as fast as it would be spoken.
  void dictate(Journal& journal) {
    const auto take = journal.begin({"engine", "profile"});
    journal.get_ready();
    const TakeId id = take->state().id;
    progress->stage = speaking;
    progress->samples = 0;
    progress->take = id;
    for (int frame = 0; frame < kFrames; ++frame) {
      take->samples(sound(frame * kFrame, (frame + 1) * kFrame));
      progress->samples = (frame + 1) * kFrame;
      std::this_thread::sleep_for(std::chrono::microseconds(500));
    }
    take->transcript(raw_text(id));
    progress->stage = transcribed;
    take->clean_text(clean_text(id));
    progress->stage = cleaned;
    static_cast<void>(take->close({.outcome = Outcome::delivered, .clean_text = clean_text(id)}));
    progress->stage = closed;
    ++progress->takes_closed;
  }

  // Until it is killed.
  [[noreturn]] void dictate_for_ever() {
    Journal journal(options());
    journal.get_ready();
    for (;;) dictate(journal);
  }

  void kill_after(std::chrono::microseconds moment) {
    const pid_t child = ::fork();
    if (child == 0) dictate_for_ever();
    for (int i = 0; i < 1000 && progress->take == 0; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    std::this_thread::sleep_for(moment);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself";
  }

  // Everything that had been handed over is there.
  void check_take(Journal& journal) {
    const TakeId id = progress->take;
    const int stage = progress->stage;
    const auto history = journal.history(1000);
    ASSERT_TRUE(history) << history.error().message;
    EXPECT_GE(history->size(), static_cast<std::size_t>(progress->takes_closed));
    for (const HistoryRow& row : *history) {
      EXPECT_EQ(row.clean_text, clean_text(row.id));
      if (row.id == id) return;  // closed, whether its close() had returned or not
    }
    ASSERT_NE(stage, closed) << "neither in the history nor unfinished";
    const auto unfinished = journal.unfinished();
    if (progress->samples == 0 && unfinished.empty()) return;
    ASSERT_EQ(unfinished.size(), 1U);
    const TakeState& take = unfinished[0];
    EXPECT_EQ(take.id, id);
    EXPECT_FALSE(take.in_use);
    EXPECT_EQ(known_samples(journal.audio_of(id)), take.samples);
    EXPECT_GE(take.samples, progress->samples - kMostLost);
    EXPECT_TRUE(stage < transcribed || take.notes.raw_text == raw_text(id));
    EXPECT_TRUE(stage < cleaned || take.notes.clean_text == clean_text(id));
    caught.at(static_cast<std::size_t>(stage))++;
  }

  Progress* progress = nullptr;
  std::array<int, closed + 1> caught{};  // how many were killed at which stage
};

TEST_F(KilledJournal, FindsWhatWasHandedOverAtTwentyFiveMoments) {
  std::mt19937 random(20261128);
  for (int i = 0; i < kMoments; ++i) {
    SCOPED_TRACE("moment " + std::to_string(i));
    new (progress) Progress;
    ASSERT_NO_FATAL_FAILURE(kill_after(std::chrono::microseconds(random() % 120'000)));
    Journal journal(options());
    ASSERT_NO_FATAL_FAILURE(check_take(journal));
    for (const TakeState& take : journal.unfinished()) EXPECT_TRUE(journal.discard(take.id));
    ASSERT_TRUE(journal.wipe());
  }
  EXPECT_GT(caught[speaking], 0) << "no moment in the middle of speaking";
}

}  // namespace
}  // namespace diktate
