#include "desktop/wayland/clipboard.h"

#include <utility>

#include <data_control_protocol.h>
#include <fcntl.h>
#include <unistd.h>
#include <wayland-client.h>

namespace diktate {
namespace {

// The owner may expect to be able to wait when it writes.
Result<UniqueFd> receive(data_control_offer* offer, const std::string& mime) {
  int ends[2] = {};
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return UniqueFd();
  const UniqueFd theirs(ends[1]);
  fcntl(theirs.get(), F_SETFL, 0);
  data_control_offer_receive(offer, mime.c_str(), theirs.get());
  return UniqueFd(ends[0]);
}

}  // namespace

WaylandClipboard::WaylandClipboard(WaylandConnection& connection, Listeners listeners)
    : BorrowedClipboard(std::move(listeners)),
      connection_(connection),
      manager_(connection.globals().data_control),
      device_(data_control_manager_get_data_device(manager_, connection.globals().seat)) {
  listen();
}

WaylandClipboard::~WaylandClipboard() {
  copy_.reset();
  forget_mark();
  for (const Offer& offer : offers_) data_control_offer_destroy(offer.proxy);
  for (const Source& source : sources_) data_control_source_destroy(source.proxy);
  data_control_device_destroy(device_);
}

std::unique_ptr<OfferCopy> WaylandClipboard::read(const std::vector<std::string>& mimes) {
  data_control_offer* offer = there_ != nullptr ? there_->proxy : nullptr;
  return std::make_unique<OfferCopy>([offer](const std::string& mime) { return receive(offer, mime); },
                                     offer != nullptr ? mimes : std::vector<std::string>{});
}

std::unique_ptr<OfferCopy> WaylandClipboard::copy_theirs() {
  return read(there_ != nullptr ? there_->mimes : std::vector<std::string>{});
}

void WaylandClipboard::own_nothing() {
  ours_ = nullptr;
  data_control_device_set_selection(device_, nullptr);
}

}  // namespace diktate
