#include "desktop/x11/event_loop.h"

#include <utility>

#include <poll.h>
#include <xcb/xcb.h>

#include "base/thread_name.h"

namespace diktate {
namespace {

constexpr std::uint8_t kError = 0;  // an event of this kind says that a request failed
constexpr int kMostAtOnce = 256;    // events, before something else has its turn

}  // namespace

X11Loop::X11Loop(X11Connection& connection, std::string name)
    : connection_(connection), name_(std::move(name)) {}

X11Loop::~X11Loop() {
  queue_.stop();
  if (thread_.joinable()) thread_.join();
}

void X11Loop::start(Callbacks callbacks) {
  callbacks_ = std::move(callbacks);
  thread_ = std::thread([this] { run(); });
}

Result<void> X11Loop::call(const std::function<void()>& action) {
  if (!queue_.call(action)) return tl::unexpected(connection_.gone());
  return {};
}

void X11Loop::handle(const void* event) {
  const auto kind = static_cast<const xcb_generic_event_t*>(event)->response_type & ~kSentBit;
  if (kind != kError) callbacks_.on_event(event);
}

void X11Loop::handle_read_events() {
  while (auto event = owned(xcb_poll_for_queued_event(connection_.get()))) handle(event.get());
}

// False: there may be more.
bool X11Loop::handle_events() {
  for (int i = 0; i < kMostAtOnce; ++i) {
    const auto event = owned(xcb_poll_for_event(connection_.get()));
    if (!event) return true;
    handle(event.get());
  }
  return false;
}

void X11Loop::wait() {
  pollfd polled[] = {{connection_.descriptor(), POLLIN, 0}, {queue_.descriptor(), POLLIN, 0}};
  poll(polled, 2, poll_timeout(callbacks_.deadline()));
}

void X11Loop::run() {
  set_thread_name(name_);
  block_signals();
  bool going = true;
  while (going) {
    going = queue_.run(connection_.alive());
    handle_events();
    callbacks_.on_time(SteadyClock().now());
    const bool all = handle_events();  // what came while on_time() waited: poll() would not see it
    connection_.flush();
    if (going && all && connection_.alive()) wait();
  }
  if (!connection_.alive()) callbacks_.on_gone();
}

}  // namespace diktate
