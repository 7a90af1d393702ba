#include "desktop/stdout_inserter.h"

#include <array>
#include <cstdlib>
#include <future>
#include <string>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"

namespace diktate {
namespace {

struct OutputPipe {
  OutputPipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
    reading = UniqueFd(ends[0]);
    writing = UniqueFd(ends[1]);
  }
  // All, once nobody writes any more.
  std::string rest() {
    writing = UniqueFd();
    std::string bytes;
    std::array<char, 4096> part{};
    for (ssize_t count = 0; (count = ::read(reading.get(), part.data(), part.size())) > 0;)
      bytes.append(part.data(), static_cast<std::size_t>(count));
    return bytes;
  }
  UniqueFd reading;
  UniqueFd writing;
};

Result<Insertion> insert_into(TextInserter& inserter, std::string_view text, std::stop_token cancel = {}) {
  const auto target = inserter.remember();
  return inserter.insert(*target, {text, {}}, std::move(cancel));
}

TEST(StdoutInserter, WritesEachTextAndALineEndAndNothingElse) {
  OutputPipe pipe;
  const auto inserter = make_stdout_inserter({pipe.writing.get()});
  ASSERT_TRUE(inserter);
  const auto inserted = insert_into(**inserter, "Año “quotes”.");
  ASSERT_TRUE(inserted) << inserted.error().message;
  EXPECT_EQ(inserted->method, "stdout");
  EXPECT_EQ(inserted->receipt, Receipt::sent);
  EXPECT_FALSE(inserted->held);
  ASSERT_TRUE(insert_into(**inserter, "Two\nlines."));
  EXPECT_EQ(pipe.rest(), "Año “quotes”.\nTwo\nlines.\n");
}

TEST(StdoutInserter, WritesMoreThanAPipeHolds) {
  OutputPipe pipe;
  const std::string text(300'000, 'x');
  const auto inserter = make_stdout_inserter({pipe.writing.get(), std::chrono::hours(1)});
  auto inserted = std::async(std::launch::async, [&] {
    const bool done = insert_into(**inserter, text).has_value();
    pipe.writing = UniqueFd();
    return done;
  });
  std::string read;
  std::array<char, 4096> part{};
  for (ssize_t count = 0; (count = ::read(pipe.reading.get(), part.data(), part.size())) > 0;)
    read.append(part.data(), static_cast<std::size_t>(count));
  EXPECT_TRUE(inserted.get());
  EXPECT_EQ(read, text + "\n");
}

TEST(StdoutInserter, SaysThatNobodyReads) {
  OutputPipe pipe;
  const auto inserter = make_stdout_inserter({pipe.writing.get()});
  pipe.reading = UniqueFd();
  const auto inserted = insert_into(**inserter, "lost?");
  ASSERT_FALSE(inserted);
  EXPECT_EQ(inserted.error().message, "standard output: Broken pipe; 'diktate last --print' shows the text");
}

TEST(StdoutInserter, ATextAfterOneThatBrokeOffHasALineOfItsOwn) {
  OutputPipe pipe;
  const auto inserter = make_stdout_inserter({pipe.writing.get(), std::chrono::milliseconds(50)});
  const std::string much(1'000'000, 'x');
  const auto broken = insert_into(**inserter, much);
  ASSERT_FALSE(broken);
  EXPECT_NE(broken.error().message.find("nobody reads"), std::string::npos);
  std::array<char, 1 << 16> part{};
  ASSERT_GT(::read(pipe.reading.get(), part.data(), part.size()), 4096);
  ASSERT_TRUE(insert_into(**inserter, "next"));
  const std::string rest = pipe.rest();
  EXPECT_EQ(rest.substr(rest.size() - 6), "\nnext\n");
}

TEST(StdoutInserter, EndsWhenItIsCancelled) {
  OutputPipe pipe;
  std::stop_source cancel;
  cancel.request_stop();
  const auto inserter = make_stdout_inserter({pipe.writing.get(), std::chrono::hours(1)});
  EXPECT_EQ(insert_into(**inserter, "a", cancel.get_token()).error().kind, ErrorKind::cancelled);
}

TEST(StdoutInserter, IsNotThereWhereNoWordsCanOrMayGo) {
  EXPECT_NE(make_stdout_inserter({-1}).error().message.find("is closed"), std::string::npos);
  const UniqueFd nothing(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  EXPECT_NE(make_stdout_inserter({nothing.get()}).error().message.find("or /dev/null"), std::string::npos);
  OutputPipe pipe;
  struct stat file {};
  ASSERT_EQ(::fstat(pipe.writing.get(), &file), 0);
  ::setenv("JOURNAL_STREAM", (std::to_string(file.st_dev) + ":" + std::to_string(file.st_ino)).c_str(), 1);
  EXPECT_NE(make_stdout_inserter({pipe.writing.get()}).error().message.find("the log of systemd"),
            std::string::npos);
  ::setenv("JOURNAL_STREAM", "1:1", 1);
  EXPECT_TRUE(make_stdout_inserter({pipe.writing.get()}));
  ::unsetenv("JOURNAL_STREAM");
}

}  // namespace
}  // namespace diktate
