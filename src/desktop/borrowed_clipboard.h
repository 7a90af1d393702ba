// The clipboard of a desktop while a text of ours is in it: kept, served, and given back.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <poll.h>

#include "base/clock.h"
#include "base/result.h"
#include "desktop/custody.h"
#include "desktop/mime_content.h"
#include "desktop/offer_copy.h"
#include "desktop/pipe_writer.h"

namespace diktate {

// How the desktop is asked for these things is up to who derives. The thread of the connection uses it, and
// calls the listeners.
class BorrowedClipboard {
 public:
  struct Listeners {
    std::function<void(int pipe)> on_fetched = {};  // a text that counts was read
    // Whether one who was given a text that counts has not read it yet; when that changes.
    std::function<void(bool asked)> on_asked = {};
    std::function<void()> on_lost = {};  // another program took the clipboard
    // What is to be there if we end now; null: nothing of ours.
    std::function<void(const SharedMime& content)> on_to_keep = {};
  };
  virtual ~BorrowedClipboard() = default;
  BorrowedClipboard(const BorrowedClipboard&) = delete;
  BorrowedClipboard& operator=(const BorrowedClipboard&) = delete;

  // Begins to copy what another program has there, and does it again when that changes; until each call has
  // had its forget_copy(). What is being copied then is read to its end all the same.
  void copy();
  void forget_copy();
  Custody custody();

  // Offers what was there before.
  void offer_former(SharedMime content);

  // Offers the text, which nobody has been told to read yet, if what is there may be taken; answers with what
  // became of that. Fails with what the desktop says; it may have been offered then.
  Result<Custody> offer(std::string_view text);
  // Who asks from now on may have been told to: that counts.
  virtual void count_fetches() = 0;
  // From now on nobody gets the text, but who has asked already; whoever asks gets nothing, and not what was
  // there before.
  void refuse();
  // What was there before comes back so long after the last request, if the clipboard is still ours then; not
  // before the time of an earlier call.
  void give_back(Nanoseconds grace);
  // The text stays.
  void keep();

  void on_wake(Instant now);
  std::optional<Instant> deadline() const;
  std::vector<pollfd> descriptors() const;

 protected:
  explicit BorrowedClipboard(Listeners listeners);

  // What the desktop is asked for: that this is on the clipboard; that nothing is; a copy of what another
  // program has there.
  virtual Result<void> own(const SharedMime& content) = 0;
  virtual void own_nothing() = 0;
  virtual std::unique_ptr<OfferCopy> copy_theirs() = 0;

  // What the desktop tells: another program offers something; ours is not there any more; someone asks for
  // content of ours, `current` if that is on the clipboard now.
  void on_offered();
  void on_taken();
  void on_request(UniqueFd pipe, const SharedMime& content, std::string_view mime, bool current, bool counts,
                  std::uint32_t tag = 0);
  virtual void on_served(std::uint32_t /*tag*/, bool /*all*/) {}

  // The desktop has forgotten us.
  void forget_all();

  const SharedMime& served() const { return served_; }  // what of ours is on the clipboard; none: nothing is
  bool counts_ = false;
  std::unique_ptr<OfferCopy> copy_;

 private:
  // Whose content is there: another program's; our text, for a while or to stay; what was there before, which
  // we offer now.
  enum class Holds : unsigned char { theirs, text, kept_text, former };

  void begin_copy();
  bool is_copying() const { return copy_ && copy_->custody() == Custody::copying; }
  void restore();
  void tell_asked();
  SharedMime to_keep() const;

  const Listeners listeners_;
  Holds holds_ = Holds::theirs;
  SharedMime served_;
  bool refuses_ = false;  // the text is on the clipboard, and not to be had
  SharedMime former_;     // none: there was nothing
  SharedMime told_;       // of it on_to_keep was told
  bool told_asked_ = false;
  int wanted_ = 0;             // how many want a copy
  bool is_forgotten_ = false;  // the copy that goes on
  PipeWriter writer_;
  std::optional<Instant> restore_at_;
  Nanoseconds grace_{};
  Instant restore_not_before_;  // keys for an earlier text may be answered until then
  Instant restore_at_last_;
};

}  // namespace diktate
