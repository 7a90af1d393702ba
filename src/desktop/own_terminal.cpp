#include "desktop/own_terminal.h"

#include <array>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include "base/files.h"

namespace diktate {
namespace {

class RawTerminal final : public OwnTerminal {
 public:
  RawTerminal(UniqueFd terminal, const termios& before) : terminal_(std::move(terminal)), before_(before) {}
  ~RawTerminal() override { ::tcsetattr(terminal_.get(), TCSAFLUSH, &before_); }
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;

  void forget() override { ::tcflush(terminal_.get(), TCIFLUSH); }
  std::string text(const std::string& expected, Nanoseconds limit) override;

 private:
  const UniqueFd terminal_;
  const termios before_;
};

std::string RawTerminal::text(const std::string& expected, Nanoseconds limit) {
  const SteadyClock clock;
  const Instant until = clock.now() + limit;
  std::string got;
  while (got != expected) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock.now()).count();
    pollfd ready{terminal_.get(), POLLIN, 0};
    if (left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) <= 0) break;
    std::array<char, 1024> bytes{};
    const ssize_t count = ::read(terminal_.get(), bytes.data(), bytes.size());
    if (count <= 0) break;
    got.append(bytes.data(), static_cast<std::size_t>(count));
  }
  return got;
}

}  // namespace

Result<std::unique_ptr<OwnTerminal>> OwnTerminal::open() {
  UniqueFd terminal(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC));
  termios before{};
  if (terminal.get() < 0 || ::tcgetattr(terminal.get(), &before) != 0)
    return fail(ErrorKind::unavailable, "it is not run in a terminal");
  if (::tcgetpgrp(terminal.get()) != ::getpgrp())
    return fail(ErrorKind::unavailable, "it is run in the background of its terminal");
  termios raw = before;
  ::cfmakeraw(&raw);
  raw.c_lflag |= ISIG;
  raw.c_oflag = before.c_oflag;
  if (::tcsetattr(terminal.get(), TCSANOW, &raw) != 0)
    return fail(ErrorKind::unavailable, "its terminal cannot be read");
  return std::make_unique<RawTerminal>(std::move(terminal), before);
}

}  // namespace diktate
