#include "desktop/borrowed_clipboard.h"

#include <array>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace diktate {
namespace {

// Another program has a text there, and writes it when the test says so.
class FakeClipboard final : public BorrowedClipboard {
 public:
  FakeClipboard() : BorrowedClipboard({}) {}
  void count_fetches() override {}
  void changes() { on_offered(); }

  // Whether the program that was asked last could still write.
  bool has_reader() const {
    pollfd writing{writing_.get(), POLLOUT, 0};
    return ::poll(&writing, 1, 0) == 1 && (writing.revents & POLLERR) == 0;
  }
  void write(std::string_view text) {
    ASSERT_EQ(::write(writing_.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
    writing_ = UniqueFd();
    on_wake(SteadyClock().now());
  }
  int asked_ = 0;

 private:
  Result<void> own(const SharedMime& /*content*/) override { return {}; }
  void own_nothing() override {}
  std::unique_ptr<OfferCopy> copy_theirs() override {
    return std::make_unique<OfferCopy>(
        [this](const std::string& /*mime*/) -> Result<UniqueFd> {
          ++asked_;
          std::array<int, 2> ends{};
          if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return fail(ErrorKind::failed, "no pipe");
          writing_ = UniqueFd(ends[1]);
          return UniqueFd(ends[0]);
        },
        std::vector<std::string>{"text/plain"});
  }
  UniqueFd writing_;
};

TEST(BorrowedClipboard, WhoIsBeingReadIsReadToTheEndThoughNobodyWantsTheCopyAnyMore) {
  FakeClipboard clipboard;
  clipboard.copy();
  clipboard.forget_copy();
  ASSERT_TRUE(clipboard.has_reader()) << "wl-copy would die of that";
  EXPECT_EQ(clipboard.descriptors().size(), 1U);
  clipboard.write("a text");
  EXPECT_TRUE(clipboard.descriptors().empty());
  EXPECT_EQ(clipboard.asked_, 1);
  EXPECT_EQ(clipboard.custody(), Custody::copying) << "the copy is gone, and there is another";
  EXPECT_EQ(clipboard.asked_, 2);
}

TEST(BorrowedClipboard, ACopyThatGoesOnServesWhoWantsOneMeanwhile) {
  FakeClipboard clipboard;
  clipboard.copy();
  clipboard.forget_copy();
  clipboard.copy();
  clipboard.copy();
  EXPECT_EQ(clipboard.asked_, 1);
  clipboard.forget_copy();
  clipboard.write("a text");
  EXPECT_EQ(clipboard.custody(), Custody::copied);
  clipboard.changes();
  EXPECT_EQ(clipboard.custody(), Custody::copying);
  EXPECT_EQ(clipboard.asked_, 2);
}

TEST(BorrowedClipboard, WhatWasThereBeforeComesBackNoEarlierBecauseOfAnotherText) {
  using std::chrono::milliseconds;
  using std::chrono::seconds;
  FakeClipboard clipboard;
  clipboard.copy();
  clipboard.write("there before");
  ASSERT_TRUE(clipboard.offer("the first"));
  const Instant late = SteadyClock().now() + seconds(5);
  clipboard.give_back(seconds(5));
  clipboard.give_back(milliseconds(300));
  EXPECT_GE(clipboard.deadline(), late) << "another text is not inserted";
  ASSERT_TRUE(clipboard.offer("the second"));
  EXPECT_FALSE(clipboard.deadline());
  clipboard.give_back(milliseconds(300));
  EXPECT_GE(clipboard.deadline(), late) << "it is inserted";
  clipboard.keep();
  ASSERT_TRUE(clipboard.offer("over the second, which was to stay"));
  clipboard.give_back(milliseconds(300));
  ASSERT_TRUE(clipboard.deadline());
  EXPECT_LT(*clipboard.deadline(), late) << "the first is forgotten with it";
}

}  // namespace
}  // namespace diktate
