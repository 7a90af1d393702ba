#include "text/word_diff.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

std::vector<DiffRun> diff(std::string_view said, std::string_view got) {
  return word_diff(said, got, *built_in_language("en").value());
}

using Runs = std::vector<DiffRun>;

TEST(WordDiffTest, ShowsWhatIsKeptRemovedAndAdded) {
  EXPECT_EQ(diff("um so we leave", "So we must leave."), (Runs{{DiffKind::removed, "um"},
                                                               {DiffKind::kept, "So we"},
                                                               {DiffKind::added, "must"},
                                                               {DiffKind::kept, "leave."}}));
}

TEST(WordDiffTest, ShowsRemovedWordsBeforeThoseInTheirPlace) {
  EXPECT_EQ(diff("it grew twenty five percent", "It grew 25%."),
            (Runs{{DiffKind::kept, "It grew"},
                  {DiffKind::removed, "twenty five percent"},
                  {DiffKind::added, "25%."}}));
}

TEST(WordDiffTest, TakesOtherMarksForNoChange) {
  EXPECT_EQ(diff("is it late", "Is it \"late\"?"), (Runs{{DiffKind::kept, "Is it \"late\"?"}}));
}

TEST(WordDiffTest, KnowsEmptyTexts) {
  EXPECT_TRUE(diff("", "").empty());
  EXPECT_EQ(diff("", "Hi."), (Runs{{DiffKind::added, "Hi."}}));
  EXPECT_EQ(diff("hi", ""), (Runs{{DiffKind::removed, "hi"}}));
}

TEST(WordDiffTest, ShowsNoControlCharacters) {
  EXPECT_EQ(diff("hi", "\x1b[31mHi\x1b[0m"), (Runs{{DiffKind::kept, "Hi"}}));
}

}  // namespace
}  // namespace diktate
