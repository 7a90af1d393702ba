// The clipboard of a compositor while a text of ours is in it: kept, served, and given back. Inside this
// folder only.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "desktop/custody.h"
#include "desktop/wayland/connection.h"
#include "desktop/wayland/content.h"
#include "desktop/wayland/offer_copy.h"
#include "desktop/wayland/pipe_writer.h"

// NOLINTBEGIN(readability-identifier-naming): the names of the protocol
struct data_control_device;
struct data_control_source;
struct wl_callback;
// NOLINTEND(readability-identifier-naming)

namespace diktate {

// The thread of the connection uses it, and calls the listeners.
class WaylandClipboard {
 public:
  struct Listeners {
    std::function<void(int pipe)> on_fetched = {};  // a text that counts was read
    std::function<void()> on_lost = {};             // another program took the clipboard
    // What is to be there if we end now; null: nothing of ours.
    std::function<void(const SharedMime& content)> on_to_keep = {};
  };

  WaylandClipboard(WaylandConnection& connection, Listeners listeners);
  ~WaylandClipboard();  // what is offered is lost with it
  WaylandClipboard(const WaylandClipboard&) = delete;
  WaylandClipboard& operator=(const WaylandClipboard&) = delete;

  // Begins to copy what another program has there, and does it again when that changes; until each call has
  // had its forget_copy().
  void copy();
  void forget_copy();
  Custody custody();

  // Offers what was there before.
  void offer_former(SharedMime content);

  // Offers the text, which nobody has been told to read yet.
  void offer(std::string_view text);
  // Who asks after the compositor has done all that it was asked so far may have been told to: that counts.
  void count_fetches();
  // From now on nobody gets the text; whoever asks gets nothing, and not what was there before.
  void refuse();
  // What was there before comes back so long after the last request, if the clipboard is still ours then.
  void give_back(Nanoseconds grace);
  // The text stays.
  void keep();

  // The number of what is there, in the order in which it came; 0: nothing.
  std::uint64_t selection() const { return there_ != nullptr ? there_->number : 0; }

  void on_wake(Instant now);
  std::optional<Instant> deadline() const;
  std::vector<pollfd> descriptors() const;

 private:
  // Whose content is there: another program's; our text, for a while or to stay; what was there before, which
  // we offer now.
  enum class Holds : unsigned char { theirs, text, kept_text, former };
  struct Offer {
    data_control_offer* proxy = nullptr;
    std::uint64_t number = 0;
    std::vector<std::string> mimes = {};
  };
  struct Source {
    WaylandClipboard& clipboard;
    data_control_source* proxy;
    SharedMime served;  // none: requests are refused
  };

  void listen();
  void on_offer(data_control_offer* proxy);
  void on_selection(data_control_offer* proxy);
  void forget_offer(data_control_offer* proxy);
  void on_send(const Source& source, std::string_view mime, UniqueFd pipe);
  void on_cancelled(const Source& source);
  void own(SharedMime content);
  void restore();
  void forget_mark();
  void begin_copy();
  SharedMime to_keep() const;

  WaylandConnection& connection_;
  data_control_manager* const manager_;
  data_control_device* const device_;
  const Listeners listeners_;
  std::list<Offer> offers_;
  std::uint64_t last_offer_ = 0;
  const Offer* there_ = nullptr;  // one of them; null: the clipboard is empty
  std::list<Source> sources_;
  Source* ours_ = nullptr;  // one of them: it is on the clipboard
  Holds holds_ = Holds::theirs;
  SharedMime former_;  // none: there was nothing
  SharedMime told_;    // of it on_to_keep was told
  int wanted_ = 0;     // how many want a copy
  std::unique_ptr<OfferCopy> copy_;
  PipeWriter writer_;
  wl_callback* mark_ = nullptr;  // the compositor has not got there yet
  bool counts_ = false;
  std::optional<Instant> restore_at_;
  Nanoseconds grace_{};
  Instant restore_at_last_;
};

}  // namespace diktate
