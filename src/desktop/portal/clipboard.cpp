#include "desktop/portal/clipboard.h"

#include <iterator>

#include <fcntl.h>
#include <sdbus-c++/sdbus-c++.h>

#include "desktop/portal/remote_desktop.h"

namespace diktate {
namespace {

using Mimes = std::vector<std::string>;

constexpr auto kClipboardLimit = std::chrono::milliseconds(500);  // for the portal to answer
constexpr std::size_t kMostRequests = 64;  // waiting to be answered: no program has so many
const Error kNoSession{ErrorKind::unavailable, "the session of the desktop portal is over"};

// Where the desktop did not tell what there is, these are asked for: many tell it only when it changes.
constexpr const char* kLikelyMimes[] = {
    kSecretHint, "text/plain;charset=utf-8", "text/plain", "UTF8_STRING", "text/html", "text/uri-list",
    "image/png"};

// Some desktops have wrapped the list once more.
Mimes mimes_in(const PortalValues& values) {
  const auto found = values.find("mime_types");
  if (found == values.end()) return {};
  if (found->second.containsValueOfType<Mimes>()) return found->second.get<Mimes>();
  if (found->second.containsValueOfType<sdbus::Struct<Mimes>>())
    return found->second.get<sdbus::Struct<Mimes>>().get<0>();
  return {};
}

}  // namespace

void PortalClipboard::begin_session(PortalConnection& connection) { connection_ = &connection; }

void PortalClipboard::end_session() {
  connection_ = nullptr;
  copy_.reset();
  forget_all();
  theirs_.reset();
  is_ours_ = changed_ = false;
  requests_.clear();
  served_requests_.clear();
}

void PortalClipboard::on_signal(sdbus::Message& message, const std::string& session) {
  const std::string member = message.getMemberName();
  sdbus::ObjectPath of_session;
  message >> of_session;
  if (of_session != session) return;
  if (member == "SelectionOwnerChanged") {
    PortalValues values;
    message >> values;
    const auto ours = values.find("session_is_owner");
    is_ours_ = ours != values.end() && ours->second.containsValueOfType<bool>() && ours->second.get<bool>();
    if (is_ours_) return;
    theirs_ = mimes_in(values);
    changed_ = true;
  } else if (member == "SelectionTransfer" && requests_.size() < kMostRequests) {
    Request request{.counts = counts_};
    message >> request.mime >> request.serial;
    requests_.push_back(std::move(request));
  }
}

void PortalClipboard::handle_signals() {
  if (std::exchange(changed_, false) && !is_ours_) {
    if (served()) on_taken();
    on_offered();
  }
  for (; !requests_.empty() && connection_ != nullptr; requests_.pop_front()) answer(requests_.front());
  for (const auto& [serial, all] : std::exchange(served_requests_, {})) finish(serial, all);
}

void PortalClipboard::answer(const Request& request) {
  if (!served() || served()->find(request.mime) == nullptr) return finish(request.serial, false);
  auto pipe = ask_for_pipe("SelectionWrite", [&](sdbus::MethodCall& call) { call << request.serial; });
  if (!pipe) return finish(request.serial, false);
  on_request(std::move(*pipe), served(), request.mime, true, request.counts, request.serial);
}

void PortalClipboard::finish(std::uint32_t serial, bool all) {
  if (connection_ == nullptr) return;
  (void)connection_->call(
      kPortalClipboard, "SelectionWriteDone",
      [&](sdbus::MethodCall& call) { call << sdbus::ObjectPath(connection_->session()) << serial << all; },
      kClipboardLimit);
}

Result<UniqueFd> PortalClipboard::ask_for_pipe(const std::string& method,
                                               const std::function<void(sdbus::MethodCall&)>& fill) {
  UniqueFd pipe;
  const auto asked = connection_->call(
      kPortalClipboard, method,
      [&](sdbus::MethodCall& call) {
        call << sdbus::ObjectPath(connection_->session());
        fill(call);
      },
      kClipboardLimit,
      [&](sdbus::Message& reply) {
        sdbus::UnixFd there;
        reply >> there;
        pipe = UniqueFd(fcntl(there.get(), F_DUPFD_CLOEXEC, 0));
      });
  if (!asked) return tl::unexpected(asked.error());
  if (!pipe) return fail(ErrorKind::failed, "the desktop portal opened no pipe");
  return pipe;
}

// The call is answered before the desktop has done it, and whatever becomes of it.
Result<void> PortalClipboard::own(const SharedMime& content) {
  Mimes mimes;
  for (const auto& [mime, bytes] : content->formats) mimes.push_back(mime);
  is_ours_ = false;
  if (auto set = set_selection(mimes); !set) return set;
  const Instant until = SteadyClock().now() + kClipboardLimit;
  while (!is_ours_ && SteadyClock().now() < until && connection_->wait(until)) {
  }
  if (is_ours_) return {};
  return fail(ErrorKind::failed, "the desktop did not let the text onto its clipboard");
}

void PortalClipboard::own_nothing() {
  is_ours_ = false;
  (void)set_selection({});
}

// Without formats it is emptied.
Result<void> PortalClipboard::set_selection(const std::vector<std::string>& mimes) {
  if (connection_ == nullptr) return tl::unexpected(kNoSession);
  PortalValues options;
  if (!mimes.empty()) options["mime_types"] = sdbus::Variant(mimes);
  return connection_->call(
      kPortalClipboard, "SetSelection",
      [&](sdbus::MethodCall& call) { call << sdbus::ObjectPath(connection_->session()) << options; },
      kClipboardLimit);
}

std::unique_ptr<OfferCopy> PortalClipboard::copy_theirs() {
  return std::make_unique<OfferCopy>(
      [this](const std::string& mime) { return read_format(mime); },
      theirs_.value_or(Mimes(std::begin(kLikelyMimes), std::end(kLikelyMimes))), !theirs_);
}

// A format that is refused is not there; a portal that does not answer is not asked for the next.
Result<UniqueFd> PortalClipboard::read_format(const std::string& mime) {
  if (connection_ == nullptr) return tl::unexpected(kNoSession);
  auto pipe = ask_for_pipe("SelectionRead", [&](sdbus::MethodCall& call) { call << mime; });
  if (!pipe && pipe.error().kind != ErrorKind::failed) return pipe;
  if (!pipe) return UniqueFd();
  fcntl(pipe->get(), F_SETFL, O_NONBLOCK);
  return pipe;
}

}  // namespace diktate
