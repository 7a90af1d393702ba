#include "desktop/portal/session_thread.h"

#include <algorithm>
#include <future>
#include <optional>
#include <utility>

#include <poll.h>

#include "base/clock.h"
#include "base/thread_name.h"
#include "desktop/call_queue.h"

namespace diktate {
namespace {

using std::chrono::seconds;

constexpr auto kPartingLimit = seconds(1);
constexpr auto kLongest = seconds(60);  // between two attempts
constexpr auto kGood = seconds(60);     // what was open so long is no bad sign
constexpr auto kNewPortal =
    std::chrono::milliseconds(300);  // one that ends at once is not asked all the time

// How long to wait until the next attempt: longer each time.
class Patience {
 public:
  seconds next() {
    const seconds pause = pause_;
    pause_ = std::min<seconds>(2 * pause_, kLongest);
    return pause;
  }
  void reset() { pause_ = seconds(1); }

 private:
  seconds pause_{1};
};

}  // namespace

struct PortalThread::Shared {
  PortalWaker waker;
  std::shared_ptr<PortalSession> session;
  std::promise<void> over;

  void run() {
    Patience patience;
    while (!waker.stopped()) {
      auto connection = PortalConnection::open(waker);
      if (connection) {
        serve(**connection);
        patience.reset();
      } else {
        session->on_closed(connection.error());
      }
      rest(SteadyClock().now() + patience.next());
    }
    over.set_value();
  }

  // As long as the bus is there.
  void serve(PortalConnection& connection) {
    Patience patience;
    while (connection.wait(SteadyClock().now())) {
      connection.portal_came();
      const Instant began = SteadyClock().now();
      const auto opened = session->open(connection);
      if (opened) stay(connection);
      if (waker.stopped()) return;
      const Error why = opened ? Error{ErrorKind::unavailable, connection.end_of_session()} : opened.error();
      session->on_closed(why);
      connection.close_session();
      if (opened && SteadyClock().now() - began > kGood) patience.reset();
      std::optional<Instant> next;
      if (why.kind != ErrorKind::cancelled)
        next = SteadyClock().now() + (why.kind == ErrorKind::failed ? kLongest : patience.next());
      await_portal(connection, next);
    }
  }

  void stay(PortalConnection& connection) {
    do {
      session->on_wake(connection);
    } while (!connection.session().empty() && connection.wait(session->deadline(), session->descriptors()));
  }

  void await_portal(PortalConnection& connection, std::optional<Instant> until) {
    while (connection.wait(until)) {
      if (until && SteadyClock().now() >= *until) return;
      if (!connection.portal_came()) continue;
      const Instant soon = SteadyClock().now() + kNewPortal;
      until = until ? std::min(*until, soon) : soon;
    }
  }

  void rest(Instant until) {
    while (!waker.stopped() && SteadyClock().now() < until) {
      pollfd woken{waker.descriptor(), POLLIN, 0};
      ::poll(&woken, 1, poll_timeout(until));
      waker.rest();
    }
  }
};

PortalThread::PortalThread(const std::string& name, std::shared_ptr<PortalSession> session)
    : shared_(std::make_shared<Shared>()) {
  shared_->session = std::move(session);
  thread_ = std::thread([shared = shared_, name] {
    set_thread_name(name);
    block_signals();
    shared->run();
  });
}

PortalThread::~PortalThread() {
  shared_->waker.stop();
  const bool is_over = shared_->over.get_future().wait_for(kPartingLimit) == std::future_status::ready;
  if (is_over) {
    thread_.join();
  } else {
    thread_.detach();
  }
}

void PortalThread::wake() { shared_->waker.wake(); }

}  // namespace diktate
