#include "store/take_files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "core/values.h"
#include "store/open_wav.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = kSampleRate / 10;  // 100 ms: what one write() may lose
constexpr int kMostTries = 1000;
constexpr std::string_view kSound = ".wav";
constexpr std::string_view kNotes = ".jsonl";

tl::unexpected<Error> system_error(const std::string& what, const fs::path& path) {
  const ErrorKind kind = errno == ENOENT ? ErrorKind::unavailable : ErrorKind::failed;
  return fail(kind, what + " " + path.string() + ": " + std::strerror(errno));
}

fs::path notes_path(const fs::path& folder, TakeId id) {
  return folder / (std::to_string(id) + std::string(kNotes));
}

// The number in the name of a file of this kind; 0: it is none.
TakeId id_of(const fs::path& path, std::string_view kind) {
  if (path.extension() != kind) return 0;
  const std::string stem = path.stem().string();
  TakeId id = 0;
  const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), id);
  return error == std::errc() && end == stem.data() + stem.size() && id > 0 ? id : 0;
}

std::vector<TakeId> ids_in(const fs::path& folder, std::string_view kind) {
  std::vector<TakeId> ids;
  for (const fs::path& file : entries_of(folder)) {
    if (const TakeId id = id_of(file, kind); id > 0) ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

// All of it or, with errno set, an unknown part of it.
bool write_at(int fd, std::string_view bytes, std::int64_t offset) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += written;
  }
  return true;
}

std::int64_t size_of(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 ? status.st_size : 0;
}

bool has_name(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 && status.st_nlink > 0;
}

// The lock belongs to the open file, not to the process: a second one of the same process finds it locked,
// too.
bool lock(int fd) {
  struct flock whole {};
  whole.l_type = F_WRLCK;
  return ::fcntl(fd, F_OFD_SETLK, &whole) == 0;
}

// Asks, and locks nothing.
bool is_locked(int fd) {
  struct flock whole {};
  whole.l_type = F_RDLCK;
  return ::fcntl(fd, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
}

// The notes of a take whose first lines did not reach the disk are dated by its sound.
std::int64_t last_write_ms(int fd, std::int64_t samples) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return 0;
  const std::int64_t written = status.st_mtim.tv_sec * 1000 + status.st_mtim.tv_nsec / 1'000'000;
  return written - samples * 1000 / kSampleRate;
}

std::int64_t samples_in(int fd) { return wav_samples(size_of(fd)); }

// By errno; takes off the disk what is there of it.
tl::unexpected<Error> not_made(const fs::path& folder, TakeId id, const std::string& what) {
  auto error = system_error(what, audio_path(folder, id));
  ::unlink(notes_path(folder, id).c_str());
  ::unlink(audio_path(folder, id).c_str());
  return error;
}

TakeState read_take(const fs::path& folder, TakeId id) {
  TakeState state{id, read_notes(notes_path(folder, id))};
  const UniqueFd audio(::open(audio_path(folder, id).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!audio) return state;
  state.samples = samples_in(audio.get());
  state.in_use = is_locked(audio.get());
  if (state.notes.started_ms == 0) state.notes.started_ms = last_write_ms(audio.get(), state.samples);
  return state;
}

}  // namespace

fs::path audio_path(const fs::path& folder, TakeId id) {
  return folder / (std::to_string(id) + std::string(kSound));
}

TakeFiles::TakeFiles(fs::path folder, TakeId id, UniqueFd audio, UniqueFd notes)
    : folder_(std::move(folder)),
      id_(id),
      audio_(std::move(audio)),
      notes_(std::move(notes)),
      samples_(samples_in(audio_.get())) {}

Result<TakeFiles> TakeFiles::create(const fs::path& folder, TakeId least) {
  const std::vector<TakeId> taken = ids_in(folder, kSound);
  if (!taken.empty()) least = std::max(least, taken.back() + 1);
  constexpr int kNew = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC;
  for (TakeId id = least; id < least + kMostTries; ++id) {
    const fs::path path = audio_path(folder, id);
    UniqueFd audio(::open(path.c_str(), kNew, 0600));
    if (!audio && errno == EEXIST) continue;
    if (!audio) return system_error("cannot write", path);
    // Between these two calls another process may take it for one that was left behind, and remove it.
    const bool locked = lock(audio.get());
    const bool cannot_lock = !locked && errno != EAGAIN && errno != EACCES;
    if (cannot_lock) return not_made(folder, id, "cannot lock");
    if (!locked || !has_name(audio.get())) continue;
    UniqueFd notes(::open(notes_path(folder, id).c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    const bool made = notes && write_at(audio.get(), open_wav_header(), 0);
    if (made) return TakeFiles(folder, id, std::move(audio), std::move(notes));
    return not_made(folder, id, "cannot write");
  }
  return fail(ErrorKind::failed, "there is no free number for a take in " + folder.string());
}

Result<TakeFiles> TakeFiles::take_over(const fs::path& folder, TakeId id) {
  const fs::path path = audio_path(folder, id);
  UniqueFd audio(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (!audio && errno != ENOENT) return system_error("cannot open", path);
  const bool locked = audio && lock(audio.get());
  if (!audio || !has_name(audio.get()))
    return fail(ErrorKind::unavailable, "there is no unfinished take " + std::to_string(id));
  if (!locked)
    return fail(ErrorKind::invalid, "the take " + std::to_string(id) + " is in use by a running diktate");
  UniqueFd notes(::open(notes_path(folder, id).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!notes) return system_error("cannot open", notes_path(folder, id));
  return TakeFiles(folder, id, std::move(audio), std::move(notes));
}

TakeState TakeFiles::state() const {
  TakeState state = read_take(folder_, id_);
  state.in_use = false;  // but by ourselves
  return state;
}

bool TakeFiles::is_in_place() const { return has_name(audio_.get()) && has_name(notes_.get()); }

Result<void> TakeFiles::append(std::span<const float> samples) {
  std::array<std::int16_t, kBlock> block{};
  while (!samples.empty()) {
    const auto part = samples.first(std::min(samples.size(), block.size()));
    std::transform(part.begin(), part.end(), block.begin(), to_s16);
    const std::string_view bytes(reinterpret_cast<const char*>(block.data()), part.size() * kWavSampleBytes);
    if (!write_at(audio_.get(), bytes, kWavHeaderBytes + samples_ * kWavSampleBytes))
      return system_error("cannot write", audio_path(folder_, id_));
    samples_ += static_cast<std::int64_t>(part.size());
    samples = samples.subspan(part.size());
  }
  return {};
}

Result<void> TakeFiles::note(const TakeNotes& notes) {
  const std::int64_t end = size_of(notes_.get());
  // A line that was cut before must not swallow this one.
  const bool written = write_at(notes_.get(), (end == 0 ? "" : "\n") + notes_line(notes), end);
  return written ? Result<void>() : system_error("cannot write", notes_path(folder_, id_));
}

Result<void> TakeFiles::remove() {
  // Where it cannot be written, less is told and no less removed. The sound is emptied before what says that
  // it is over goes: a take that was thrown away never comes back.
  static_cast<void>(note({.over = true}));
  static_cast<void>(::ftruncate(audio_.get(), 0));
  auto notes = remove_file(notes_path(folder_, id_));
  auto audio = remove_file(audio_path(folder_, id_));
  return audio ? notes : audio;
}

Result<void> TakeFiles::move_audio(const fs::path& path) {
  if (!write_at(audio_.get(), closed_wav_header(samples_), 0)) return system_error("cannot write", path);
  if (::rename(audio_path(folder_, id_).c_str(), path.c_str()) != 0)
    return system_error("cannot write", path);
  return remove_file(notes_path(folder_, id_));
}

std::vector<TakeState> read_takes(const fs::path& folder) {
  std::vector<TakeState> takes;
  for (const TakeId id : ids_in(folder, kSound)) {
    TakeState state = read_take(folder, id);
    if (!state.empty()) takes.push_back(std::move(state));
  }
  return takes;
}

void remove_unused_takes(const fs::path& folder) {
  // The sound is made first and removed last: notes without one belong to nothing.
  for (const TakeId id : ids_in(folder, kNotes)) {
    std::error_code error;
    if (!fs::exists(audio_path(folder, id), error)) static_cast<void>(remove_file(notes_path(folder, id)));
  }
  for (const TakeId id : ids_in(folder, kSound)) {
    if (const TakeState state = read_take(folder, id); state.in_use || !state.empty()) continue;
    auto files = TakeFiles::take_over(folder, id);
    if (files && files->state().empty()) static_cast<void>(files->remove());
  }
}

bool sync_take(const fs::path& folder, TakeId id) {
  bool good = true;
  for (const fs::path& path : {audio_path(folder, id), notes_path(folder, id), folder}) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd) good = ::fdatasync(fd.get()) == 0 && good;
  }
  return good;
}

Result<void> remove_file(const fs::path& path) {
  if (::truncate(path.c_str(), 0) != 0 && errno == ENOENT) return {};
  if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
  return system_error("cannot remove", path);
}

}  // namespace diktate
