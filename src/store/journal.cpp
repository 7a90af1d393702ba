#include "store/journal.h"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/thread_name.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kSyncEvery(1);  // what a power cut may cost

std::int64_t unix_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

// A folder of another user's (as with sudo) would get files that its owner cannot remove.
Result<void> make_own_folder(const fs::path& folder) {
  if (auto made = make_private_folder(folder); !made) return made;
  struct stat status {};
  if (::stat(folder.c_str(), &status) == 0 && status.st_uid == ::geteuid()) return {};
  return fail(ErrorKind::failed, "the folder " + folder.string() + " belongs to another user");
}

}  // namespace

Journal::Journal(JournalOptions options)
    : folder_(std::move(options.folder)),
      takes_(folder_ / "takes"),
      kept_audio_(folder_ / "audio"),
      history_(folder_ / "history.db"),
      privacy_(options.privacy),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

Journal::~Journal() {
  thread_.request_stop();
  thread_.join();
  if (next_) static_cast<void>(next_->remove());
}

void Journal::get_ready() {
  const std::lock_guard lock(mutex_);
  wanted_ = privacy_ != PrivacyLevel::ghost && !next_;
  wake_.notify_all();
}

void Journal::set_privacy(PrivacyLevel level) {
  const std::lock_guard lock(mutex_);
  privacy_ = level;
  if (level == PrivacyLevel::ghost && next_) {
    static_cast<void>(next_->remove());
    next_.reset();
  }
}

Result<TakeFiles> Journal::make_files() {
  TakeId least = 1;
  {
    const std::lock_guard lock(mutex_);
    least = least_;
  }
  if (auto ours = make_own_folder(folder_); !ours) return tl::unexpected(ours.error());
  if (auto ours = make_own_folder(takes_); !ours) return tl::unexpected(ours.error());
  return TakeFiles::create(takes_, least);
}

std::unique_ptr<JournalTake> Journal::begin(const TakeHeader& header) {
  std::unique_lock lock(mutex_);
  const PrivacyLevel level = header.ghost ? PrivacyLevel::ghost : privacy_;
  std::unique_ptr<JournalTake> take(new JournalTake(*this, level));
  take->state_.notes = {unix_ms(), header.engine, header.profile};
  if (level == PrivacyLevel::ghost) return take;
  take->files_ = std::exchange(next_, std::nullopt);
  lock.unlock();
  if (!take->files_ || !take->files_->is_in_place()) {
    auto made = make_files();
    if (!made) take->check(tl::unexpected(made.error()));
    take->files_ = made ? std::optional(std::move(*made)) : std::nullopt;
  }
  if (!take->files_) return take;
  take->state_.id = take->files_->id();
  take->note(take->state_.notes);
  lock.lock();
  least_ = std::max(least_, take->state_.id + 1);
  running_.insert(take->state_.id);
  wake_.notify_all();
  return take;
}

void Journal::ended(TakeId id) {
  const std::lock_guard lock(mutex_);
  running_.erase(id);
}

void Journal::number_after(TakeId last) {
  const std::lock_guard lock(mutex_);
  least_ = std::max(least_, last + 1);
}

// What need not be done at key down, or in the middle of a take. Sleeps where there is no take.
void Journal::work(const std::stop_token& stop) {
  set_thread_name("journal");
  block_signals();
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    if (running_.empty()) {
      wake_.wait(lock, stop, [this] { return wanted_ || !running_.empty(); });
    } else {
      wake_.wait_for(lock, stop, kSyncEvery, [this] { return wanted_; });
    }
    const bool wanted = std::exchange(wanted_, false) && !next_;
    const std::set<TakeId> running = running_;
    lock.unlock();
    bool synced = true;
    for (const TakeId id : running) synced = sync_take(takes_, id) && synced;
    std::optional<TakeFiles> made;
    if (wanted && !stop.stop_requested()) {
      remove_unused_takes(takes_);
      number_after(history_.last_id());
      if (auto files = make_files(); files) made = std::move(*files);  // begin() tells what is wrong
      if (made) sync_take(takes_, made->id());
    }
    lock.lock();
    if (made && privacy_ == PrivacyLevel::ghost)
      static_cast<void>(made->remove());
    else if (made)
      next_ = std::move(made);
    if (!synced) sync_problem_ = "a power cut may lose a take: the disk of " + takes_.string() + " fails";
  }
}

std::vector<TakeState> Journal::unfinished() const { return read_takes(takes_); }

Result<std::unique_ptr<JournalTake>> Journal::resume(TakeId id) {
  auto files = TakeFiles::take_over(takes_, id);
  if (!files) return tl::unexpected(files.error());
  const std::lock_guard lock(mutex_);
  std::unique_ptr<JournalTake> take(new JournalTake(*this, privacy_));
  take->state_ = files->state();
  take->files_ = std::move(*files);
  take->resumed_ = true;
  running_.insert(id);
  return take;
}

Result<void> Journal::discard(TakeId id) {
  auto files = TakeFiles::take_over(takes_, id);
  return files ? files->remove() : tl::unexpected(files.error());
}

Result<std::vector<HistoryRow>> Journal::history(std::size_t limit) {
  auto rows = history_.newest(limit);
  if (!rows) return rows;
  for (HistoryRow& row : *rows) {
    std::error_code error;
    auto audio = audio_path(kept_audio_, row.id);
    if (fs::exists(audio, error)) row.audio = std::move(audio);
  }
  return rows;
}

Result<void> Journal::wipe() {
  Result<void> wiped = history_.wipe();
  const auto keep_first = [&wiped](const Result<void>& removed) {
    if (!removed && wiped) wiped = removed;
  };
  for (const TakeState& take : read_takes(takes_)) {
    if (!take.in_use) keep_first(discard(take.id));
  }
  remove_unused_takes(takes_);
  for (const fs::path& file : entries_of(kept_audio_)) keep_first(remove_file(file));
  return wiped;
}

std::vector<std::string> Journal::take_warnings() {
  std::vector<std::string> warnings;
  if (auto notice = history_.take_notice(); !notice.empty()) warnings.push_back(std::move(notice));
  const std::lock_guard lock(mutex_);
  if (!sync_problem_.empty()) warnings.push_back(std::exchange(sync_problem_, {}));
  return warnings;
}

}  // namespace diktate
