#include "text/clean.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

class CleanTest : public ::testing::Test {
 protected:
  std::string english(std::string_view text, CleanOptions options = {}) const {
    return clean(text, *english_, options).text;
  }
  std::string spanish(std::string_view text) const { return clean(text, *spanish_).text; }

  CleanOptions in(const std::string& profile) const { return {.profile = profile_called(profile).value()}; }

  const std::shared_ptr<const Language> english_ = built_in_language("en").value();
  const std::shared_ptr<const Language> spanish_ = built_in_language("es").value();
};

TEST_F(CleanTest, DropsHesitationsWithTheirCommas) {
  EXPECT_EQ(english("Um, I think so."), "I think so.");
  EXPECT_EQ(english("So, um, I think we can go."), "So, I think we can go.");
  EXPECT_EQ(english("I, uh, think we should leave."), "I think we should leave.");
  EXPECT_EQ(english("we need uh more chairs"), "We need more chairs");
  EXPECT_EQ(english("Um."), "");
}

TEST_F(CleanTest, KeepsWhatOnlySoundsLikeAHesitation) {
  for (const std::string text :
       {"She is in the ER.", "Uh oh, it broke.", "Uh-huh, I see.", "It is 5 mm long."}) {
    EXPECT_EQ(english(text), text);
  }
  EXPECT_EQ(spanish("Este libro es bueno."), "Este libro es bueno.");
  EXPECT_EQ(spanish("Quiero, este, dos cafés."), "Quiero dos cafés.");
}

TEST_F(CleanTest, DropsFillersOnlyWhereTheyAreFillers) {
  EXPECT_EQ(english("It was, like, late."), "It was late.");
  EXPECT_EQ(english("it was like really cold"), "It was really cold");
  EXPECT_EQ(english("You know, we tried."), "We tried.");
  for (const std::string text :
       {"I like it.", "Do you know him?", "You know what I mean.", "It is kind of you."}) {
    EXPECT_EQ(english(text), text);
  }
}

TEST_F(CleanTest, SaysOnceWhatWasSaidTwiceButNotWhatIsMeant) {
  EXPECT_EQ(english("the the report"), "The report");
  EXPECT_EQ(english("we need to we need to go"), "We need to go");
  EXPECT_EQ(english("I wan- I want tea."), "I want tea.");
  EXPECT_EQ(english("B-b-but why?"), "But why?");
  for (const std::string text :
       {"He had had enough.", "No, no, that's fine.", "Go go go", "I will re-read it.",
        "She gave her her coat.", "What it is is late.", "A so-so film.", "No-no-no!"}) {
    EXPECT_EQ(english(text), text);
  }
  EXPECT_EQ(english("it goes on and on and on"), "It goes on and on and on");
  EXPECT_EQ(english("it's because it's because it's raining"), "It's because it's raining");
  EXPECT_EQ(english("I and I and I think so"), "I and I think so");
}

TEST_F(CleanTest, KeepsWordsThatAreACommandOrACorrectionElsewhere) {
  for (const std::string text :
       {"Select the row and delete that.", "If you see any errors, delete that.",
        "Just delete that and start over.", "It is better to err on the side of caution.",
        "I missed the call, sorry, the train was loud.", "I like my job, I mean my boss is nice.",
        "I'm busy Monday, sorry, Tuesday is better.", "We waited and actually no one came.",
        "We got in at noon with no wait at all.", "I'll call the client and make that the priority.",
        "I just like really spicy food.", "The measurements are in mm.", "The test was negative two times.",
        "This may be late."}) {
    EXPECT_EQ(english(text), text);
  }
  EXPECT_EQ(english("She tested negative two days later."), "She tested negative 2 days later.");
  EXPECT_EQ(english("my brother i mean my sister is here"), "My sister is here");
  EXPECT_EQ(english("Meet on Tuesday, no wait, Wednesday at noon."), "Meet on Wednesday at noon.");
  for (const std::string text :
       {"Cuando termines, borra todo.", "Borra eso del disco.", "El médico dice que no coma carne."}) {
    EXPECT_EQ(spanish(text), text);
  }
}

TEST_F(CleanTest, AppliesSelfCorrections) {
  EXPECT_EQ(english("Let's meet on Tuesday, no wait, Wednesday."), "Let's meet on Wednesday.");
  EXPECT_EQ(english("send it to anna sorry i mean to ben"), "Send it to ben");
  EXPECT_EQ(english("I bought apples, no sorry, bananas."), "I bought bananas.");
  for (const std::string text :
       {"No, sorry, I can't.", "I'm sorry, Anna.", "Sorry, I mean it.", "No, wait for me."}) {
    EXPECT_EQ(english(text), text);
  }
  EXPECT_EQ(english("It is at three point five, sorry, four point five percent."), "It is at 4.5%.");
  EXPECT_EQ(english("at one point five people left, sorry, six people left"),
            "At 1.5 people left, sorry, six people left");
  EXPECT_EQ(english("room five new line six sorry seven"), "Room 5\nSeven");
}

TEST_F(CleanTest, TakesBackTheLastSentencePieceOrAll) {
  EXPECT_EQ(english("Buy milk. Call Anna. Scratch that. Call Ben."), "Buy milk. Call Ben.");
  EXPECT_EQ(english("buy milk scratch all that call ben"), "Call ben");
  EXPECT_EQ(english("i need to scratch that itch"), "I need to scratch that itch");
  CleanOptions pieces;
  pieces.pieces = {9};
  EXPECT_EQ(english("buy milk call anna scratch that call ben", pieces), "Buy milk call ben");
}

TEST_F(CleanTest, TakesBackTwentyWordsAtMost) {
  std::string words;
  for (int i = 0; i < 30; ++i) words += "word" + std::string(1, static_cast<char>('a' + i % 26)) + " ";
  const std::string left = english(words + "scratch that");
  EXPECT_EQ(std::count(left.begin(), left.end(), ' '), 9);
}

TEST_F(CleanTest, UndoesTheLastCommand) {
  EXPECT_EQ(english("hello comma undo that world"), "Hello world");
  EXPECT_EQ(english("buy milk new line undo that and eggs"), "Buy milk and eggs");
  EXPECT_EQ(english("buy milk period call anna scratch that undo that"), "Buy milk. Call anna");
}

TEST_F(CleanTest, WritesSpokenMarksInBothKindsOfText) {
  EXPECT_EQ(english("Hello, comma, world."), "Hello, world.");
  EXPECT_EQ(english("hello comma world period are you there question mark"), "Hello, world. Are you there?");
  EXPECT_EQ(english("Buy milk. New line. Call Anna."), "Buy milk.\nCall Anna.");
  EXPECT_EQ(english("open quote hello close quote"), "\"Hello\"");
  EXPECT_EQ(english("he said literal comma"), "He said comma");
  EXPECT_EQ(spanish("hola coma mundo punto y aparte adiós"), "Hola, mundo.\nAdiós");
}

TEST_F(CleanTest, JoinsWordsOnlyWhereThereIsNoSpaceMeant) {
  EXPECT_EQ(english("the data no space base"), "The database");
  EXPECT_EQ(english("there is no space for it"), "There is no space for it");
  EXPECT_EQ(spanish("vivimos sin espacio para nada"), "Vivimos sin espacio para nada");
}

TEST_F(CleanTest, KeepsCommandWordsThatAreMeantAsWords) {
  for (const std::string text :
       {"The Victorian period was long.", "We have a new line of products.", "He had colon cancer.",
        "Add a dash of salt.", "Use a comma separated list.", "There is a question mark over it.",
        "Press enter to go on.", "They will slash prices."}) {
    EXPECT_EQ(english(text), text);
  }
  EXPECT_EQ(english("In this period, sales grew."), "In this period, sales grew.");
  EXPECT_EQ(english("I thank you for this period"), "I thank you for this.");
  EXPECT_EQ(english("thanks for this new line, best regards"), "Thanks for this\nBest regards");
}

TEST_F(CleanTest, PressesAKeyOnlyAtTheEndAndOnlyWhereAllowed) {
  CleanOptions allowed;
  allowed.profile.actions = true;
  const Cleaned cleaned = clean("send it press enter", *english_, allowed);
  EXPECT_EQ(cleaned.text, "Send it");
  ASSERT_EQ(cleaned.actions.size(), 1U);
  EXPECT_EQ(cleaned.actions[0].key, "Enter");
  EXPECT_EQ(english("send it press enter"), "Send it press enter");
  EXPECT_EQ(english("press enter to go on", allowed), "Press enter to go on");
}

TEST_F(CleanTest, ContinuesASentenceThatStandsBeforeTheCursor) {
  EXPECT_EQ(english("The end.", {.before = "and this is"}), " the end.");
  EXPECT_EQ(english("The end.", {.before = "That was it. "}), "The end.");
  EXPECT_EQ(english("anna", {.before = "(see "}), "anna");
  EXPECT_EQ(english("hello", {.trailing_space = true}), "Hello ");
}

TEST_F(CleanTest, ClosesWhatStandsBeforeTheCursor) {
  EXPECT_EQ(english("period", {.before = "are you sure"}), ".");
  EXPECT_EQ(english("question mark", {.before = "are you sure"}), "?");
  EXPECT_EQ(english("comma and so on", {.before = "apples"}), ", and so on");
  EXPECT_EQ(spanish("coma y eso"), "Coma y eso");
  for (const std::string before : {"", "I am sure. ", "this is the "}) {
    const std::string words = before == "this is the " ? "question mark" : "Question mark";
    EXPECT_EQ(english("question mark", {.before = before}), words);
  }
}

TEST_F(CleanTest, TheTerminalProfileHasOneLineAndNoCapitals) {
  EXPECT_EQ(english("echo hello new line rm", in("terminal")), "echo hello rm");
  EXPECT_EQ(english("the the report", in("raw")), "The the report");
}

TEST_F(CleanTest, GivesTextAlsoWhereARuleTakesACharacterApart) {
  EXPECT_EQ(english("snake case foo #\uFE0F\u20E3 bar", in("code")), "foo_\u20E3_bar");
}

TEST_F(CleanTest, ExplainsEachChange) {
  const Cleaned cleaned = clean("um the the report", *english_, {.explain = true});
  ASSERT_EQ(cleaned.changes.size(), 3U);
  EXPECT_EQ(cleaned.changes[0].rule, "hesitation");
  EXPECT_EQ(cleaned.changes[1].rule, "repeat");
  EXPECT_EQ(cleaned.changes[2].rule, "casing");
  EXPECT_EQ(cleaned.changes[2].to, "The");
}

TEST_F(CleanTest, NamesTheProfilesThereAre) {
  EXPECT_NE(profile_called("fancy").error().message.find("standard, code, terminal, raw"), std::string::npos);
}

}  // namespace
}  // namespace diktate
