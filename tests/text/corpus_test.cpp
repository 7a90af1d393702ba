// The goals of cleanup on both parts of the corpus. The test part was written by another author before the
// rules and is not tuned on; docs/cleanup.md has its figures.
#include "text/corpus.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

namespace diktate {
namespace {

// A rule with few cases may miss one of them.
bool reaches(const CorpusScore& score, double least) {
  return score.recall() >= least || (score.changed < 10 && score.changed - score.changed_right <= 1);
}

// Each class of the corpus with a change right, and each trap left alone.
void expect_recall(const std::string& part, double least_of_a_rule, double least_of_traps) {
  std::map<std::string, CorpusScore> scores = score_corpus(read_clean_cases(clean_corpus(part)));
  ASSERT_GT(scores.size(), 20U);
  for (const auto& [rule, score] : scores) {
    EXPECT_TRUE(reaches(score, least_of_a_rule))
        << rule << ": " << score.changed_right << " of " << score.changed;
  }
  const CorpusScore all = scores["all"];
  EXPECT_GT(all.traps, 100);
  EXPECT_GE(all.traps_kept(), least_of_traps) << all.traps_right << " of " << all.traps;
}

TEST(CleanCorpus, TheDevelopmentPartIsRight) { expect_recall("dev", 0.95, 0.99); }

TEST(CleanCorpus, EveryRuleReachesItsGoalOnTheUnseenPart) { expect_recall("test", 0.90, 0.95); }

TEST(CleanCorpus, DeletesNextToNothingThatWasMeant) {
  for (const std::string part : {"dev", "test"}) {
    const DeletionScore score = score_deletions(read_clean_cases(clean_corpus(part)));
    ASSERT_GT(score.deleted, 50) << part;
    EXPECT_GE(score.precision(), 0.99)
        << part << ": " << score.deleted - score.wrong << " of " << score.deleted;
  }
}

}  // namespace
}  // namespace diktate
