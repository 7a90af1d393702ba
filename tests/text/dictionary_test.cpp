#include "text/dictionary.h"

#include <gtest/gtest.h>

#include "text/clean.h"

namespace diktate {
namespace {

class DictionaryTest : public ::testing::Test {
 protected:
  Cleaned cleaned(std::string_view text, const std::string& profile = "standard",
                  std::string_view before = {}) const {
    CleanOptions options;
    options.profile = profile_called(profile).value();
    options.dictionary = &dictionary_;
    options.before = before;
    options.explain = true;
    return clean(text, *english_, options);
  }
  std::string text(std::string_view said, const std::string& profile = "standard",
                   std::string_view before = {}) const {
    return cleaned(said, profile, before).text;
  }

  const std::shared_ptr<const Language> english_ = built_in_language("en").value();
  const Dictionary dictionary_{{{"cube control", "kubectl"},
                                {"cube", "CUBE"},
                                {"open ai", "OpenAI"},
                                {"my town", "new york city"},
                                {"g p t four", "GPT-4"},
                                {"post gress", "PostgreSQL"},
                                {"smiley", ":-)"},
                                {"a day", "one day"},
                                {"Über alles", "Ü"}},
                               {"Grafana", "Anneke", "Claude Code", "Will", "iPhone"}};
};

TEST_F(DictionaryTest, WritesTheLongestSpokenForm) {
  EXPECT_EQ(text("Run cube control in the cube."), "Run kubectl in the CUBE.");
  EXPECT_EQ(text("Ask Open AI for it."), "Ask OpenAI for it.");
}

TEST_F(DictionaryTest, MatchesWholeWordsOnly) {
  EXPECT_EQ(text("Both cubes are reopen air."), "Both cubes are reopen air.");
  EXPECT_EQ(text("The cube-shaped box."), "The cube-shaped box.");
}

TEST_F(DictionaryTest, DoesNotReachOverMarksAndLines) {
  EXPECT_EQ(text("That is open, AI is not."), "That is open, AI is not.");
  EXPECT_EQ(text("It is open\nai"), "It is open\nAi");
}

TEST_F(DictionaryTest, FoldsTheCaseOfWhatIsSaid) {
  EXPECT_EQ(text("We sang ÜBER alles."), "We sang Ü.");
  EXPECT_EQ(text("I like Smiley people."), "I like :-) people.");
}

TEST_F(DictionaryTest, BeginsASentenceWithACapitalWhereTheWrittenFormHasNoCaseOfItsOwn) {
  EXPECT_EQ(text("my town is big."), "New york city is big.");
  EXPECT_EQ(text("my town is big.", "standard", "I think "), "new york city is big.");
  EXPECT_EQ(text("iphone users know."), "iPhone users know.");
  EXPECT_EQ(text("my town is big", "code"), "new york city is big");
}

TEST_F(DictionaryTest, IsReadBeforeNumbersAreWritten) {
  EXPECT_EQ(text("Use g p t four now."), "Use GPT-4 now.");
}

TEST_F(DictionaryTest, NeverReadsItsOwnOutput) {
  const Dictionary loops{{{"ping", "pong"}, {"pong", "ping pong"}}, {}};
  CleanOptions options;
  options.dictionary = &loops;
  EXPECT_EQ(clean("Say ping and pong.", *english_, options).text, "Say pong and ping pong.");
}

TEST_F(DictionaryTest, KeepsThePossessiveEnding) {
  EXPECT_EQ(text("It is open ai's and the cube's."), "It is OpenAI's and the CUBE's.");
  EXPECT_EQ(text("We saw anneke's house."), "We saw Anneke's house.");
}

TEST_F(DictionaryTest, CasesFavouredNames) {
  EXPECT_EQ(text("We asked anneke about claude code."), "We asked Anneke about Claude Code.");
  EXPECT_EQ(text("It will do."), "It will do.");
}

TEST_F(DictionaryTest, ReportsWhatItDidAndUnderWhichRule) {
  const Cleaned got = cleaned("Open post gress in grafanna.");
  ASSERT_EQ(got.text, "Open PostgreSQL in Grafana.");
  ASSERT_EQ(got.changes.size(), 2U);
  EXPECT_EQ(got.changes[0].rule, "dictionary");
  EXPECT_EQ(got.changes[0].from, "post gress");
  EXPECT_EQ(got.changes[0].to, "PostgreSQL");
  EXPECT_EQ(got.changes[1].rule, "favoured");
  EXPECT_EQ(got.changes[1].from, "grafanna");
}

TEST_F(DictionaryTest, IsOffInTheRawProfile) {
  EXPECT_EQ(text("Run cube control.", "raw"), "Run cube control.");
}

TEST_F(DictionaryTest, TakesTheLaterOfTwoEntriesAndLeavesOutThoseWithoutWords) {
  const Dictionary twice{{{"Foo", "one"}, {"foo", "two"}, {"...", "three"}}, {}};
  CleanOptions options;
  options.dictionary = &twice;
  EXPECT_EQ(clean("This foo is ...", *english_, options).text, "This two is ...");
}

TEST_F(DictionaryTest, WritesNothingThatATerminalCouldTakeForACommand) {
  const Dictionary lines{{{"two lines", "one\ntwo"}}, {}};
  CleanOptions options;
  options.profile = profile_called("terminal").value();
  options.dictionary = &lines;
  EXPECT_EQ(clean("echo two lines", *english_, options).text, "echo one two");
}

}  // namespace
}  // namespace diktate
