// The goals of verification on both parts of the corpus. The test part was written by another author and is
// not tuned on.
#include "text/verify_corpus.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

void expect_goals(const std::string& part) {
  VerifyScore score;
  for (const VerifyCase& one : read_verify_cases(DIKTATE_TEST_DATA "/verify/" + part + ".tsv"))
    score.count(one, verified(one).decision);
  ASSERT_GT(score.accepts, 50);
  ASSERT_GT(score.rejects, 50);
  EXPECT_LE(score.false_reject_rate(), 0.02) << score.false_rejects << " of " << score.accepts;
  EXPECT_LE(score.false_accept_rate(), 0.01) << score.false_accepts << " of " << score.rejects;
  EXPECT_LE(score.strips_missed, score.strips / 20) << score.strips_missed << " of " << score.strips;
}

TEST(VerifyCorpus, TheDevelopmentPartReachesTheGoals) { expect_goals("dev"); }

TEST(VerifyCorpus, TheUnseenPartReachesTheGoals) { expect_goals("test"); }

}  // namespace
}  // namespace diktate
