// The selections of an X server while a text of ours is in them: kept, served, and given back. Inside this
// folder only.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "desktop/clipboard_backup.h"
#include "desktop/x11/event_loop.h"
#include "desktop/x11/selection_copy.h"
#include "desktop/x11/selection_server.h"

namespace diktate {

constexpr auto kBetweenBatches = std::chrono::milliseconds(5);  // of keys, so that no queue overflows

enum class SelectionName : unsigned char { clipboard, primary };

struct KeyStroke {
  std::uint8_t keycode = 0;
  bool down = false;
};

// The keys that make a program paste. A request that the server saw before the decisive one was not for them.
struct PasteKeys {
  std::span<const KeyStroke> strokes;
  std::size_t decisive = 0;
};

// What is known of a paste.
struct PasteState {
  bool target_asked = false;    // the program of the window was given the text
  bool target_fetched = false;  // and took it, to its last byte
  bool someone_asked = false;   // another program was given it
  bool lost = false;            // another program took a selection
  bool all_lost = false;        // none is ours any more
  std::optional<Instant> pong;  // when the window had done with what was sent before the ping
  bool gone = false;            // the server
};

// Calls are made by one thread at a time, and wait for the thread "selections" (milliseconds).
class X11Selections {
 public:
  // Waits for the server. Fails (`unavailable`) where there is none, or where it cannot press keys.
  // `holder`: the program that gives back the clipboard when this one has ended; empty: none.
  static Result<std::unique_ptr<X11Selections>> open(const std::string& display, const std::string& holder);
  // What was on the clipboard before is given to the desktop's manager of it, or else to the holder; for each
  // this waits a second at most. Without either it is lost; so is what was in PRIMARY.
  ~X11Selections();

  // Begins to copy what another program has there, and does it again when that changes; until each call has
  // had its forget_copy().
  void copy(SelectionName name);
  void forget_copy(SelectionName name);

  // What became of the copy; waits for it until then.
  Custody custody(SelectionName name, Instant until, std::stop_token cancel);

  // Takes the selections and serves the text; a receipt is one by the program of `window`. For so long as
  // `once` that program is given it once: it may have more keys to answer than one.
  Result<void> offer(std::span<const SelectionName> names, std::string_view text, XId window,
                     Nanoseconds once = {});

  // Presses the keys, unless an earlier key has brought the text by now, then pings the window (0: no
  // window).
  Result<void> press(const PasteKeys& keys, XId pinged);

  // Waits until the window has answered its last ping, or has a text since. False: keys may still wait for
  // it.
  bool answers(XId window, Instant until, std::stop_token cancel);

  // Presses keys without any text in wait.
  Result<void> strike(std::span<const KeyStroke> strokes);

  // Waits until then or until `done` says so.
  PasteState wait(Instant until, const std::function<bool(const PasteState&)>& done, std::stop_token cancel);

  // From now on nobody gets the text who has not asked; whoever asks gets nothing, and not what was there
  // before. Says what is known then.
  PasteState refuse();

  // What was there before comes back so long after the last request, if the selection is still ours then.
  void give_back(Nanoseconds grace);

  // The text stays; false: it is not on the clipboard any more. Where it was refused, what was there before
  // comes back, as in give_back().
  bool keep(Nanoseconds grace);

  // Whether the server is still there, as far as is known. Does not wait.
  bool alive();

 private:
  struct Held {
    XId atom = 0;
    bool is_owned = false;
    XId since = 0;
    SharedContent served;  // none: requests are refused
    SharedContent former;  // none: there was nothing
    bool is_former_served = false;
    bool is_kept = false;                   // `served` is ours, and will stay
    Nanoseconds once{};                     // for so long the target is given it once,
    Instant once_until;                     // which is till then;
    bool is_given = false;                  // and it was
    int wanted = 0;                         // how many want a copy
    std::unique_ptr<SelectionCopy> copier;  // of what another program has
    std::array<XId, 16> copy_windows{};     // of the last copies
    std::size_t copies = 0;
    std::optional<Instant> restore_at;
    Nanoseconds grace{};
    Instant restore_at_last;

    // A text of ours is in it, for a while.
    bool is_ours() const { return is_owned && !is_former_served && !is_kept; }
  };

  X11Selections(std::unique_ptr<X11Connection> connection, const std::string& display,
                const std::string& holder);
  Result<void> start();
  void on_event(const void* event);
  void on_request(const void* event);
  void on_owner(const void* event);
  void on_message(const void* event);
  void on_text(XId requestor, bool taken);
  void on_saved(bool saved);
  void on_time(Instant now);
  std::optional<Instant> deadline() const;
  void begin_copy(Held& held);
  void restore_later(Held& held, Nanoseconds grace);
  void restore(Held& held);
  void back_up();
  bool ask_manager();
  void hand_over();
  XId copy_window(Held& held);
  bool owns(const Held& held);
  bool own(Held& held, SharedContent content, XId now);
  XId server_time();
  void ping(XId window);
  void end_pings(const std::function<bool(XId window)>& which);
  bool exists(XId window);
  void listen_for_pongs(bool on);
  Custody custody_of(const Held& held) const;
  void change(const std::function<void(PasteState&)>& how);
  bool target_has_asked();
  Held& held(SelectionName name) { return helds_.at(static_cast<std::size_t>(name)); }
  Held* held_of(XId atom);

  const std::unique_ptr<X11Connection> connection_;
  XId window_ = 0;
  int fixes_event_ = 0;
  bool is_started_ = false;
  std::array<Held, 2> helds_;
  SelectionServer server_;
  ClipboardBackup backup_;
  SharedContent backed_up_;
  bool is_saved_ = false;             // the desktop's manager has what was on the clipboard
  XId now_ = 0;                       // the server's clock, when it last said
  XId target_ = 0;                    // the window whose program is to take the text
  std::optional<std::uint32_t> key_;  // the number of the request that pressed the decisive key

  std::mutex mutex_;  // of what follows
  std::condition_variable_any changed_;
  PasteState state_;
  std::map<XId, XId> pings_;  // by windows that have not answered yet, the time; changed by the thread alone
  bool manager_answered_ = false;

  X11Loop loop_;  // last: its thread uses all of this
};

}  // namespace diktate
