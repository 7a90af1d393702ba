#include "core/joining.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

Piece piece(std::string text, Cut cut = Cut::end, double pause_before = 0) {
  Piece result;
  result.text = std::move(text);
  result.cut = cut;
  result.pause_before = samples_of(pause_before);
  return result;
}

std::string join(std::vector<Piece> pieces) { return join_pieces(pieces).text; }

TEST(JoinPieces, PutsOneSpaceBetweenPiecesAndSkipsEmptyOnes) {
  EXPECT_EQ(join({piece("One.", Cut::pause), piece("", Cut::pause, 2), piece("Two.", Cut::end, 2)}),
            "One. Two.");
  EXPECT_EQ(join({}), "");
}

TEST(JoinPieces, SaysWhereThePiecesBegin) {
  const auto joined =
      join_pieces(std::vector{piece("One two.", Cut::pause), piece(""), piece("Three.", Cut::pause, 2)});
  EXPECT_EQ(joined.starts, std::vector<std::size_t>{9});
  EXPECT_EQ(joined.text.substr(joined.starts.front()), "Three.");
}

TEST(JoinPieces, GivesEachPieceItsPartOfTheJoinedText) {
  const auto parts =
      as_joined(std::vector{piece("We walked down to.", Cut::forced), piece("", Cut::forced),
                            piece("The river and sat.", Cut::pause), piece("Then we left.", Cut::end, 2)});
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].text, "We walked down to");
  EXPECT_EQ(parts[1].text, "the river and sat.");
  EXPECT_EQ(parts[2].text, "Then we left.");
  EXPECT_TRUE(as_joined({}).empty());
  const auto with_stop =
      as_joined(std::vector{piece("I went ", Cut::forced), piece(".", Cut::forced), piece("to bed.")});
  ASSERT_EQ(with_stop.size(), 3U);
  EXPECT_EQ(with_stop[0].text + with_stop[1].text, "I went");
  EXPECT_EQ(with_stop[2].text, "to bed.");
}

TEST(JoinPieces, UndoesTheStopAndTheCapitalOfAForcedCut) {
  EXPECT_EQ(join({piece("We walked down to.", Cut::forced), piece("The river and sat.")}),
            "We walked down to the river and sat.");
}

TEST(JoinPieces, UndoesThemAtAShortPauseWhereTheWordsShowThatTheSentenceGoesOn) {
  EXPECT_EQ(join({piece("I bought bread.", Cut::pause), piece("And some milk.", Cut::end, 0.25)}),
            "I bought bread and some milk.");
  EXPECT_EQ(join({piece("He gave it to the.", Cut::pause), piece("Other man.", Cut::end, 0.25)}),
            "He gave it to the other man.");
}

TEST(JoinPieces, UndoesThemAtAPauseThatIsTooShortForASentenceToEndWithIt) {
  EXPECT_EQ(join({piece("It rained.", Cut::pause), piece("Some days ago.", Cut::end, 0.1)}),
            "It rained some days ago.");
  EXPECT_EQ(join({piece("It rained.", Cut::end), piece("Some days ago.", Cut::end, 0.1)}),
            "It rained. Some days ago.");
  auto first = piece("It rained.", Cut::pause);
  first.end = samples_of(2);
  auto later = piece("Some days ago.", Cut::end, 0.1);
  later.start = samples_of(9);
  EXPECT_EQ(join({first, piece("", Cut::pause), later}), "It rained. Some days ago.")
      << "the pause is that after a piece without text";
}

TEST(JoinPieces, BelievesTheStopAtALongPauseAndBetweenWholeSentences) {
  EXPECT_EQ(join({piece("I bought bread.", Cut::pause), piece("And then I left.", Cut::end, 1.0)}),
            "I bought bread. And then I left.");
  EXPECT_EQ(join({piece("It rained.", Cut::pause), piece("We stayed at home.", Cut::end, 0.25)}),
            "It rained. We stayed at home.");
}

TEST(JoinPieces, NeverTouchesAQuestionMark) {
  EXPECT_EQ(join({piece("Is it late?", Cut::forced), piece("The bus is gone.")}),
            "Is it late? The bus is gone.");
}

TEST(JoinPieces, KeepsTheCapitalsOfNames) {
  EXPECT_EQ(join({piece("Ask.", Cut::forced), piece("I'm sure.")}), "Ask I'm sure.");
  EXPECT_EQ(join({piece("We met on.", Cut::forced), piece("Monday at noon.")}), "We met on Monday at noon.");
  EXPECT_EQ(join({piece("Ask.", Cut::forced), piece("Margaret about it.")}), "Ask Margaret about it.");
  EXPECT_EQ(join({piece("A grain in the market, the.", Cut::forced), piece("Grain is good.")}),
            "A grain in the market, the grain is good.");
}

TEST(JoinPieces, KeepsTheDotOfAnAbbreviation) {
  const auto and_so = [](const std::string& text, const std::string& more) {
    return join({piece(text, Cut::pause), piece(more, Cut::end, 0.3)});
  };
  EXPECT_EQ(and_so("We meet at 5 p.m.", "And then we eat."), "We meet at 5 p.m. and then we eat.");
  EXPECT_EQ(and_so("I live in the U.S.", "And work in Canada."), "I live in the U.S. and work in Canada.");
  EXPECT_EQ(and_so("It was Apple Inc.", "And Google."), "It was Apple Inc. and Google.");
  EXPECT_EQ(and_so("Cats, dogs, etc.", "And some birds."), "Cats, dogs, etc. and some birds.");
  EXPECT_EQ(and_so("She has a Ph.D.", "And a job."), "She has a Ph.D. and a job.");
  EXPECT_EQ(join({piece("It was John F.", Cut::forced), piece("Kennedy.")}), "It was John F. Kennedy.");
  EXPECT_EQ(join({piece("See Dr.", Cut::forced), piece("Brown.")}), "See Dr. Brown.");
}

TEST(JoinPieces, DropsTheStopAfterWhatOnlyLooksLikeAnAbbreviation) {
  const auto forced = [](const std::string& text, const std::string& more) {
    return join({piece(text, Cut::forced), piece(more)});
  };
  EXPECT_EQ(forced("Go to example.com.", "And log in."), "Go to example.com and log in.");
  EXPECT_EQ(forced("It costs 3.50.", "And that is cheap."), "It costs 3.50 and that is cheap.");
  EXPECT_EQ(forced("That was Tom and I.", "Margaret saw us."), "That was Tom and I Margaret saw us.");
  EXPECT_EQ(forced("We took plan B.", "And left."), "We took plan B and left.");
  EXPECT_EQ(forced("We walked .", "And left."), "We walked and left.");
}

TEST(JoinPieces, LeavesAnEllipsisWhole) {
  for (const Cut cut : {Cut::pause, Cut::forced}) {
    EXPECT_EQ(join({piece("He said that ...", cut), piece("And left.", Cut::end, 0.3)}),
              "He said that ... and left.");
    EXPECT_EQ(join({piece("He said that...", cut), piece("And left.", Cut::end, 0.3)}),
              "He said that... and left.");
  }
}

TEST(JoinPieces, TellsNamesFromWordsThatAreWrittenAlike) {
  const auto forced = [](const std::string& text, const std::string& more) {
    return join({piece(text, Cut::forced), piece(more)});
  };
  EXPECT_EQ(forced("I asked.", "Will Smith to come."), "I asked Will Smith to come.");
  EXPECT_EQ(forced("I asked.", "Will to come."), "I asked Will to come.");
  EXPECT_EQ(forced("The man.", "Will come."), "The man will come.");
  EXPECT_EQ(forced("Tell me.", "Will I see it?"), "Tell me will I see it?");
  EXPECT_EQ(forced("We flew to.", "New York today."), "We flew to New York today.");
  EXPECT_EQ(forced("I bought a.", "New car."), "I bought a new car.");
  EXPECT_EQ(forced("I asked you.", "May I come in."), "I asked you may I come in.");
  EXPECT_EQ(forced("We know that.", "May be true."), "We know that may be true.");
  EXPECT_EQ(forced("It rained in.", "May we went home."), "It rained in May we went home.");
  EXPECT_EQ(forced("It was.", "May before she came."), "It was May before she came.");
  EXPECT_EQ(forced("We mark the words of.", "Mark Twain."), "We mark the words of Mark Twain.");
  EXPECT_EQ(forced("We meet.", "The Queen."), "We meet the Queen.");
}

TEST(Tidy, LeavesSingleSpacesAndACapitalAtTheStart) {
  EXPECT_EQ(tidy("  hello ,  world .\n"), "Hello, world.");
  EXPECT_EQ(tidy("the .NET app ."), "The .NET app.");
  EXPECT_EQ(tidy(""), "");
  EXPECT_EQ(tidy("école"), "école");
}

}  // namespace
}  // namespace diktate
