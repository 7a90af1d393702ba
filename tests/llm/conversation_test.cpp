#include "llm/conversation.h"

#include <atomic>
#include <condition_variable>

#include <gtest/gtest.h>

#include "fakes/fake_model.h"

namespace diktate {
namespace {

using fakes::answer_of;
using fakes::FakeModel;
using Strings = std::vector<std::string>;

const Instant kNever = Instant::max();

CheckedText takes_all(std::string_view, std::string_view got) { return {true, std::string(got), {}}; }

// What was said, in capitals.
std::string shouted(const LlmRequest& request) {
  const std::string& turn = request.prompt.turns.back().text;
  std::string said = turn.substr(12, turn.size() - 25);  // without <dictation> and its end
  for (char& letter : said) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return said;
}

Strings made_of(const std::vector<WorkedPiece>& worked) {
  Strings made;
  for (const WorkedPiece& piece : worked) made.push_back(piece.text.made);
  return made;
}

class Talk : public testing::Test {
 protected:
  // Waits until the model has been asked `count` times.
  void until_asked(std::size_t count) const {
    while (model->requests().size() < count) std::this_thread::yield();
  }
  std::shared_ptr<FakeModel> model = std::make_shared<FakeModel>(
      "m", [](const LlmRequest& request, std::stop_token) { return answer_of(shouted(request)); });
  Conversation conversation{model, {.prompt = {}, .check = takes_all}};
};

TEST_F(Talk, WorksOnEachPieceWithThoseBeforeIt) {
  conversation.go_on({"one"});
  until_asked(1);
  conversation.go_on({"one", "two"});
  until_asked(2);
  EXPECT_EQ(made_of(conversation.worked({"one", "two", "three"}, kNever, {})), (Strings{"ONE", "TWO"}));
  const auto requests = model->requests();
  ASSERT_EQ(requests.size(), 2U);
  const auto& turns = requests[1].prompt.turns;
  ASSERT_EQ(turns.size(), 3U);
  EXPECT_EQ(turns[0], requests[0].prompt.turns[0]);
  EXPECT_EQ(turns[1], (ChatTurn{ChatTurn::Role::assistant, "ONE"}));
  EXPECT_EQ(requests[1].prompt.system, requests[0].prompt.system);
}

TEST_F(Talk, BeginsNothingMoreOnceAllWasSaid) {
  conversation.go_on({"one"});
  until_asked(1);
  EXPECT_EQ(made_of(conversation.worked({"one", "two"}, kNever, {})), Strings{"ONE"});
  EXPECT_EQ(model->requests().size(), 1U);
}

TEST_F(Talk, WorksAgainOnAPieceThatChanged) {
  conversation.go_on({"one", "two"});
  until_asked(2);
  conversation.go_on({"one", "too", "three"});
  until_asked(4);
  EXPECT_EQ(made_of(conversation.worked({"one", "too", "three", "four"}, kNever, {})),
            (Strings{"ONE", "TOO", "THREE"}));
}

TEST_F(Talk, KeepsAPieceWhoseEndAloneChanged) {
  conversation.go_on({"We went."});
  until_asked(1);
  EXPECT_EQ(made_of(conversation.worked({"We went", "and came back."}, kNever, {})), Strings{"WE WENT."});
  EXPECT_EQ(model->requests().size(), 1U);
}

TEST_F(Talk, UsesWhatWasSaidForAnAnswerThatIsNotAccepted) {
  Conversation strict{model, {.prompt = {}, .check = [](std::string_view, std::string_view) {
                                return CheckedText{false, {}, "no"};
                              }}};
  strict.go_on({"one"});
  until_asked(1);
  EXPECT_EQ(made_of(strict.worked({"one", "two"}, kNever, {})), Strings{"one"});
}

TEST(Conversation, EndsTheCallForAPieceThatIsVoid) {
  std::atomic<int> asked{0};
  std::atomic<int> ended{0};
  const auto model = std::make_shared<FakeModel>("m", [&](const LlmRequest& request, std::stop_token stop) {
    if (++asked > 1) return LlmResult<LlmAnswer>(answer_of(shouted(request)));
    while (!stop.stop_requested()) std::this_thread::yield();
    ++ended;
    return LlmResult<LlmAnswer>(llm_fail(LlmFailure::cancelled, "cancelled"));
  });
  Conversation conversation{model, {.prompt = {}, .check = takes_all}};
  conversation.go_on({"one"});
  while (asked < 1) std::this_thread::yield();
  conversation.go_on({"other"});
  while (asked < 2) std::this_thread::yield();
  EXPECT_EQ(made_of(conversation.worked({"other", "two"}, kNever, {})), Strings{"OTHER"});
  EXPECT_EQ(ended, 1);
}

TEST(Conversation, GivesUpWaitingAtTheDeadlineAndEndsItsCallWithItself) {
  std::atomic<bool> ended = false;
  std::atomic<bool> asked = false;
  const auto model = std::make_shared<FakeModel>("m", [&](const LlmRequest&, std::stop_token stop) {
    asked = true;
    while (!stop.stop_requested()) std::this_thread::yield();
    ended = true;
    return LlmResult<LlmAnswer>(llm_fail(LlmFailure::cancelled, "cancelled"));
  });
  {
    Conversation conversation{model, {.prompt = {}, .check = takes_all}};
    conversation.go_on({"one"});
    while (!asked) std::this_thread::yield();
    const auto soon = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
    EXPECT_TRUE(conversation.worked({"one", "two"}, soon, {}).empty());
  }
  EXPECT_TRUE(ended);
}

TEST(Conversation, AsksAModelThatFailedNoMore) {
  std::atomic<int> asked{0};
  const auto model = std::make_shared<FakeModel>("m", [&](const LlmRequest&, std::stop_token) {
    ++asked;
    return LlmResult<LlmAnswer>(llm_fail(LlmFailure::down, "down"));
  });
  Conversation conversation{model, {.prompt = {}, .check = takes_all}};
  conversation.go_on({"one"});
  while (asked < 1) std::this_thread::yield();
  EXPECT_TRUE(conversation.worked({"one", "two"}, kNever, {}).empty());
  conversation.go_on({"one", "two", "three"});
  EXPECT_TRUE(conversation.worked({"one", "two", "three", "four"}, kNever, {}).empty());
  EXPECT_EQ(asked, 1);
}

TEST(JoinedPieces, UndoTheStopAndTheCapitalInTheMiddleOfASentence) {
  EXPECT_EQ(
      joined_pieces({"we went to the", "shop and came back."}, {"We went to the.", "Shop and came back."}),
      "We went to the shop and came back.");
  EXPECT_EQ(joined_pieces({"We went.", "Then we slept."}, {"We went.", "Then we slept."}),
            "We went. Then we slept.");
  EXPECT_EQ(joined_pieces({"one\n", "two"}, {"One\n", "Two."}), "One\ntwo.");
  EXPECT_EQ(joined_pieces({"wait", "for it"}, {"Wait...", "for it."}), "Wait... for it.");
  EXPECT_EQ(joined_pieces({}, {}), "");
}

TEST(Repeated, BeginsAnewBeforeAConversationOutgrowsAModel) {
  std::vector<Worked> earlier;
  std::size_t most = 0;
  for (int i = 0; i < 100; ++i) {
    const auto some = repeated(earlier);
    std::size_t bytes = 0;
    for (const Worked& piece : some) bytes += piece.said.size() + piece.made.size();
    EXPECT_LE(bytes, 4000U);
    most = std::max(most, some.size());
    // The last ones, and one more than before unless it began anew.
    if (!some.empty()) {
      EXPECT_EQ(&some.back(), &earlier.back());
    }
    earlier.push_back({std::string(150, 'a'), std::string(150, 'b')});
  }
  EXPECT_EQ(most, 13U);
}

TEST(SamePiece, LooksPastTheFirstCapitalAndTheLastMarks) {
  EXPECT_TRUE(same_piece("We went.", "we went"));
  EXPECT_FALSE(same_piece("We went", "We want"));
  EXPECT_FALSE(same_piece("we Went", "we went"));
  EXPECT_TRUE(same_piece("", "."));
  EXPECT_FALSE(same_piece("a", ""));
}

}  // namespace
}  // namespace diktate
