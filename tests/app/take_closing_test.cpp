#include "app/take_closing.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/take_fixture.h"

namespace diktate {
namespace {

TEST(TakeClosing, HasWhatTheTakeSays) {
  Take take = two_piece_take();
  take.processor = "rules";
  const TakeClosing closing = closing_of(take);
  EXPECT_EQ(closing.outcome, Outcome::delivered);
  EXPECT_EQ(closing.stop_to_text_ms, 84.0);
  EXPECT_EQ(closing.raw_text, take.raw_text);
  EXPECT_EQ(closing.clean_text, take.text);
  EXPECT_EQ(closing.processor, "rules");
  EXPECT_FALSE(closing.receipt);
  EXPECT_EQ(nlohmann::json::parse(closing.timings).size(), take.spans.size());
}

TEST(TakeClosing, OfACancelledTakeHasNoWords) {
  Take take = two_piece_take();
  take.outcome = Outcome::cancelled;
  const TakeClosing closing = closing_of(take);
  EXPECT_FALSE(closing.stop_to_text_ms);
  EXPECT_EQ(closing.raw_text + closing.clean_text, "");
}

TEST(TakeClosing, SaysThatWordsWereLost) {
  Take take = two_piece_take();
  take.outcome = Outcome::failed;
  take.lost = true;
  take.cause = "the model broke";
  const TakeClosing closing = closing_of(take);
  EXPECT_TRUE(closing.lost);
  EXPECT_EQ(closing.cause, "the model broke");
  EXPECT_FALSE(closing.stop_to_text_ms);
  EXPECT_EQ(closing.clean_text, take.text) << "it is kept, though it was not delivered";
}

}  // namespace
}  // namespace diktate
