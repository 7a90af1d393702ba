#include <algorithm>
#include <utility>

#include "base/files.h"
#include "store/journal.h"

namespace diktate {

JournalTake::~JournalTake() {
  if (files_ && files_->state().empty()) static_cast<void>(files_->remove());
  files_.reset();
  journal_.ended(state_.id);
}

void JournalTake::samples(std::span<const float> heard) {
  if (resumed_) return;
  state_.samples += static_cast<std::int64_t>(heard.size());
  if (files_) check(files_->append(heard));
}

void JournalTake::transcript(std::string_view raw_text) {
  state_.notes.raw_text = raw_text;
  note({.raw_text = state_.notes.raw_text});
}

void JournalTake::clean_text(std::string_view text) {
  state_.notes.clean_text = text;
  note({.clean_text = state_.notes.clean_text});
}

void JournalTake::note(const TakeNotes& notes) {
  if (files_) check(files_->note(notes));
}

void JournalTake::check(const Result<void>& kept) {
  if (!kept && problem_.empty()) problem_ = "a crash would lose this take: " + kept.error().message;
}

std::vector<std::string> JournalTake::warnings() const {
  return problem_.empty() ? std::vector<std::string>() : std::vector{problem_};
}

HistoryRow JournalTake::row(const TakeClosing& closing) const {
  HistoryRow row;
  row.id = std::max<TakeId>(state_.id, 1);
  row.started_ms = state_.notes.started_ms;
  row.audio_ms = state_.samples * 1000 / kSampleRate;
  row.outcome = to_string(closing.outcome);
  row.cause = closing.cause;
  row.stop_to_text_ms = closing.stop_to_text_ms;
  if (keeps_raw_text(privacy_) && !closing.raw_text.empty()) row.raw_text = closing.raw_text;
  if (keeps_clean_text(privacy_) && !closing.clean_text.empty()) row.clean_text = closing.clean_text;
  row.insert_method = closing.insert_method;
  if (closing.receipt) row.receipt = kReceiptNames[static_cast<std::size_t>(*closing.receipt)];
  row.engine = state_.notes.engine;
  row.profile = state_.notes.profile;
  row.processor = closing.processor;
  row.timings = closing.timings;
  return row;
}

bool JournalTake::keeps(const TakeClosing& closing) const {
  const auto& raw_text = state_.notes.raw_text;
  if (!files_ || (raw_text ? raw_text->empty() : files_->samples() == 0)) return false;
  if (closing.outcome == Outcome::cancelled) return false;
  const bool only_here = closing.held && !keeps_clean_text(privacy_);
  return closing.outcome == Outcome::failed || closing.lost || only_here;
}

// The sound is kept under the number of its row.
Result<void> JournalTake::put_away(const TakeClosing& closing, const Result<std::int64_t>& row) {
  if (!files_ || keeps(closing)) return {};
  if (!row && closing.held) return {};  // the text is nowhere else
  if (!row || !keeps_audio(privacy_) || closing.outcome == Outcome::cancelled) return files_->remove();
  if (auto made = make_private_folder(journal_.kept_audio_); !made) return made;
  return files_->move_audio(audio_path(journal_.kept_audio_, *row));
}

Result<void> JournalTake::close(const TakeClosing& closing) {
  Result<std::int64_t> put = 0;
  if (keeps_row(privacy_)) put = journal_.history_.put(row(closing));
  Result<void> away = put_away(closing, put);
  files_.reset();
  journal_.ended(state_.id);
  if (!problem_.empty()) return {};  // the same disk again, of which warnings() tell
  if (put) return away;
  return fail(ErrorKind::failed, "this take is not in the history: " + put.error().message);
}

}  // namespace diktate
