#include "desktop/wayland/clipboard_trial.h"

#include <unistd.h>

#include "desktop/wayland/session.h"

namespace diktate {
namespace {

constexpr auto kTrialLimit = std::chrono::seconds(2);
constexpr const char* kReadMime = "text/plain;charset=utf-8";

// The text that is on the clipboard, as another program sees it.
Result<std::string> read_clipboard(const std::string& display) {
  auto connection = WaylandConnection::open(display, {});
  if (!connection) return tl::unexpected(connection.error());
  WaylandClipboard clipboard(**connection, {});
  const SteadyClock clock;
  const Instant until = clock.now() + kTrialLimit;
  (void)(*connection)->round_trip(kTrialLimit);  // until it has said what is there
  const auto copy = clipboard.read({kReadMime});
  while (copy->custody() == Custody::copying && (*connection)->alive() && clock.now() < until) {
    (*connection)->wait({{copy->descriptor(), POLLIN, 0}}, copy->deadline());
    copy->on_wake(clock.now());
  }
  const std::string* text = copy->content()->find(kReadMime);
  return text != nullptr ? *text : "";
}

}  // namespace

Result<ClipboardTrial> try_wayland_clipboard(const std::string& display, std::string_view text) {
  auto opened = WaylandSession::open(display, {}, {});
  if (!opened) return tl::unexpected(opened.error());
  WaylandSession& session = **opened;
  session.begin();
  if (session.custody(SteadyClock().now() + kCopyLimit, {}) != Custody::empty)
    return ClipboardTrial{.why = "what is on your clipboard would be lost: empty it to try"};
  if (auto offered = session.offer(text, {getpid()}); !offered) return tl::unexpected(offered.error());
  if (auto marked = session.count_fetches(); !marked) return tl::unexpected(marked.error());
  auto got = read_clipboard(display);
  if (!got) return tl::unexpected(got.error());
  const auto state = session.wait(SteadyClock().now() + kTrialLimit,
                                  [&](const FetchState& now) { return now.target || got->empty(); }, {});
  const Receipt receipt = state.target ? Receipt::target : state.someone ? Receipt::someone : Receipt::none;
  return ClipboardTrial{.tried = true, .got = std::move(*got), .receipt = receipt};
}

}  // namespace diktate
