// A connection to the session bus, as far as the desktop portal needs it: calls, requests and one session.
// Inside this folder only. Source: the documentation of xdg-desktop-portal 1.20, Request, Session and
// Registry.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <poll.h>

#include "base/clock.h"
#include "base/result.h"
#include "desktop/portal/waker.h"

namespace sdbus {
class Message;
class MethodCall;
class Variant;
}  // namespace sdbus

namespace diktate {

using PortalValues = std::map<std::string, sdbus::Variant>;

// One thread uses it. Every wait ends when the waker stops. Errors: `unavailable` where there is no bus, no
// portal, or no such interface; `timeout`; `cancelled` for what the user refused; `failed` for all else that
// the portal said.
class PortalConnection {
 public:
  using Fill = std::function<void(sdbus::MethodCall& call)>;
  using Read = std::function<void(sdbus::Message& message)>;

  // Waits for the bus: a minute and a half for one that accepts and then says nothing. The waker is borrowed.
  static Result<std::unique_ptr<PortalConnection>> open(PortalWaker& waker);
  ~PortalConnection();
  PortalConnection(const PortalConnection&) = delete;
  PortalConnection& operator=(const PortalConnection&) = delete;

  // Handles what comes; waits for something, for one of the others, or until then. False: the bus is gone, or
  // the waker stops.
  bool wait(std::optional<Instant> until, std::span<const pollfd> others = {});

  // Calls a method of the portal and waits for its reply.
  Result<void> call(const std::string& interface, const std::string& method, const Fill& fill,
                    Nanoseconds limit, const Read& on_reply = {});

  // Calls a method that answers by a Request, and waits for that; its options come last. A request that is
  // over the limit is closed: a dialog of it goes away.
  Result<PortalValues> request(const std::string& interface, const std::string& method, const Fill& fill,
                               PortalValues options, Nanoseconds limit);

  // From now on the portal's signals of the interface go to `on_signal`, during waits, while there is a
  // session. One interface a connection; what it is called with may change.
  Result<void> hear(const std::string& interface, Read on_signal);

  // Tells the portal who we are, and opens a session of the interface; there is one at a time. The first call
  // may start the portal: half a minute. Answers with all that the portal said.
  Result<PortalValues> open_session(const std::string& interface, PortalValues options);
  void close_session();
  const std::string& session() const { return session_; }          // an object path; empty: it is over
  const std::string& end_of_session() const { return why_over_; }  // a line

  // Whether another portal came since the last call.
  bool portal_came();

 private:
  class Link;
  struct Answer;

  explicit PortalConnection(PortalWaker& waker);
  void listen();
  bool is_portal(const sdbus::Message& message) const;
  void on_owner(const std::string& owner);
  void on_response(sdbus::Message& message);
  void on_session_signal(sdbus::Message& message);
  void end_session(std::string why);
  void close_request();
  Result<void> present_ourselves();
  bool process();

  PortalWaker& waker_;
  std::unique_ptr<Link> link_;
  bool alive_ = true;
  std::string owner_;  // the portal's unique name on the bus
  bool came_ = false;
  std::string registered_;  // the owner that knows who we are
  int tokens_ = 0;
  std::string awaited_;  // the path of a Request
  std::unique_ptr<Answer> answer_;
  std::string session_;
  std::string why_over_;
  Read on_signal_;
};

}  // namespace diktate
