#include "desktop/x11/event_loop.h"

#include <algorithm>
#include <future>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <xcb/xcb.h>

#include "base/thread_name.h"

namespace diktate {
namespace {

constexpr std::uint8_t kError = 0;  // an event of this kind says that a request failed
constexpr std::uint8_t kSentBit = 0x80;

int milliseconds_until(std::optional<Instant> when) {
  if (!when) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*when - SteadyClock().now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

}  // namespace

X11Loop::X11Loop(X11Connection& connection, std::string name)
    : connection_(connection), name_(std::move(name)), alarm_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

X11Loop::~X11Loop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake();
  if (thread_.joinable()) thread_.join();
}

void X11Loop::start(Callbacks callbacks) {
  callbacks_ = std::move(callbacks);
  thread_ = std::thread([this] { run(); });
}

void X11Loop::wake() const {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(alarm_.get(), &one, sizeof one);
}

Result<void> X11Loop::call(const std::function<void()>& action) {
  std::promise<bool> done;
  auto called = done.get_future();
  {
    const std::lock_guard lock(mutex_);
    if (ended_) return tl::unexpected(connection_.gone());
    actions_.emplace_back([&](bool good) {
      if (good) action();
      done.set_value(good);
    });
  }
  wake();
  if (!called.get()) return tl::unexpected(connection_.gone());
  return {};
}

bool X11Loop::run_actions() {
  std::deque<std::function<void(bool)>> actions;
  {
    const std::lock_guard lock(mutex_);
    std::uint64_t count = 0;
    [[maybe_unused]] const auto bytes = read(alarm_.get(), &count, sizeof count);
    actions.swap(actions_);
    if (stop_ || !connection_.alive()) ended_ = true;
  }
  for (const auto& action : actions) action(connection_.alive());
  return !ended_;
}

void X11Loop::handle_events() {
  while (auto event = owned(xcb_poll_for_event(connection_.get()))) {
    if ((event->response_type & ~kSentBit) != kError) callbacks_.on_event(event.get());
  }
}

void X11Loop::wait() {
  pollfd polled[] = {{connection_.descriptor(), POLLIN, 0}, {alarm_.get(), POLLIN, 0}};
  poll(polled, 2, milliseconds_until(callbacks_.deadline()));
}

void X11Loop::run() {
  set_thread_name(name_);
  block_signals();
  bool going = true;
  while (going) {
    going = run_actions();
    handle_events();
    callbacks_.on_time(SteadyClock().now());
    handle_events();  // what came while on_time() waited for an answer: poll() would not see it
    connection_.flush();
    if (going && connection_.alive()) wait();
  }
  if (!connection_.alive()) callbacks_.on_gone();
}

}  // namespace diktate
