#include "text/opening.h"

#include <gtest/gtest.h>

#include "text/output_check.h"
#include "text/rules_processor.h"

namespace diktate {
namespace {

std::shared_ptr<const Language> language(const std::string& name = "en") { return *built_in_language(name); }

TEST(Opening, TakesBackWhatStoodBefore) {
  for (const char* piece :
       {"no wait on Wednesday", "Scratch that.", "No, wait, the other one", "Sorry, I mean to Ben."})
    EXPECT_TRUE(opens_with_correction(piece, *language())) << piece;
  for (const char* piece :
       {"And then we went home.", "The wait was long.", "", "I need to scratch that itch."})
    EXPECT_FALSE(opens_with_correction(piece, *language())) << piece;
  EXPECT_TRUE(opens_with_correction("no espera, el jueves", *language("es")));
}

TEST(WrapperCheck, CutsOffWhatStandsAroundAnAnswer) {
  const auto check = make_wrapper_check(language());
  const CheckedText text = check->check("what is it", "<think>hm</think>\nIt is a cat.\x1b[0m");
  EXPECT_TRUE(text.accepted);
  EXPECT_EQ(text.text, "It is a cat.");
}

TEST(WrapperCheck, RejectsWhatNeverCameToAnAnswer) {
  const auto check = make_wrapper_check(language());
  EXPECT_FALSE(check->check("what is it", "<think>hm, that is").accepted);
  EXPECT_FALSE(check->check("what is it", "  \n").accepted);
}

TEST(OutputCheck, GivesReasonsWithoutTheWords) {
  const auto check = make_output_check({.language = language()});
  const CheckedText number = check->check("call Anna at 4711", "Call Anna at 4712.");
  EXPECT_FALSE(number.accepted);
  EXPECT_EQ(number.reason, "a number is lost, new or changed");
  const CheckedText name = check->check("send it to the boss", "Send it to Mr. Rosenblatt, the boss.");
  EXPECT_FALSE(name.accepted);
  EXPECT_EQ(name.reason.find("Rosenblatt"), std::string::npos) << name.reason;
  EXPECT_FALSE(name.reason.empty());
}

TEST(Rules, GoOnWithTheSentenceThatStandsBefore) {
  const auto rules = make_rules({.language = language()});
  const auto text = rules->process({.text = "And came back.", .pieces = {}, .before = "We went home"}, {});
  ASSERT_TRUE(text);
  EXPECT_EQ(text->text, " and came back.");
}

}  // namespace
}  // namespace diktate
