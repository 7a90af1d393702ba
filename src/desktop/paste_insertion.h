// One text on its way into one window, by the clipboard and the keys that paste, or typed.
#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports.h"
#include "desktop/paste_kind.h"
#include "desktop/paste_session.h"

namespace diktate {

struct PasteOptions {
  std::vector<PasteRow> programs = {};    // how windows paste, before our own table
  std::vector<std::string> methods = {};  // only these of paste_methods(); empty: all
  bool follow_focus = false;              // into the window that has the focus then, not that of key down
  std::size_t longest_typed = 200;        // bytes: longer texts are never typed
};

// In order: "paste Ctrl+V", ..., "type", "clipboard".
std::vector<std::string> paste_methods();

// Where the text follows the focus: how often it may move while the text is on its way.
inline constexpr int kMostMoves = 3;

// Made for one insert(), by one thread. All is borrowed for as long as it lives.
class PasteInsertion {
 public:
  PasteInsertion(PasteSession& session, const PasteOptions& options, const Toplevel& target,
                 const InsertRequest& request, std::stop_token cancel);

  // Waits for the end, whatever it is. Fails only if the text is nowhere.
  Result<Insertion> run();

  // Leaves the text on the clipboard, if that is allowed, and says why it goes no other way.
  Result<Insertion> leave(std::string_view why);
  // Nothing was done, because another window had the focus by then.
  bool focus_moved() const { return focus_moved_; }

 private:
  bool is_allowed(std::string_view method) const;
  std::optional<std::string> reason_to_stop();
  void own_keys_rise();
  std::optional<std::string> reason_not_to_press();
  Custody custody();
  std::optional<Chord> chord_to_paste();
  Result<bool> offer(std::vector<int> readers);
  Result<std::optional<Insertion>> paste(const Chord& chord);
  FetchState await_receipt();
  std::optional<Insertion> type();
  Result<Insertion> on_clipboard();
  Insertion held(std::string why);
  Result<Insertion> hold(std::string why);
  static Insertion taken(const std::string& why);
  Result<Insertion> leave_offered();
  Insertion leave_with_reader();
  void give_back(Receipt receipt);
  void because(std::string_view reason);
  void press_keys(Insertion& insertion);
  std::string press_key(const std::string& name);
  std::string window_name() const;

  PasteSession& session_;
  const PasteOptions& options_;
  const Toplevel& target_;
  const InsertRequest& request_;
  const std::stop_token cancel_;
  const std::vector<int> processes_;  // that may be the target's
  const PasteKind kind_;
  const std::string text_;
  const Instant copied_by_ = SteadyClock().now() + kCopyLimit;
  std::string why_;       // it is not done in a better way
  bool pressed_ = false;  // keys that paste
  bool focus_moved_ = false;
};

}  // namespace diktate
