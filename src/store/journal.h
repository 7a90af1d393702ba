// No spoken word is lost: what a take is made of goes to the disk as it comes into being, and what became of
// it into the history.
//
//   $XDG_STATE_HOME/diktate/takes/       the takes that are not over (take_files.h); nothing else is needed
//                                        to finish them
//   $XDG_STATE_HOME/diktate/history.db   those that are (history.h)
//   $XDG_STATE_HOME/diktate/audio/       their sound, at the highest privacy level
//
// Nothing that fails here stops a take: its warnings() say what could not be kept.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/paths.h"
#include "base/result.h"
#include "core/pipeline.h"
#include "core/ports.h"
#include "store/history.h"
#include "store/privacy.h"
#include "store/take_files.h"

namespace diktate {

class Journal;

struct JournalOptions {
  std::filesystem::path folder = state_folder();
  PrivacyLevel privacy = PrivacyLevel::text;
};

// What is known of a take when it begins.
struct TakeHeader {
  std::string engine;
  std::string profile;
  bool ghost = false;  // nothing of this one is written
};

// What is known of it when it is over.
struct TakeClosing {
  Outcome outcome = Outcome::failed;
  bool lost = false;  // as in Take
  std::string cause = {};
  std::optional<double> stop_to_text_ms = {};
  std::string raw_text = {};
  std::string clean_text = {};
  std::string processor = {};
  std::string insert_method = {};
  std::optional<Receipt> receipt = {};
  bool held = false;         // the text is nowhere but with the program
  std::string timings = {};  // JSON: the spans
};

// The record of one take. One thread at a time uses it; the journal outlives it. A take that was not closed,
// and of which anything was heard, stays unfinished.
class JournalTake final : public TakeRecord {
 public:
  ~JournalTake() override;
  JournalTake(const JournalTake&) = delete;
  JournalTake& operator=(const JournalTake&) = delete;

  // Each writes before it returns, and does not wait for the disk. Sound is not written again for a take that
  // is resumed.
  void samples(std::span<const float> heard) override;
  void transcript(std::string_view raw_text) override;
  void clean_text(std::string_view text) override;
  // One line at most: the first thing that could not be kept.
  std::vector<std::string> warnings() const override;

  // What is known of it so far.
  const TakeState& state() const { return state_; }
  // Whether a close() with this leaves the files, to be resumed: something was said, and is not delivered.
  bool keeps(const TakeClosing& closing) const;

  // Puts it into the history, and takes its files off the disk unless keeps() says otherwise. Waits on the
  // disk, and for another process that writes the history at most a second; after delivery, therefore. Its
  // error is a warning: everything else is done.
  Result<void> close(const TakeClosing& closing);

 private:
  friend class Journal;
  JournalTake(Journal& journal, PrivacyLevel privacy) : journal_(journal), privacy_(privacy) {}
  void check(const Result<void>& kept);
  void note(const TakeNotes& notes);
  HistoryRow row(const TakeClosing& closing) const;
  Result<void> put_away(const TakeClosing& closing, const Result<std::int64_t>& row);

  Journal& journal_;
  const PrivacyLevel privacy_;
  std::optional<TakeFiles> files_;  // none: nothing is kept, or no longer
  TakeState state_;
  bool resumed_ = false;
  std::string problem_;
};

// Thread-safe.
class Journal {
 public:
  // Touches no file yet.
  explicit Journal(JournalOptions options = {});
  // Every take is gone before.
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // Opens the files of the next take, on a thread of the journal's, unless they are open. Does not wait; to
  // be called again after each take.
  void get_ready();

  // Key down. Never null. Takes the files that are ready, or else opens them itself; waits for no fsync, and
  // for no other process.
  std::unique_ptr<JournalTake> begin(const TakeHeader& header);

  // The level of the takes after this call.
  void set_privacy(PrivacyLevel level);

  // What earlier processes left, and what is under way in living ones (`in_use`), by number.
  std::vector<TakeState> unfinished() const;
  // Where the sound of an unfinished take is.
  std::filesystem::path audio_of(TakeId id) const { return audio_path(takes_, id); }
  // An unfinished take, to be gone on with and closed. `unavailable`: there is none with this number;
  // `invalid`: a living process has it.
  Result<std::unique_ptr<JournalTake>> resume(TakeId id);
  // Takes it off the disk. Errors as above.
  Result<void> discard(TakeId id);

  // The newest first.
  Result<std::vector<HistoryRow>> history(std::size_t limit);
  // Every trace, but for the takes of living processes. Waits as long as the disk takes.
  Result<void> wipe();

  // What the user should know since the last call that belongs to no single take, a line each.
  std::vector<std::string> take_warnings();

 private:
  friend class JournalTake;
  Result<TakeFiles> make_files();
  void number_after(TakeId last);
  void work(const std::stop_token& stop);
  void ended(TakeId id);

  const std::filesystem::path folder_;
  const std::filesystem::path takes_;
  const std::filesystem::path kept_audio_;
  History history_;

  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  PrivacyLevel privacy_;
  bool wanted_ = false;            // the next take's files
  std::optional<TakeFiles> next_;  // which are ready
  TakeId least_ = 1;               // the first number that the history does not have, as far as is known
  std::set<TakeId> running_;
  std::string sync_problem_;
  std::jthread thread_;
};

}  // namespace diktate
