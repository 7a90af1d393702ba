#include <csignal>
#include <map>
#include <optional>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "desktop/offer_copy.h"
#include "desktop/paste_session.h"
#include "desktop/pipe_writer.h"

namespace diktate {
namespace {

struct Pipe {
  UniqueFd reading;
  UniqueFd writing;
};

Pipe make_pipe() {
  int ends[2] = {};
  EXPECT_EQ(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

// The end of a pipe that holds these bytes and no more.
UniqueFd pipe_of(const std::string& bytes) {
  Pipe made = make_pipe();
  EXPECT_EQ(write(made.writing.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  return std::move(made.reading);
}

// An owner that has these formats.
OfferCopy::Ask owner_of(std::map<std::string, std::string> formats) {
  return [formats = std::move(formats)](const std::string& mime) -> Result<UniqueFd> {
    const auto found = formats.find(mime);
    return found != formats.end() ? pipe_of(found->second) : UniqueFd();
  };
}

TEST(OfferCopy, AFormatThatIsRefusedDoesNotCostTheOthers) {
  OfferCopy copy(owner_of({{"text/html", "<b>"}, {"text/plain", ""}}),
                 {"image/png", "text/html", "text/plain"});
  copy.on_wake({});
  ASSERT_EQ(copy.custody(), Custody::copied);
  ASSERT_EQ(copy.content()->formats.size(), 2U);
  EXPECT_EQ(*copy.content()->find("text/html"), "<b>");
  EXPECT_EQ(*copy.content()->find("text/plain"), "");
}

TEST(OfferCopy, WithoutFormatsThereIsNothingAndWithoutAnyThatCanBeReadItIsUnreadable) {
  EXPECT_EQ(OfferCopy(owner_of({}), {}).custody(), Custody::empty);
  EXPECT_EQ(OfferCopy(owner_of({}), {"text/plain"}).custody(), Custody::unreadable);
}

TEST(OfferCopy, FormatsThatWereGuessedAndAreEmptyAreNone) {
  OfferCopy none(owner_of({{"text/plain", ""}}), {"text/plain", "text/html"}, true);
  none.on_wake({});
  EXPECT_EQ(none.custody(), Custody::empty);
  OfferCopy some(owner_of({{"text/plain", "former"}, {"text/html", ""}}), {"text/plain", "text/html"}, true);
  some.on_wake({});
  ASSERT_EQ(some.custody(), Custody::copied);
  EXPECT_EQ(some.content()->formats.size(), 1U);
}

TEST(OfferCopy, WithoutAFormatThatDoesNotComeInTimeThereIsNoCopyUnlessItWasGuessed) {
  const Pipe silent = make_pipe();
  for (const bool guessed : {false, true}) {
    OfferCopy copy(
        [&](const std::string& mime) -> Result<UniqueFd> {
          return mime == "image/png" ? UniqueFd(dup(silent.reading.get())) : pipe_of("former");
        },
        {"text/plain", "image/png", "text/html"}, guessed);
    copy.on_wake(SteadyClock().now());
    EXPECT_EQ(copy.custody(), Custody::copying);
    copy.on_wake(SteadyClock().now() + 2 * kFormatLimit);
    EXPECT_EQ(copy.custody(), guessed ? Custody::copied : Custody::incomplete);
    EXPECT_EQ(copy.content()->formats.size(), guessed ? 2U : 0U);
  }
}

TEST(OfferCopy, AGuessedFormatThatDoesNotComeIsThereAllTheSame) {
  const Pipe silent = make_pipe();
  OfferCopy copy(
      [&](const std::string& /*mime*/) -> Result<UniqueFd> { return UniqueFd(dup(silent.reading.get())); },
      {"text/plain"}, true);
  copy.on_wake(SteadyClock().now() + 2 * kFormatLimit);
  EXPECT_EQ(copy.custody(), Custody::unreadable);
}

TEST(OfferCopy, WhereNothingCanBeAskedAnyMoreItIsUnreadableEvenIfGuessed) {
  int asked = 0;
  const OfferCopy copy(
      [&](const std::string& /*mime*/) -> Result<UniqueFd> {
        ++asked;
        return fail(ErrorKind::timeout, "no answer");
      },
      {"text/plain", "text/html"}, true);
  EXPECT_EQ(copy.custody(), Custody::unreadable);
  EXPECT_EQ(asked, 1);
}

TEST(OfferCopy, TheHintThatItIsASecretIsReadFirst) {
  std::vector<std::string> asked;
  OfferCopy copy(
      [&](const std::string& mime) -> Result<UniqueFd> {
        asked.push_back(mime);
        return pipe_of("secret");
      },
      {"text/plain", kSecretHint});
  copy.on_wake({});
  EXPECT_EQ(copy.custody(), Custody::secret);
  EXPECT_EQ(asked, std::vector<std::string>{kSecretHint});
}

TEST(OfferCopy, AHintThatIsOfferedAndCannotBeReadIsASecret) {
  const Pipe silent = make_pipe();
  for (const bool refused : {true, false}) {
    std::vector<std::string> asked;
    OfferCopy copy(
        [&](const std::string& mime) -> Result<UniqueFd> {
          asked.push_back(mime);
          return refused ? UniqueFd() : UniqueFd(dup(silent.reading.get()));
        },
        {"text/plain", kSecretHint});
    copy.on_wake(SteadyClock().now() + 2 * kFormatLimit);
    EXPECT_EQ(copy.custody(), Custody::secret);
    EXPECT_EQ(asked, std::vector<std::string>{kSecretHint});
  }
}

class PipeWriterTest : public testing::Test {
 protected:
  PipeWriterTest() { std::signal(SIGPIPE, SIG_IGN); }

  std::optional<PipeOutcome> outcome_;
  PipeWriter writer_{[this](int /*pipe*/, std::uint32_t tag, PipeOutcome outcome) {
    EXPECT_EQ(tag, 7U);
    outcome_ = outcome;
  }};
};

TEST_F(PipeWriterTest, ATextThatCountsIsReadWhenItsLastByteWasTaken) {
  Pipe made = make_pipe();
  writer_.serve(std::move(made.writing), mime_content_of("text"), "text/plain", true, 7);
  writer_.on_wake(SteadyClock().now());
  EXPECT_FALSE(outcome_);
  char bytes[8] = {};
  EXPECT_EQ(read(made.reading.get(), bytes, sizeof bytes), 4);
  writer_.on_wake(SteadyClock().now());
  EXPECT_EQ(outcome_, PipeOutcome::read);
}

TEST_F(PipeWriterTest, WhatDoesNotCountIsWritten) {
  Pipe made = make_pipe();
  writer_.serve(std::move(made.writing), mime_content_of("text"), "text/plain", false, 7);
  writer_.on_wake(SteadyClock().now());
  EXPECT_EQ(outcome_, PipeOutcome::written);
}

TEST_F(PipeWriterTest, AReaderThatGoesAwayHasNotReadIt) {
  Pipe before = make_pipe();
  before.reading = {};
  writer_.serve(std::move(before.writing), mime_content_of("text"), "text/plain", true, 7);
  writer_.on_wake(SteadyClock().now());
  EXPECT_EQ(outcome_, PipeOutcome::failed);
  outcome_.reset();
  Pipe after = make_pipe();
  writer_.serve(std::move(after.writing), mime_content_of("text"), "text/plain", true, 7);
  writer_.on_wake(SteadyClock().now());
  after.reading = {};
  writer_.on_wake(SteadyClock().now());
  EXPECT_EQ(outcome_, PipeOutcome::failed);
}

TEST_F(PipeWriterTest, WhoHasNotReadATextThatCountsIsAwaitedUntilItCountsNoMore) {
  Pipe made = make_pipe();
  writer_.serve(std::move(made.writing), mime_content_of("text"), "text/plain", false, 7);
  EXPECT_FALSE(writer_.awaits_reader());
  made = make_pipe();
  writer_.serve(std::move(made.writing), mime_content_of("text"), "text/plain", true, 7);
  writer_.on_wake(SteadyClock().now());
  EXPECT_TRUE(writer_.awaits_reader());
  writer_.count_no_more();
  EXPECT_FALSE(writer_.awaits_reader());
  writer_.on_wake(SteadyClock().now());
  EXPECT_EQ(outcome_, PipeOutcome::written);
  char bytes[8] = {};
  EXPECT_EQ(read(made.reading.get(), bytes, sizeof bytes), 4);
}

TEST_F(PipeWriterTest, WhereTooManyHaveNotReadOthersGetNothing) {
  const auto content = mime_content_of("text");
  std::vector<UniqueFd> readers;
  for (int i = 0; i < 100; ++i) {
    Pipe made = make_pipe();
    readers.push_back(std::move(made.reading));
    writer_.serve(std::move(made.writing), content, "text/plain", true, 7);
  }
  writer_.on_wake(SteadyClock().now());
  char bytes[8] = {};
  EXPECT_EQ(read(readers.front().get(), bytes, sizeof bytes), 4);
  EXPECT_EQ(read(readers.back().get(), bytes, sizeof bytes), 0);
}

TEST(FetchWatch, ADesktopThatIsGoneEndsTheWait) {
  FetchWatch watch;
  watch.change([](FetchState& state) { state.gone = true; });
  const auto state =
      watch.wait(SteadyClock().now() + std::chrono::hours(1), [](const FetchState&) { return false; }, {});
  EXPECT_TRUE(state.gone);
  EXPECT_FALSE(state.someone);
}

}  // namespace
}  // namespace diktate
