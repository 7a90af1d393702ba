// One text on its way into one window of an X server. Inside this folder only.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports.h"
#include "desktop/x11/inserter.h"
#include "desktop/x11/keyboard.h"
#include "desktop/x11/paste_methods.h"
#include "desktop/x11/selections.h"
#include "desktop/x11/window.h"

namespace diktate {

// What belongs together as long as the server lives. The mutex is for the connection and the keyboard.
struct X11Session {
  std::mutex mutex;
  std::unique_ptr<X11Connection> connection;
  std::unique_ptr<X11Keyboard> keyboard;
  std::unique_ptr<X11Selections> selections;
  std::map<XId, Instant> unanswered;  // until when a window may yet answer keys; for whose turn it is

  // Does not wait.
  bool alive() const;
  FocusedWindow focus();
};

// Where the text follows the focus: how often it may move while the text is on its way.
inline constexpr int kMostX11Moves = 3;

// Made for one insert(), by one thread. All is borrowed for as long as it lives.
class X11Insertion {
 public:
  X11Insertion(X11Session& session, const X11InserterOptions& options, const FocusedWindow& target,
               const InsertRequest& request, std::stop_token cancel);

  // Waits for the end, whatever it is. Fails only if the text is nowhere.
  Result<Insertion> run();

  // The same in the place of `old`, if that is what stands in front of the cursor; else on the clipboard.
  Result<Insertion> replace(std::string_view old);

  // On the clipboard, or held; `why` says why it is no better.
  Insertion leave(std::string why);

  // Nothing was done, because another window had the focus by then.
  bool focus_moved() const { return focus_moved_; }

 private:
  enum class Arrival : unsigned char {
    target,
    someone,
    unbound,  // the keys do nothing there
    busy,     // the window does not answer, or does not take what it asked for
    lost,     // another program took the clipboard
    refused,  // not tried: why_ says why
  };

  bool is_allowed(std::string_view method) const;
  bool may_type() const;
  Custody custody(SelectionName name);
  std::optional<std::string> reason_to_hold();
  bool modifiers_rise();
  bool may_press();
  bool may_take_selections(const PasteMethod& method);
  Result<std::vector<KeyStroke>> strokes_of(const PasteMethod& method);
  Result<void> select(std::string_view old);
  void deselect();
  Arrival paste(const PasteMethod& method);
  Arrival await_receipt();
  Arrival arrival_of(const PasteState& state);
  Insertion ended(const PasteMethod& method, Arrival arrival);
  std::optional<Insertion> type();
  Insertion on_clipboard();
  Insertion hold(std::string why);
  bool may_be_answered() const;
  Nanoseconds grace() const;
  Nanoseconds once() const;
  void press_keys(Insertion& insertion);
  std::string press_key(const std::string& name);
  std::string window_name() const;

  X11Session& session_;
  const X11InserterOptions& options_;
  const FocusedWindow& target_;
  const InsertRequest& request_;
  const std::stop_token cancel_;
  const Instant copied_by_;  // no copy of what is on the clipboard is waited for longer
  const PasteKind kind_;
  const std::string text_;
  std::string why_;          // the last method was not good enough
  bool unanswered_ = false;  // keys that paste were pressed, and may yet be answered
  int presses_ = 0;          // of such keys
  bool may_still_paste_ = false;
  bool focus_moved_ = false;
};

}  // namespace diktate
