#include "desktop/borrowed_clipboard.h"

#include <algorithm>
#include <utility>

namespace diktate {

BorrowedClipboard::BorrowedClipboard(Listeners listeners)
    : listeners_(std::move(listeners)), writer_([this](int pipe, std::uint32_t tag, PipeOutcome outcome) {
        if (outcome == PipeOutcome::read && listeners_.on_fetched) listeners_.on_fetched(pipe);
        on_served(tag, outcome != PipeOutcome::failed);
      }) {}

void BorrowedClipboard::copy() {
  ++wanted_;
  is_forgotten_ = false;
  begin_copy();
}

// A program whose pipe is closed in the middle may die of it, as wl-copy does, and what is on the clipboard
// with it.
void BorrowedClipboard::forget_copy() {
  if (--wanted_ > 0) return;
  is_forgotten_ = is_copying();
  if (!is_forgotten_) copy_.reset();
}

// What is ours already need not be copied: former content that was given back, or a text that was to stay.
void BorrowedClipboard::begin_copy() {
  if (holds_ == Holds::theirs && !is_copying()) copy_ = copy_theirs();
}

Custody BorrowedClipboard::custody() {
  if (holds_ != Holds::theirs) return Custody::copied;
  is_forgotten_ = false;
  if (!copy_) begin_copy();
  return copy_->custody();
}

void BorrowedClipboard::offer_former(SharedMime content) {
  served_ = std::move(content);
  holds_ = Holds::former;
  (void)own(served_);
}

Result<Custody> BorrowedClipboard::offer(std::string_view text) {
  const Custody known = custody();
  if (!may_take(known)) return known;
  if (holds_ == Holds::theirs) former_ = copy_->content();
  if (holds_ == Holds::kept_text || holds_ == Holds::former) former_ = served_;
  if (holds_ != Holds::text) restore_not_before_ = {};
  copy_.reset();
  restore_at_.reset();
  counts_ = refuses_ = false;
  writer_.count_no_more();  // who has not read the text before this one says nothing of this one
  tell_asked();
  served_ = mime_content_of(text);
  holds_ = Holds::text;
  const auto owned = own(served_);
  return owned ? Result<Custody>(known) : tl::unexpected(owned.error());
}

void BorrowedClipboard::refuse() { refuses_ = holds_ == Holds::text; }

void BorrowedClipboard::give_back(Nanoseconds grace) {
  if (holds_ != Holds::text) return;
  const Instant now = SteadyClock().now();
  grace_ = grace;
  restore_not_before_ = std::max(restore_not_before_, now + grace);
  restore_at_ = restore_not_before_;
  restore_at_last_ = now + std::max<Nanoseconds>(grace, kLongestGrace);
}

void BorrowedClipboard::keep() {
  if (holds_ != Holds::text) return;
  holds_ = Holds::kept_text;
  former_ = nullptr;
  restore_at_.reset();
}

// If the desktop does not answer now it may still do it later.
void BorrowedClipboard::restore() {
  restore_at_.reset();
  SharedMime former = std::exchange(former_, nullptr);
  if (former && !former->formats.empty()) return offer_former(std::move(former));
  served_ = nullptr;
  holds_ = Holds::theirs;
  own_nothing();
}

void BorrowedClipboard::on_offered() {
  copy_.reset();
  if (wanted_ > 0) begin_copy();
}

void BorrowedClipboard::on_taken() {
  forget_all();
  if (listeners_.on_lost) listeners_.on_lost();
}

void BorrowedClipboard::forget_all() {
  holds_ = Holds::theirs;
  served_ = nullptr;
  former_ = nullptr;
  restore_at_.reset();
}

void BorrowedClipboard::on_request(UniqueFd pipe, const SharedMime& content, std::string_view mime,
                                   bool current, bool counts, std::uint32_t tag) {
  const bool is_text = current && holds_ == Holds::text;
  writer_.serve(std::move(pipe), is_text && refuses_ ? nullptr : content, mime, is_text && counts, tag);
  tell_asked();
  if (is_text && restore_at_)
    restore_at_ = std::max(restore_not_before_, std::min(SteadyClock().now() + grace_, restore_at_last_));
}

void BorrowedClipboard::tell_asked() {
  const bool asked = writer_.awaits_reader();
  if (asked != std::exchange(told_asked_, asked) && listeners_.on_asked) listeners_.on_asked(asked);
}

void BorrowedClipboard::on_wake(Instant now) {
  writer_.on_wake(now);
  tell_asked();
  if (copy_) copy_->on_wake(now);
  if (is_forgotten_ && !is_copying()) {
    is_forgotten_ = false;
    copy_.reset();
  }
  if (restore_at_ && *restore_at_ <= now) restore();
  SharedMime content = to_keep();
  if (content == told_ || !listeners_.on_to_keep) return;
  told_ = std::move(content);
  listeners_.on_to_keep(told_);
}

SharedMime BorrowedClipboard::to_keep() const {
  if (holds_ == Holds::text) return former_;
  if (holds_ != Holds::theirs) return served_;
  return copy_ && copy_->custody() == Custody::copied ? copy_->content() : nullptr;
}

std::optional<Instant> BorrowedClipboard::deadline() const {
  std::optional<Instant> first = writer_.deadline();
  const auto add = [&](std::optional<Instant> other) {
    if (other && (!first || *other < *first)) first = other;
  };
  add(restore_at_);
  if (copy_) add(copy_->deadline());
  return first;
}

std::vector<pollfd> BorrowedClipboard::descriptors() const {
  std::vector<pollfd> descriptors;
  writer_.add_descriptors(descriptors);
  if (copy_ && copy_->descriptor() >= 0) descriptors.push_back({copy_->descriptor(), POLLIN, 0});
  return descriptors;
}

}  // namespace diktate
