#include "bench/child.h"

#include <gtest/gtest.h>

namespace diktate::bench {
namespace {

TEST(Child, AnswersWithItsOutputAndExitCode) {
  const auto run = run_child({"/bin/sh", "-c", "echo one; echo two; exit 3"});
  ASSERT_TRUE(run) << run.error().message;
  EXPECT_EQ(run->output, "one\ntwo\n");
  EXPECT_EQ(run->exit_code, 3);
}

TEST(Child, SaysByWhichSignalItDied) {
  const auto run = run_child({"/bin/sh", "-c", "kill -9 $$"});
  ASSERT_TRUE(run) << run.error().message;
  EXPECT_EQ(run->exit_code, 128 + 9);
}

TEST(Child, IsWatchedForItsOwnMemoryOnly) {
  const std::vector<char> ours(64U << 20U, 1);
  const auto run = run_child({"/bin/sh", "-c", "sleep 0.3"});
  ASSERT_TRUE(run) << run.error().message;
  EXPECT_GT(run->peak_kib, 100);
  EXPECT_LT(run->peak_kib, 32 * 1024);
  EXPECT_EQ(ours.back(), 1);
}

TEST(Child, FailsWhenThereIsNoSuchProgram) {
  const auto run = run_child({"/no/such/program"});
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().kind, ErrorKind::unavailable);
}

}  // namespace
}  // namespace diktate::bench
