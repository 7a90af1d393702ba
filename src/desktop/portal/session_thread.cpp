#include "desktop/portal/session_thread.h"

#include <algorithm>
#include <array>
#include <future>
#include <optional>
#include <utility>

#include <poll.h>

#include "base/clock.h"
#include "base/thread_name.h"
#include "desktop/call_queue.h"
#include "desktop/portal/bus_socket.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto kPartingLimit = seconds(1);
constexpr auto kFirst = seconds(1);             // between two attempts to open a session
constexpr auto kLongest = seconds(60);          // between any two
constexpr auto kGood = seconds(60);             // what was open so long is no bad sign
constexpr auto kNewPortal = milliseconds(300);  // one that ends at once is not asked all the time
constexpr auto kNewBus = milliseconds(100);     // its socket is there a moment before it answers

// How long to wait until the next attempt: longer each time.
class Patience {
 public:
  explicit Patience(Nanoseconds first) : first_(first), pause_(first) {}

  Nanoseconds next() {
    const Nanoseconds pause = pause_;
    pause_ = std::min<Nanoseconds>(2 * pause_, kLongest);
    return pause;
  }
  void reset() { pause_ = first_; }

 private:
  const Nanoseconds first_;
  Nanoseconds pause_;
};

}  // namespace

struct PortalThread::Shared {
  PortalWaker waker;
  std::shared_ptr<PortalSession> session;
  Nanoseconds bus_pause{};
  std::promise<void> over;

  void run() {
    Patience patience(bus_pause);
    while (!waker.stopped()) {
      FileWatch socket = watch_bus_socket();  // before the bus is tried: none can come unseen
      auto connection = PortalConnection::open(waker);
      if (connection) {
        socket = {};
        serve(**connection);
        patience.reset();
      } else {
        session->on_closed(connection.error());
      }
      if (!rest(patience.next(), socket)) continue;
      patience.reset();
      rest(kNewBus, socket);
    }
    over.set_value();
  }

  // As long as the bus is there.
  void serve(PortalConnection& connection) {
    Patience patience(kFirst);
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
      if (await_portal(connection, next)) patience.reset();
    }
  }

  void stay(PortalConnection& connection) {
    do {
      session->on_wake(connection);
    } while (!connection.session().empty() && connection.wait(session->deadline(), session->descriptors()));
  }

  // Whether there is another portal.
  bool await_portal(PortalConnection& connection, std::optional<Instant> until) {
    bool came = false;
    while (connection.wait(until)) {
      if (until && SteadyClock().now() >= *until) return came;
      if (!connection.portal_came()) continue;
      came = true;
      const Instant soon = SteadyClock().now() + kNewPortal;
      until = until ? std::min(*until, soon) : soon;
    }
    return came;
  }

  // Whether the socket of the bus came meanwhile: then it ends at once.
  bool rest(Nanoseconds pause, FileWatch& socket) {
    const Instant until = SteadyClock().now() + pause;
    while (!waker.stopped() && SteadyClock().now() < until) {
      std::array<pollfd, 2> ready{{{waker.descriptor(), POLLIN, 0}, {socket.descriptor(), POLLIN, 0}}};
      ::poll(ready.data(), ready.size(), poll_timeout(until));
      waker.rest();
      if (socket.appeared()) return true;
    }
    return false;
  }
};

PortalThread::PortalThread(const std::string& name, std::shared_ptr<PortalSession> session,
                           Nanoseconds bus_pause)
    : shared_(std::make_shared<Shared>()) {
  shared_->session = std::move(session);
  shared_->bus_pause = bus_pause;
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
