// What a desktop must let us do so that a text can be pasted there: its clipboard, and keys.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "desktop/chord.h"
#include "desktop/custody.h"

namespace diktate {

struct Toplevel {
  std::uint64_t id = 0;  // 0: none, or it is not known
  std::string app_id = {};
};

// What is known of a text that is offered.
struct FetchState {
  bool target = false;   // a process of the target took it, to its last byte, after the key
  bool someone = false;  // another did
  bool asked = false;    // someone was given it after the key, and has not read it yet
  bool lost = false;     // another program took the clipboard
  bool gone = false;     // the desktop
};

// Thread-safe.
class FetchWatch {
 public:
  void change(const std::function<void(FetchState&)>& how);
  FetchState now() const;

  // Waits until then, until `done` says so, or the desktop is gone.
  FetchState wait(Instant until, const std::function<bool(const FetchState&)>& done, std::stop_token cancel);

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  FetchState state_;
};

// Calls wait for the desktop (milliseconds) where nothing else is said. By one thread at a time, but begin(),
// forget(), focus() and alive() by any.
class PasteSession {
 public:
  PasteSession() = default;
  virtual ~PasteSession() = default;  // what was on the clipboard before may be lost with it
  PasteSession(const PasteSession&) = delete;
  PasteSession& operator=(const PasteSession&) = delete;

  // The window that has the focus. From now on the clipboard is copied, and keys are ready; until each call
  // has had its forget().
  virtual Toplevel begin() = 0;
  virtual void forget() = 0;
  virtual Toplevel focus() = 0;
  virtual bool tells_focus() const = 0;  // if not, there never is a window

  // What became of the copy of the clipboard; waits for it until then.
  Custody custody(Instant until, std::stop_token cancel);

  // Why nothing can be pasted here; nothing: it can.
  virtual std::optional<std::string> why_no_paste() = 0;

  // Takes the clipboard, if what is there may be taken at this moment, and serves the text; answers with what
  // became of the copy of that. That one of these processes reads the text is the receipt. Fails where it is
  // not on the clipboard.
  virtual Result<Custody> offer(std::string_view text, std::vector<int> target) = 0;

  // What is read from now on may be read because of these keys. Waits until that is so and the keys are
  // there, 3 s at most.
  virtual Result<void> press(const Chord& chord) = 0;

  FetchState now() const { return watch_->now(); }
  // Waits until then or until `done` says so.
  virtual FetchState wait(Instant until, const std::function<bool(const FetchState&)>& done,
                          std::stop_token cancel) {
    return watch_->wait(until, done, std::move(cancel));
  }

  // Whether keys for any character can be made here; and types the text by them, whatever is on the
  // clipboard. `may_go_on` is asked before every few characters; answers whether all was typed. Fails before
  // the first key.
  virtual bool can_type() const { return false; }
  virtual Result<bool> type(std::string_view /*text*/, const std::function<bool()>& /*may_go_on*/) {
    return fail(ErrorKind::unavailable, "nothing can be typed here");
  }

  virtual void refuse() = 0;  // from now on nobody gets the text, but who has asked already
  // What was there before comes back so long after the last request, if the text is still there.
  virtual void give_back(Nanoseconds grace) = 0;
  virtual void keep() = 0;  // the text stays

  // Nobody asked for a text after the keys in this window. For 10 s it may do so yet; which one, where none
  // is known, nobody can say. For who has the turn; do not wait.
  void note_unanswered(const Toplevel& window);
  bool may_answer_late(const Toplevel& window) const;

  static constexpr Nanoseconds kGrace = std::chrono::milliseconds(300);  // for who asks more than once

  // Whether the desktop is still there, as far as is known; and what to say if not. Do not wait.
  virtual bool alive() = 0;
  virtual Error loss() const = 0;

 protected:
  virtual Custody custody_now() = 0;
  const std::shared_ptr<FetchWatch> watch_ = std::make_shared<FetchWatch>();

 private:
  std::uint64_t unanswered_ = 0;  // the window of the last such keys
  Instant unanswered_until_;
};

}  // namespace diktate
