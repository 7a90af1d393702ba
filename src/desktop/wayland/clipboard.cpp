#include "desktop/wayland/clipboard.h"

#include <algorithm>
#include <utility>

#include <data_control_protocol.h>
#include <wayland-client.h>

namespace diktate {

WaylandClipboard::WaylandClipboard(WaylandConnection& connection, Listeners listeners)
    : connection_(connection),
      manager_(connection.globals().data_control),
      device_(data_control_manager_get_data_device(manager_, connection.globals().seat)),
      listeners_(std::move(listeners)),
      writer_([this](int pipe) { listeners_.on_fetched(pipe); }) {
  listen();
}

WaylandClipboard::~WaylandClipboard() {
  copy_.reset();
  forget_mark();
  for (const Offer& offer : offers_) data_control_offer_destroy(offer.proxy);
  for (const Source& source : sources_) data_control_source_destroy(source.proxy);
  data_control_device_destroy(device_);
}

void WaylandClipboard::copy() {
  ++wanted_;
  begin_copy();
}

void WaylandClipboard::forget_copy() {
  if (--wanted_ == 0) copy_.reset();
}

// What is ours already need not be copied: former content that was given back, or a text that was to stay.
void WaylandClipboard::begin_copy() {
  if (holds_ != Holds::theirs) return;
  copy_ = there_ != nullptr ? std::make_unique<OfferCopy>(there_->proxy, there_->mimes)
                            : std::make_unique<OfferCopy>(nullptr, std::vector<std::string>{});
}

Custody WaylandClipboard::custody() {
  if (holds_ != Holds::theirs) return Custody::copied;
  if (!copy_) begin_copy();
  return copy_->custody();
}

void WaylandClipboard::offer(std::string_view text) {
  if (holds_ == Holds::theirs) former_ = copy_ ? copy_->content() : nullptr;
  if (holds_ == Holds::kept_text || holds_ == Holds::former) former_ = ours_->served;
  copy_.reset();
  restore_at_.reset();
  forget_mark();
  counts_ = false;
  own(mime_content_of(text));
  holds_ = Holds::text;
}

void WaylandClipboard::offer_former(SharedMime content) {
  own(std::move(content));
  holds_ = Holds::former;
}

void WaylandClipboard::refuse() {
  if (holds_ == Holds::text) ours_->served = nullptr;
}

void WaylandClipboard::give_back(Nanoseconds grace) {
  if (holds_ != Holds::text) return;
  const Instant now = SteadyClock().now();
  grace_ = grace;
  restore_at_ = now + grace;
  restore_at_last_ = now + std::max<Nanoseconds>(grace, kLongestGrace);
}

void WaylandClipboard::keep() {
  if (holds_ != Holds::text) return;
  holds_ = Holds::kept_text;
  former_ = nullptr;
}

void WaylandClipboard::restore() {
  restore_at_.reset();
  const SharedMime former = std::exchange(former_, nullptr);
  if (former && !former->formats.empty()) return offer_former(former);
  ours_ = nullptr;
  holds_ = Holds::theirs;
  data_control_device_set_selection(device_, nullptr);
}

void WaylandClipboard::on_wake(Instant now) {
  writer_.on_wake(now);
  if (copy_) copy_->on_wake(now);
  if (restore_at_ && *restore_at_ <= now) restore();
  SharedMime content = to_keep();
  if (content == told_ || !listeners_.on_to_keep) return;
  told_ = std::move(content);
  listeners_.on_to_keep(told_);
}

SharedMime WaylandClipboard::to_keep() const {
  if (holds_ == Holds::text) return former_;
  if (holds_ != Holds::theirs) return ours_->served;
  return copy_ && copy_->custody() == Custody::copied ? copy_->content() : nullptr;
}

std::optional<Instant> WaylandClipboard::deadline() const {
  std::optional<Instant> first = writer_.deadline();
  const auto add = [&](std::optional<Instant> other) {
    if (other && (!first || *other < *first)) first = other;
  };
  add(restore_at_);
  if (copy_) add(copy_->deadline());
  return first;
}

std::vector<pollfd> WaylandClipboard::descriptors() const {
  std::vector<pollfd> descriptors;
  writer_.add_descriptors(descriptors);
  if (copy_ && copy_->descriptor() >= 0) descriptors.push_back({copy_->descriptor(), POLLIN, 0});
  return descriptors;
}

}  // namespace diktate
