#include "desktop/portal/connection.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include <sdbus-c++/sdbus-c++.h>

#include "desktop/call_queue.h"
#include "desktop/portal/link.h"

namespace diktate {
namespace {

constexpr const char* kApplication = "org.diktate.Diktate";  // as its desktop file is called
constexpr const char* kSessionName = "diktate";              // KDE keeps the keys that the user chose by it
constexpr auto kStartLimit = std::chrono::seconds(30);       // the call may start the portal
constexpr auto kAnswerLimit = std::chrono::seconds(5);       // nobody is asked
const Error kBusGone{ErrorKind::unavailable, "the session bus is gone"};

void no_arguments(sdbus::MethodCall& /*call*/) {}

}  // namespace

struct PortalConnection::Answer {
  std::uint32_t code = 0;
  PortalValues values;
};

PortalConnection::PortalConnection(PortalWaker& waker) : waker_(waker) {}
PortalConnection::~PortalConnection() = default;

Result<std::unique_ptr<PortalConnection>> PortalConnection::open(PortalWaker& waker) {
  std::unique_ptr<PortalConnection> connection(new PortalConnection(waker));
  try {
    connection->link_ = std::make_unique<Link>();
    connection->listen();
  } catch (const sdbus::Error& error) {
    return fail(ErrorKind::unavailable, "the session bus cannot be used: " + error.getMessage());
  }
  return connection;
}

void PortalConnection::listen() {
  link_->on_owner([this](const std::string& owner) { on_owner(owner); });
  link_->on_signal("org.freedesktop.portal.Request",
                   [this](sdbus::Message& message) { on_response(message); });
  link_->on_signal("org.freedesktop.portal.Session", [this](sdbus::Message& message) {
    if (is_portal(message) && !session_.empty() && message.getPath() == session_)
      end_session("the desktop ended the session");
  });
}

// A match does not keep out what another program sends to us alone.
bool PortalConnection::is_portal(const sdbus::Message& message) const {
  return !owner_.empty() && message.getSender() == owner_;
}

void PortalConnection::on_owner(const std::string& owner) {
  owner_ = owner;
  came_ = came_ || !owner.empty();
  if (!session_.empty()) end_session("the desktop portal ended");
}

void PortalConnection::on_response(sdbus::Message& message) {
  if (!is_portal(message) || awaited_.empty() || message.getPath() != awaited_) return;
  auto answer = std::make_unique<Answer>();
  message >> answer->code >> answer->values;
  answer_ = std::move(answer);
}

void PortalConnection::on_session_signal(sdbus::Message& message) {
  if (is_portal(message) && !session_.empty() && on_signal_) on_signal_(message);
}

void PortalConnection::end_session(std::string why) {
  session_.clear();
  why_over_ = std::move(why);
}

bool PortalConnection::portal_came() { return std::exchange(came_, false); }

bool PortalConnection::process() {
  bool any = false;
  while (link_->bus().processPendingRequest()) any = true;
  return any;
}

bool PortalConnection::wait(std::optional<Instant> until, std::span<const pollfd> others) {
  if (!alive_ || waker_.stopped()) return false;
  try {
    if (process()) return true;
    const auto bus = link_->bus().getEventLoopPollData();
    std::vector<pollfd> ready(others.begin(), others.end());
    ready.push_back({bus.fd, bus.events, 0});
    ready.push_back({waker_.descriptor(), POLLIN, 0});
    int limit = poll_timeout(until);
    if (const int of_bus = bus.getPollTimeout(); of_bus >= 0)
      limit = limit < 0 ? of_bus : std::min(limit, of_bus);
    ::poll(ready.data(), ready.size(), limit);
    waker_.rest();
    process();
  } catch (const sdbus::Error&) {
    alive_ = false;
    if (!session_.empty()) end_session(kBusGone.message);
  }
  return alive_ && !waker_.stopped();
}

Result<void> PortalConnection::call(const std::string& interface, const std::string& method, const Fill& fill,
                                    Nanoseconds limit, const Read& on_reply) {
  bool done = false;
  std::optional<Error> failed;
  const auto on_answer = [&](sdbus::MethodReply& reply, const sdbus::Error* error) {
    done = true;
    try {
      if (error != nullptr) throw *error;
      if (owner_.empty()) owner_ = reply.getSender();
      if (on_reply) on_reply(reply);
    } catch (const sdbus::Error& wrong) {
      failed = portal_error(interface, wrong);
    }
  };
  const Instant until = SteadyClock().now() + limit;
  sdbus::PendingAsyncCall pending;
  try {
    auto message = link_->portal().createMethodCall(interface, method);
    fill(message);
    pending = link_->portal().callMethod(message, on_answer, limit);
  } catch (const sdbus::Error& error) {
    return tl::unexpected(portal_error(interface, error));
  }
  while (!done && wait(until) && SteadyClock().now() < until) {
  }
  if (!done) pending.cancel();  // it has references to all of this
  if (failed) return tl::unexpected(*failed);
  if (done) return {};
  if (waker_.stopped()) return fail(ErrorKind::cancelled, "it was stopped");
  if (!alive_) return tl::unexpected(kBusGone);
  return fail(ErrorKind::timeout, "the desktop portal does not answer");
}

Result<PortalValues> PortalConnection::request(const std::string& interface, const std::string& method,
                                               const Fill& fill, PortalValues options, Nanoseconds limit) {
  if (!alive_) return tl::unexpected(kBusGone);
  const std::string token = "diktate" + std::to_string(++tokens_);
  options["handle_token"] = sdbus::Variant(token);
  awaited_ = link_->request_path(token);
  answer_.reset();
  const auto called = call(
      interface, method,
      [&](sdbus::MethodCall& message) {
        fill(message);
        message << options;
      },
      kAnswerLimit);
  if (!called) return tl::unexpected(called.error());
  const Instant until = SteadyClock().now() + limit;
  const std::string owner = owner_;
  while (!answer_ && owner == owner_ && wait(until) && SteadyClock().now() < until) {
  }
  if (!answer_) close_request();
  awaited_.clear();
  if (answer_ && answer_->code == 0) return std::move(answer_->values);
  if (answer_ && answer_->code == 1) return fail(ErrorKind::cancelled, "it was refused");
  if (answer_) return fail(ErrorKind::failed, "the desktop ended the request");
  if (!alive_) return tl::unexpected(kBusGone);
  if (owner != owner_) return fail(ErrorKind::unavailable, "the desktop portal ended");
  return fail(ErrorKind::timeout, "there was no answer to the request");
}

void PortalConnection::close_request() {
  try {
    link_->send("org.freedesktop.portal.Request", "Close", awaited_);
  } catch (const sdbus::Error&) {  // who is not there shows no dialog
  }
}

// Only newer portals ask who we are, and only once.
Result<void> PortalConnection::present_ourselves() {
  if (!registered_.empty() && registered_ == owner_) return {};
  const auto presented = call(
      "org.freedesktop.host.portal.Registry", "Register",
      [](sdbus::MethodCall& message) { message << std::string(kApplication) << PortalValues{}; },
      kStartLimit);
  registered_ = owner_;
  const bool lost = !presented && presented.error().kind != ErrorKind::unavailable &&
                    presented.error().kind != ErrorKind::failed;
  return lost || !alive_ ? presented : Result<void>();
}

Result<void> PortalConnection::hear(const std::string& interface, Read on_signal) {
  try {
    if (!on_signal_)
      link_->on_signal(interface, [this](sdbus::Message& message) { on_session_signal(message); });
  } catch (const sdbus::Error& error) {
    return tl::unexpected(portal_error(interface, error));
  }
  on_signal_ = std::move(on_signal);
  return {};
}

Result<PortalValues> PortalConnection::open_session(const std::string& interface, PortalValues options) {
  if (auto presented = present_ourselves(); !presented) return tl::unexpected(presented.error());
  options["session_handle_token"] = sdbus::Variant(std::string(kSessionName));
  auto created = request(interface, "CreateSession", no_arguments, std::move(options), kAnswerLimit);
  if (!created && created.error().kind == ErrorKind::failed)
    return fail(ErrorKind::unavailable, created.error().message);  // nobody was asked
  if (!created) return tl::unexpected(created.error());
  session_ = portal_text(*created, "session_handle");
  if (session_.empty()) return fail(ErrorKind::unavailable, "the desktop portal named no session");
  return created;
}

void PortalConnection::close_session() {
  if (session_.empty()) return;
  try {
    link_->send("org.freedesktop.portal.Session", "Close", session_);
  } catch (const sdbus::Error&) {  // then it is over
  }
  end_session("it was closed");
}

}  // namespace diktate
