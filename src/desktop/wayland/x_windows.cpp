#include "desktop/wayland/x_windows.h"

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <future>
#include <system_error>
#include <thread>
#include <utility>

#include "base/thread_name.h"
#include "desktop/processes.h"

namespace diktate {
namespace {

constexpr auto kXWindowLimit = std::chrono::milliseconds(200);
constexpr auto kXPartingLimit = std::chrono::seconds(2);  // in which a manager of the clipboard may answer

// libxcb waits for ever for a server that hangs, so that is done by a thread which may be left behind.
template <class Action>
auto on_own_thread(Action action) {
  std::packaged_task<decltype(action())()> task(std::move(action));
  auto answer = task.get_future();
  std::thread([task = std::move(task)]() mutable {
    set_thread_name("x windows");
    block_signals();
    task();
  }).detach();
  return answer;
}

}  // namespace

// What was copied for it is forgotten by the thread that serves the selections, and that may be waiting.
XWindow::~XWindow() {
  try {
    on_own_thread([inserter = std::move(inserter_), window = std::move(window_)]() mutable {
      window.reset();
      inserter.reset();
    }).wait_for(kXWindowLimit);
  } catch (const std::system_error&) {  // no thread is to be had, and it has been forgotten here
  }
}

// Belongs to a thread that is left behind as well.
struct XWindows::Shared {
  explicit Shared(X11InserterOptions to_use) : options(std::move(to_use)) {}

  // By one thread at a time: who has set `asking`. Nothing of `self` is left when it returns.
  static std::unique_ptr<XWindow> ask(std::shared_ptr<Shared> self);
  void connect();

  const X11InserterOptions options;
  std::shared_ptr<TextInserter> inserter;
  std::atomic<bool> asking = false;
};

// Who connects to a display of XWayland that does not run starts it.
void XWindows::Shared::connect() {
  inserter.reset();
  const bool named = !options.display.empty() || std::getenv("DISPLAY") != nullptr;
  if (!named || !is_running("Xwayland")) return;
  if (auto made = make_x11_inserter(options)) inserter = std::move(*made);
}

std::unique_ptr<XWindow> XWindows::Shared::ask(std::shared_ptr<Shared> self) {
  if (!self->inserter || !self->inserter->problem().empty()) self->connect();
  auto by = self->inserter;
  auto window = by ? by->remember() : nullptr;
  self->asking = false;
  self.reset();
  if (!window || window->name().empty()) return nullptr;
  return std::make_unique<XWindow>(std::move(by), std::move(window));
}

XWindows::XWindows(X11InserterOptions options) : shared_(std::make_shared<Shared>(std::move(options))) {}

// The inserter gives back the clipboard of X.
XWindows::~XWindows() {
  if (shared_->asking || !shared_->inserter) return;
  on_own_thread([shared = std::move(shared_)]() mutable { shared.reset(); }).wait_for(kXPartingLimit);
}

std::unique_ptr<XWindow> XWindows::remember() {
  const std::lock_guard lock(mutex_);
  if (shared_->asking.exchange(true)) return nullptr;  // it has not answered yet
  auto answer = on_own_thread([shared = shared_]() mutable { return Shared::ask(std::move(shared)); });
  return answer.wait_for(kXWindowLimit) == std::future_status::ready ? answer.get() : nullptr;
}

}  // namespace diktate
