// The clipboard of a compositor, by data control. Inside this folder only.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "desktop/borrowed_clipboard.h"
#include "desktop/wayland/connection.h"

// NOLINTBEGIN(readability-identifier-naming): the names of the protocol
struct data_control_device;
struct data_control_offer;
struct data_control_source;
struct wl_callback;
// NOLINTEND(readability-identifier-naming)

namespace diktate {

// The thread of the connection uses it.
class WaylandClipboard final : public BorrowedClipboard {
 public:
  WaylandClipboard(WaylandConnection& connection, Listeners listeners);
  ~WaylandClipboard() override;  // what is offered is lost with it
  WaylandClipboard(const WaylandClipboard&) = delete;
  WaylandClipboard& operator=(const WaylandClipboard&) = delete;

  // Who asks after the compositor has done all that it was asked so far.
  void count_fetches() override;

  // Copies these formats of what is there now; to be used up before the connection says that it has changed.
  std::unique_ptr<OfferCopy> read(const std::vector<std::string>& mimes);

  // The number of what is there, in the order in which it came; 0: nothing.
  std::uint64_t selection() const { return there_ != nullptr ? there_->number : 0; }

 private:
  struct Offer {
    data_control_offer* proxy = nullptr;
    std::uint64_t number = 0;
    std::vector<std::string> mimes = {};
  };
  struct Source {
    WaylandClipboard& clipboard;
    data_control_source* proxy;
    SharedMime served;
  };

  Result<void> own(const SharedMime& content) override;
  void own_nothing() override;
  std::unique_ptr<OfferCopy> copy_theirs() override;
  void listen();
  void on_offer(data_control_offer* proxy);
  void on_selection(data_control_offer* proxy);
  void forget_offer(data_control_offer* proxy);
  void on_send(const Source& source, std::string_view mime, UniqueFd pipe);
  void on_cancelled(const Source& source);
  void forget_mark();

  WaylandConnection& connection_;
  data_control_manager* const manager_;
  data_control_device* const device_;
  std::list<Offer> offers_;
  std::uint64_t last_offer_ = 0;
  const Offer* there_ = nullptr;  // one of them; null: the clipboard is empty
  std::list<Source> sources_;
  Source* ours_ = nullptr;       // one of them: it is on the clipboard
  wl_callback* mark_ = nullptr;  // the compositor has not got there yet
};

}  // namespace diktate
