#include "desktop/command_inserter.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

Result<Insertion> insert(const std::vector<std::string>& command, std::string_view text,
                         Nanoseconds limit = std::chrono::seconds(60), std::stop_token cancel = {}) {
  const auto inserter = make_command_inserter({command, limit});
  EXPECT_TRUE(inserter);
  const auto target = (*inserter)->remember();
  return (*inserter)->insert(*target, {text, {}}, std::move(cancel));
}

std::string error_of(const Result<Insertion>& inserted) { return inserted ? "" : inserted.error().message; }

TEST(CommandInserter, GivesTheTextToTheCommand) {
  const fs::path file = fs::temp_directory_path() / ("diktate-inserted-" + std::to_string(::getpid()));
  const std::string text = "Año “quotes”\n" + std::string(300'000, 'x');  // more than a pipe holds
  const auto inserted = insert({"tee", file.string()}, text);
  ASSERT_TRUE(inserted) << inserted.error().message;
  EXPECT_EQ(inserted->method, "command");
  EXPECT_EQ(inserted->receipt, Receipt::sent);
  EXPECT_FALSE(inserted->held);
  EXPECT_EQ(*read_file(file), text);
  fs::remove(file);
}

TEST(CommandInserter, SaysWhatBecameOfACommandThatFails) {
  const std::string much(1'000'000, 'x');
  EXPECT_NE(error_of(insert({"no-such-command-here"}, "a")).find("does not start"), std::string::npos);
  EXPECT_NE(error_of(insert({"sh", "-c", "cat >/dev/null; exit 3"}, "a")).find("exit code 3"),
            std::string::npos);
  EXPECT_NE(error_of(insert({"sh", "-c", "kill -9 $$"}, "a")).find("signal 9"), std::string::npos);
  EXPECT_NE(error_of(insert({"true"}, much)).find("did not read all"), std::string::npos);
  const std::string late = error_of(insert({"sleep", "1000"}, "a", std::chrono::milliseconds(100)));
  EXPECT_NE(late.find("does not end"), std::string::npos) << late;
}

TEST(CommandInserter, EndsWhenItIsCancelled) {
  std::stop_source cancel;
  cancel.request_stop();
  const auto inserted = insert({"sleep", "1000"}, "a", std::chrono::hours(1), cancel.get_token());
  ASSERT_FALSE(inserted);
  EXPECT_EQ(inserted.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace diktate
