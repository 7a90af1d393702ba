#include "text/snippets.h"

#include <gtest/gtest.h>

#include "text/clean.h"

namespace diktate {
namespace {

class SnippetsTest : public ::testing::Test {
 protected:
  Cleaned cleaned(std::string_view text, const std::string& profile = "standard",
                  const std::string& language = "en") const {
    CleanOptions options;
    options.profile = profile_called(profile).value();
    options.snippets = &snippets_;
    options.values = {"2025-03-03", "17:30", "{date} \"x\""};
    options.explain = true;
    return clean(text, *built_in_language(language).value(), options);
  }
  std::string text(std::string_view said, const std::string& profile = "standard",
                   const std::string& language = "en") const {
    return cleaned(said, profile, language).text;
  }

  const Snippets snippets_{{{"my address", "12 Main St"},
                            {"my signature", "Best regards,\nAnna  Lee\n"},
                            {"the stamp", "{date} {time} {unknown} {"},
                            {"what i copied", "<{clipboard}>"},
                            {"bold", "**{cursor}**{cursor}"},
                            {"thanks note", "Thank you."},
                            {"mi dirección", "Calle Mayor 1"}}};
};

TEST_F(SnippetsTest, ArePutInForAnUtteranceOfTheirOwn) {
  EXPECT_EQ(text("my address"), "12 Main St");
  EXPECT_EQ(text("My address."), "12 Main St");
  EXPECT_EQ(text("Send it here. My address. See you."), "Send it here. 12 Main St. See you.");
  EXPECT_EQ(text("One line\nmy address\nanother"), "One line\n12 Main St\nAnother");
}

TEST_F(SnippetsTest, ArePutInAfterTheWordForIt) {
  EXPECT_EQ(text("Please send it to insert my address tomorrow."), "Please send it to 12 Main St tomorrow.");
  EXPECT_EQ(text("We live at snippet my address."), "We live at 12 Main St.");
  EXPECT_EQ(text("Vivo en inserta mi dirección.", "standard", "es"), "Vivo en Calle Mayor 1.");
}

TEST_F(SnippetsTest, AreWordsInsideASentence) {
  EXPECT_EQ(text("You know my address by now."), "You know my address by now.");
  EXPECT_EQ(text("Is this my address?"), "Is this my address?");
  EXPECT_EQ(text("Insert my card."), "Insert my card.");
  EXPECT_EQ(text("My address, please."), "My address, please.");
}

TEST_F(SnippetsTest, AreWrittenAsTheyAreGiven) {
  EXPECT_EQ(text("Hello.\nMy signature."), "Hello.\nBest regards,\nAnna  Lee\n");
  EXPECT_EQ(text("My signature.", "terminal"), "Best regards, Anna  Lee ");
  EXPECT_EQ(text("thanks note. see you"), "Thank you. See you");
}

TEST_F(SnippetsTest, HoldTheValuesOfTheCaller) {
  EXPECT_EQ(text("The stamp."), "2025-03-03 17:30 {unknown} {");
  EXPECT_EQ(text("What I copied."), "<{date} \"x\">");
}

TEST_F(SnippetsTest, ReportTheFirstCursorOfTheirTextAndTheLastSnippets) {
  const Cleaned one = cleaned("Hello. Insert bold there.");
  EXPECT_EQ(one.text, "Hello. **** there.");
  EXPECT_EQ(one.cursor, 9U);
  ASSERT_EQ(one.changes.size(), 1U);
  EXPECT_EQ(one.changes[0].rule, "snippet");
  EXPECT_EQ(one.changes[0].to, "****");
  EXPECT_EQ(cleaned("Bold. Bold.").cursor, 8U);
  EXPECT_FALSE(cleaned("My address.").cursor.has_value());
}

TEST_F(SnippetsTest, MayFollowEachOther) {
  EXPECT_EQ(text("Bold. My address."), "****. 12 Main St");
  EXPECT_EQ(text("Thanks note. My address."), "Thank you. 12 Main St");
  EXPECT_EQ(text("my signature. thanks note. bye"), "Best regards,\nAnna  Lee\nThank you. Bye");
}

TEST_F(SnippetsTest, AreOffInTheRawProfile) { EXPECT_EQ(text("My address.", "raw"), "My address."); }

TEST(TakeCursorTest, LeavesNoMark) {
  std::string text = {'a', kCursorMark, 'b', kCursorMark, 'c'};
  EXPECT_EQ(take_cursor(text), 2U);
  EXPECT_EQ(text, "abc");
  EXPECT_FALSE(take_cursor(text).has_value());
}

}  // namespace
}  // namespace diktate
