#include "desktop/stdout_inserter.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "desktop/quiet_pipes.h"

namespace diktate {
namespace {

constexpr int kReaderLook = 50;  // ms between two looks at who wants to stop

class Output final : public TextTarget {
 public:
  std::string name() const override { return "standard output"; }
};

// systemd tells which file is its log.
bool is_log(const struct stat& file) {
  const char* const log = std::getenv("JOURNAL_STREAM");
  return log != nullptr && log == std::to_string(file.st_dev) + ":" + std::to_string(file.st_ino);
}

class StdoutInserter final : public TextInserter {
 public:
  explicit StdoutInserter(const StdoutInserterOptions& options) : options_(options) {}

  std::unique_ptr<TextTarget> remember() override { return std::make_unique<Output>(); }

  Result<Insertion> insert(TextTarget& /*target*/, const InsertRequest& request,
                           std::stop_token cancel) override {
    const std::lock_guard one_at_a_time(mutex_);
    const QuietPipes quiet;
    // After a text that broke off, this one has a line of its own.
    const std::string line = (torn_ ? "\n" : "") + std::string(request.text) + "\n";
    if (auto written = write(line, cancel); !written) return tl::unexpected(written.error());
    const char* note = request.keys.empty() ? "" : "no keys are pressed on standard output";
    return Insertion{"stdout", Receipt::sent, false, note};
  }

  std::string name() const override { return "stdout"; }

 private:
  // In parts for which a pipe has room once it says so: others may have the same file open, so it is not to
  // be made one that never waits.
  Result<void> write(std::string_view bytes, const std::stop_token& cancel) {
    const Instant until = SteadyClock().now() + options_.limit;
    for (const std::size_t all = bytes.size(); !bytes.empty();) {
      if (cancel.stop_requested()) return fail(ErrorKind::cancelled, "cancelled");
      if (SteadyClock().now() >= until) return failed("nobody reads");
      pollfd ready{options_.output, POLLOUT, 0};
      if (::poll(&ready, 1, kReaderLook) <= 0) continue;
      const ssize_t count =
          ::write(options_.output, bytes.data(), std::min<std::size_t>(bytes.size(), PIPE_BUF));
      if (count < 0 && errno != EINTR && errno != EAGAIN) return failed(std::strerror(errno));
      if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
      torn_ = bytes.empty() ? false : torn_ || bytes.size() < all;
    }
    return {};
  }

  static tl::unexpected<Error> failed(const std::string& why) {
    return fail(ErrorKind::failed, "standard output: " + why + "; 'diktate last --print' shows the text");
  }

  const StdoutInserterOptions options_;
  std::mutex mutex_;
  bool torn_ = false;  // only a part of the last text was written
};

}  // namespace

Result<std::unique_ptr<TextInserter>> make_stdout_inserter(const StdoutInserterOptions& options) {
  struct stat file {};
  const bool is_open = ::fstat(options.output, &file) == 0;
  if (!is_open || (S_ISCHR(file.st_mode) && file.st_rdev == ::makedev(1, 3)))
    return fail(ErrorKind::unavailable,
                "standard output is closed, or /dev/null: start 'diktate daemon' with another");
  if (is_log(file))
    return fail(
        ErrorKind::unavailable,
        "standard output is the log of systemd, where no words belong: start 'diktate daemon' yourself");
  return std::make_unique<StdoutInserter>(options);
}

}  // namespace diktate
