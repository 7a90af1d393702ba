#include "desktop/paste_insertion.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

// A desktop with one window, in which nobody pastes. What it is asked is told by its members.
class FakeSession final : public PasteSession {
 public:
  Toplevel begin() override { return focus_; }
  void forget() override {}
  Toplevel focus() override { return focus_; }
  bool tells_focus() const override { return true; }
  std::optional<std::string> why_no_paste() override { return std::nullopt; }
  Result<Custody> offer(std::string_view text, std::vector<int> /*target*/) override {
    if (may_take(at_offer_)) offered_ = text;
    if (taken_) watch_->change([](FetchState& state) { state.lost = true; });
    return at_offer_;
  }
  Result<void> press(const Chord& chord) override {
    pressed_.push_back(to_string(chord));
    watch_->change([&](FetchState& state) { state = at_press_; });
    return {};
  }
  // In no time.
  FetchState wait(Instant /*until*/, const std::function<bool(const FetchState&)>& /*done*/,
                  std::stop_token /*cancel*/) override {
    return now();
  }
  bool can_type() const override { return true; }
  Result<bool> type(std::string_view text, const std::function<bool()>& may_go_on) override {
    for (const char character : text) {
      if (!may_go_on()) return typed_.empty() ? fail(ErrorKind::cancelled, "no") : Result<bool>(false);
      typed_ += character;
      if (typed_.size() == moves_after_) focus_.id = 2;
    }
    return true;
  }
  void refuse() override {}
  void give_back(Nanoseconds grace) override { grace_ = grace; }
  void keep() override { kept_ = true; }
  bool alive() override { return true; }
  Error loss() const override { return {}; }

  Toplevel focus_{1, "editor"};
  Custody at_offer_ = Custody::copied;
  bool taken_ = false;
  FetchState at_press_;
  std::size_t moves_after_ = 0;
  std::stop_source cancel_;
  std::string offered_;
  std::string typed_;
  std::vector<std::string> pressed_;
  Nanoseconds grace_{};
  bool kept_ = false;

 private:
  Custody custody_now() override { return Custody::copied; }
};

class PasteInsertionTest : public testing::Test {
 protected:
  Insertion insert(const PasteOptions& options = {}, std::string_view text = "a text") {
    const InsertRequest request{text, {}, false, false, own_keys_};
    const auto inserted =
        PasteInsertion(session_, options, target_, request, session_.cancel_.get_token()).run();
    EXPECT_TRUE(inserted) << inserted.error().message;
    return inserted.value_or(Insertion{});
  }

  FakeSession session_;
  Toplevel target_ = session_.focus_;
  std::function<bool()> own_keys_;
};

TEST_F(PasteInsertionTest, WhatWasThereBeforeComesBackLateWhereAKeyIsNotAnswered) {
  EXPECT_EQ(insert().method, "type");
  EXPECT_EQ(session_.pressed_, std::vector<std::string>{"Ctrl+V"});
  EXPECT_GE(session_.grace_, std::chrono::seconds(5));
}

TEST_F(PasteInsertionTest, TypingEndsWhereAnotherWindowGetsTheFocus) {
  session_.moves_after_ = 3;
  const Insertion inserted = insert({.methods = {"type"}});
  EXPECT_EQ(session_.typed_, "a t");
  EXPECT_TRUE(inserted.held);
  EXPECT_EQ(inserted.note,
            "another window has the focus than when you began (it was editor): only its beginning was typed");
}

TEST_F(PasteInsertionTest, TheUsersKeysToDictateAreWaitedForAndThenItIsLookedWhereTheFocusIs) {
  int asked = 0;
  own_keys_ = [&] {
    EXPECT_TRUE(session_.pressed_.empty());
    session_.focus_.id = 2;
    return ++asked == 1;  // the second time they are up
  };
  EXPECT_TRUE(insert().held);
  EXPECT_EQ(asked, 2);
  EXPECT_TRUE(session_.pressed_.empty());
}

TEST_F(PasteInsertionTest, WhatAWindowMayLoseIsNotTypedButLeftOnTheClipboard) {
  const PasteOptions options{.methods = {"type", "clipboard"}};
  for (const std::string text : {"你好", "nice 😀"}) {
    const Insertion inserted = insert(options, text);
    EXPECT_EQ(inserted.method, "clipboard");
    EXPECT_EQ(
        inserted.note,
        "editor may not take all of its characters from keys: the text is on the clipboard, press paste");
    EXPECT_EQ(session_.offered_, text);
  }
  EXPECT_EQ(session_.typed_, "");
  EXPECT_EQ(insert(options, "Año — “quotes”, Ελλάδα, Київ, 5 €").method, "type");
  session_.focus_.app_id = target_.app_id = "foot";
  EXPECT_EQ(insert(options, "你好 😀").method, "type");
}

TEST_F(PasteInsertionTest, NothingIsPastedWhereAnotherProgramHasTakenTheClipboard) {
  session_.taken_ = true;
  EXPECT_EQ(insert().note, "another program took the clipboard at that moment: the text was not inserted");
  EXPECT_TRUE(session_.pressed_.empty());
}

TEST_F(PasteInsertionTest, WhatIsAskedForAndNotReadStaysOnTheClipboardWhereItIsThere) {
  const std::string why = "editor asked for the text, does not read it, and may do so yet";
  session_.at_press_.asked = true;
  Insertion inserted = insert();
  EXPECT_EQ(inserted.method, "clipboard");
  EXPECT_EQ(inserted.note, why + ": it is on the clipboard");
  session_.at_press_.lost = true;
  inserted = insert();
  EXPECT_EQ(inserted.method, "none");
  EXPECT_TRUE(inserted.held);
  EXPECT_EQ(inserted.note,
            why + ", and another program has taken the clipboard; 'diktate last --print' shows the text");
}

TEST_F(PasteInsertionTest, AWindowThatHasNotAnsweredGetsNoKeysForTheNextText) {
  EXPECT_EQ(insert().method, "type");
  EXPECT_EQ(insert({}, "another").method, "type");
  EXPECT_EQ(session_.typed_, "a textanother");
  const Insertion inserted = insert({.methods = {"paste Ctrl+V", "clipboard"}}, "a third");
  EXPECT_EQ(inserted.method, "clipboard");
  EXPECT_EQ(inserted.note,
            "editor has not pasted the text before this one, and may do so yet: the text is on the "
            "clipboard, press paste");
  EXPECT_EQ(session_.pressed_.size(), 1U);
  session_.focus_.id = target_.id = 2;
  EXPECT_EQ(insert().method, "type");
  EXPECT_EQ(session_.pressed_.size(), 2U) << "another window";
}

TEST_F(PasteInsertionTest, WhatIsCopiedInTheLastMomentIsLeftAloneAndTheTextTyped) {
  session_.at_offer_ = Custody::copying;
  EXPECT_EQ(insert().method, "type");
  EXPECT_TRUE(session_.pressed_.empty());
  EXPECT_EQ(session_.typed_, "a text");
}

TEST_F(PasteInsertionTest, OnTheClipboardAloneItComesWhateverHasTheFocus) {
  session_.focus_.id = 2;
  EXPECT_EQ(insert({.methods = {"clipboard"}}).method, "clipboard");
  EXPECT_EQ(session_.offered_, "a text");
  EXPECT_TRUE(session_.kept_);
}

}  // namespace
}  // namespace diktate
