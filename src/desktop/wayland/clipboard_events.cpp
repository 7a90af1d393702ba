// What the clipboard does with the events of the compositor, and what it has the compositor do.
#include <utility>

#include <data_control_protocol.h>
#include <wayland-client.h>

#include "desktop/wayland/clipboard.h"

namespace diktate {

void WaylandClipboard::listen() {
  using Device = data_control_device;
  using Proxy = data_control_offer;
  static constexpr data_control_device_listener kListener = {
      .data_offer = [](void* self, Device*,
                       Proxy* offer) { static_cast<WaylandClipboard*>(self)->on_offer(offer); },
      .selection = [](void* self, Device*,
                      Proxy* offer) { static_cast<WaylandClipboard*>(self)->on_selection(offer); },
      .finished = [](void*, Device*) {},
      .primary_selection = [](void* self, Device*,
                              Proxy* offer) { static_cast<WaylandClipboard*>(self)->forget_offer(offer); },
  };
  data_control_device_add_listener(device_, &kListener, this);
}

void WaylandClipboard::on_offer(data_control_offer* proxy) {
  static constexpr data_control_offer_listener kListener = {
      [](void* self, data_control_offer*, const char* mime) {
        static_cast<Offer*>(self)->mimes.emplace_back(mime);
      }};
  Offer& offer = offers_.emplace_back(Offer{proxy, ++last_offer_});
  data_control_offer_add_listener(proxy, &kListener, &offer);
}

void WaylandClipboard::on_selection(data_control_offer* proxy) {
  copy_.reset();  // it borrows the offer
  const Offer* before = std::exchange(there_, nullptr);
  for (const Offer& offer : offers_)
    if (offer.proxy == proxy) there_ = &offer;
  if (before != nullptr && before != there_) forget_offer(before->proxy);
  on_offered();
}

void WaylandClipboard::forget_offer(data_control_offer* proxy) {
  if (proxy == nullptr) return;
  offers_.remove_if([&](const Offer& offer) { return offer.proxy == proxy; });
  data_control_offer_destroy(proxy);
}

Result<void> WaylandClipboard::own(const SharedMime& content) {
  static constexpr data_control_source_listener kListener = {
      .send =
          [](void* self, data_control_source*, const char* mime, int pipe) {
            const auto& source = *static_cast<Source*>(self);
            source.clipboard.on_send(source, mime, UniqueFd(pipe));
          },
      .cancelled =
          [](void* self, data_control_source*) {
            const auto& source = *static_cast<Source*>(self);
            source.clipboard.on_cancelled(source);
          },
  };
  forget_mark();
  data_control_source* proxy = data_control_manager_create_data_source(manager_);
  ours_ = &sources_.emplace_back(Source{*this, proxy, content});
  data_control_source_add_listener(proxy, &kListener, ours_);
  for (const auto& [mime, bytes] : ours_->served->formats) data_control_source_offer(proxy, mime.c_str());
  data_control_device_set_selection(device_, proxy);
  return {};
}

// The compositor answers in the order of what it is asked, and tells us of requests in the order in which
// they come.
void WaylandClipboard::count_fetches() {
  static constexpr wl_callback_listener kListener = {[](void* self, wl_callback*, std::uint32_t) {
    auto& clipboard = *static_cast<WaylandClipboard*>(self);
    clipboard.forget_mark();
    clipboard.counts_ = true;
  }};
  forget_mark();
  mark_ = wl_display_sync(connection_.get());
  wl_callback_add_listener(mark_, &kListener, this);
}

void WaylandClipboard::forget_mark() {
  if (mark_ != nullptr) wl_callback_destroy(std::exchange(mark_, nullptr));
}

void WaylandClipboard::on_send(const Source& source, std::string_view mime, UniqueFd pipe) {
  on_request(std::move(pipe), source.served, mime, &source == ours_, counts_);
}

// A source that we replaced is cancelled, too.
void WaylandClipboard::on_cancelled(const Source& source) {
  if (&source == ours_) {
    ours_ = nullptr;
    on_taken();
  }
  data_control_source_destroy(source.proxy);
  sources_.remove_if([&](const Source& other) { return &other == &source; });
}

}  // namespace diktate
