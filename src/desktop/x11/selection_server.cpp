#include "desktop/x11/selection_server.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include <xcb/xcb.h>

namespace diktate {
namespace {

constexpr auto kRequestorPatience = std::chrono::seconds(30);  // for whoever asked and does not take it
constexpr std::size_t kMostTransfers = 64;                     // at a time; others are refused
constexpr std::size_t kLargestPart = 1 << 18;                  // bytes

}  // namespace

SelectionServer::SelectionServer(X11Connection& connection, std::function<void(XId, bool)> on_text)
    : connection_(connection),
      on_text_(std::move(on_text)),
      part_(std::min(kLargestPart, connection.longest_request() / 2)) {}

void SelectionServer::serve(const SelectionRequest& request, const SharedContent& content, XId since,
                            bool counts) {
  // Programs of old days name no property: it is the target then.
  const XId property = request.property != 0 ? request.property : request.target;
  const bool several = request.target == connection_.atom("MULTIPLE");
  const Offer offer{content, since, counts};
  const bool done = content && (several ? convert_several(request, offer)
                                        : convert(request.requestor, request.target, property, offer));
  answer(request, done ? property : 0);
  connection_.flush();
}

void SelectionServer::count_no_more() {
  for (Transfer& transfer : transfers_) transfer.counts = false;
}

bool SelectionServer::convert(XId requestor, XId target, XId property, const Offer& offer) {
  const XId targets = connection_.atom("TARGETS");
  const XId timestamp = connection_.atom("TIMESTAMP");
  if (target == targets) {
    std::vector<XId> offered{targets, timestamp, connection_.atom("MULTIPLE")};
    offered.insert(offered.end(), offer.content->order.begin(), offer.content->order.end());
    connection_.set_property(requestor, property, XProperty::of(XCB_ATOM_ATOM, offered));
    return true;
  }
  if (target == timestamp) {
    connection_.set_property(requestor, property, XProperty::of(XCB_ATOM_INTEGER, {offer.since}));
    return true;
  }
  return offer.content->formats.contains(target) && put(requestor, target, property, offer);
}

// Pairs of target and property stand in the property; what cannot be had is marked there.
bool SelectionServer::convert_several(const SelectionRequest& request, const Offer& offer) {
  if (request.property == 0) return false;
  const auto asked = connection_.property(request.requestor, request.property);
  if (!asked) return false;
  std::vector<XId> pairs = asked->ids();
  if (pairs.size() > 2 * kMostTransfers) return false;
  for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
    if (!convert(request.requestor, pairs[i], pairs[i + 1], offer)) pairs[i + 1] = 0;
  }
  connection_.set_property(request.requestor, request.property, XProperty::of(asked->type, pairs));
  return true;
}

bool SelectionServer::put(XId requestor, XId target, XId property, const Offer& offer) {
  const auto is_same = [&](const Transfer& t) { return t.window == requestor && t.property == property; };
  transfers_.remove_if(is_same);
  if (transfers_.size() >= kMostTransfers) return false;
  const XProperty& value = offer.content->formats.at(target);
  transfers_.push_back({requestor, property, offer.content, &value, 0, value.bytes.size() > part_,
                        offer.counts && is_text_target(connection_, target),
                        SteadyClock().now() + kRequestorPatience});
  watch(requestor, true);
  if (transfers_.back().counts) on_text_(requestor, false);
  if (!transfers_.back().in_parts) {
    connection_.set_property(requestor, property, value);
    return true;
  }
  const auto size = static_cast<XId>(value.bytes.size());
  connection_.set_property(requestor, property, XProperty::of(connection_.atom("INCR"), {size}));
  return true;
}

void SelectionServer::on_deleted(XId window, XId property) {
  const auto found = std::find_if(transfers_.begin(), transfers_.end(), [&](const Transfer& t) {
    return t.window == window && t.property == property;
  });
  if (found == transfers_.end()) return;
  if (found->in_parts) {
    put_part(*found);
    connection_.flush();
    return;
  }
  const bool counts = found->counts;
  transfers_.erase(found);
  watch(window, false);
  connection_.flush();
  if (counts) on_text_(window, true);
}

// An empty part is the end; once that is taken, all is.
void SelectionServer::put_part(Transfer& transfer) {
  const std::string& bytes = transfer.value->bytes;
  const std::size_t size = std::min(part_, bytes.size() - transfer.sent);
  const XProperty part{transfer.value->type, transfer.value->format, bytes.substr(transfer.sent, size)};
  connection_.set_property(transfer.window, transfer.property, part);
  transfer.sent += size;
  transfer.in_parts = size > 0;
  transfer.until = SteadyClock().now() + kRequestorPatience;
}

void SelectionServer::answer(const SelectionRequest& request, XId property) {
  // 32 bytes are sent, whatever the event is; the structure is shorter.
  union {
    xcb_selection_notify_event_t event;
    char bytes[32];
  } notice{};
  notice.event.response_type = XCB_SELECTION_NOTIFY;
  notice.event.time = request.time;
  notice.event.requestor = request.requestor;
  notice.event.selection = request.selection;
  notice.event.target = request.target;
  notice.event.property = property;
  xcb_send_event(connection_.get(), 0, request.requestor, XCB_EVENT_MASK_NO_EVENT, notice.bytes);
}

void SelectionServer::watch(XId window, bool on) {
  const auto is_its = [&](const Transfer& transfer) { return transfer.window == window; };
  if (!on && std::any_of(transfers_.begin(), transfers_.end(), is_its)) return;
  const std::uint32_t events = on ? XCB_EVENT_MASK_PROPERTY_CHANGE : XCB_EVENT_MASK_NO_EVENT;
  xcb_change_window_attributes(connection_.get(), window, XCB_CW_EVENT_MASK, &events);
}

void SelectionServer::on_time(Instant now) {
  for (auto transfer = transfers_.begin(); transfer != transfers_.end();) {
    const XId window = transfer->window;
    const bool is_over = transfer->until <= now;
    transfer = is_over ? transfers_.erase(transfer) : std::next(transfer);
    if (is_over) watch(window, false);
  }
}

std::optional<Instant> SelectionServer::deadline() const {
  std::optional<Instant> first;
  for (const Transfer& transfer : transfers_)
    if (!first || transfer.until < *first) first = transfer.until;
  return first;
}

}  // namespace diktate
