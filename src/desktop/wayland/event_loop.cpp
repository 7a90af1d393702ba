#include "desktop/wayland/event_loop.h"

#include <utility>

#include "base/thread_name.h"

namespace diktate {

WaylandLoop::~WaylandLoop() {
  queue_.stop();
  if (thread_.joinable()) thread_.join();
}

void WaylandLoop::start(const std::string& name, Callbacks callbacks) {
  callbacks_ = std::move(callbacks);
  thread_ = std::thread([this, name] {
    set_thread_name(name);
    block_signals();
    run();
  });
}

Result<void> WaylandLoop::call(const std::function<void()>& action) {
  if (!queue_.call(action)) return tl::unexpected(WaylandConnection::gone());
  return {};
}

void WaylandLoop::run() {
  while (queue_.run(connection_.alive())) {
    callbacks_.on_wake(SteadyClock().now());
    auto descriptors = callbacks_.descriptors();
    descriptors.push_back({queue_.descriptor(), POLLIN, 0});
    connection_.wait(std::move(descriptors), callbacks_.deadline());
  }
  if (!connection_.alive()) callbacks_.on_gone();
}

}  // namespace diktate
