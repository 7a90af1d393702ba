#include "store/take_files.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/values.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

static_assert(std::endian::native == std::endian::little, "samples and header are written as they are");

constexpr std::int64_t kHeaderBytes = 44;
constexpr std::int64_t kSampleBytes = 2;
constexpr std::size_t kBlock = kSampleRate / 10;  // 100 ms: what one write() may lose
constexpr int kMostTries = 1000;
constexpr std::uint32_t kOpenLength = 0xFFFFFFFF;

tl::unexpected<Error> system_error(const std::string& what, const fs::path& path) {
  const ErrorKind kind = errno == ENOENT ? ErrorKind::unavailable : ErrorKind::failed;
  return fail(kind, what + " " + path.string() + ": " + std::strerror(errno));
}

fs::path notes_path(const fs::path& folder, TakeId id) { return folder / (std::to_string(id) + ".jsonl"); }

// The number in the name of a sound; 0: it is not one of ours.
TakeId id_of(const fs::path& path) {
  if (path.extension() != ".wav") return 0;
  const std::string stem = path.stem().string();
  TakeId id = 0;
  const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), id);
  return error == std::errc() && end == stem.data() + stem.size() && id > 0 ? id : 0;
}

std::vector<TakeId> ids_in(const fs::path& folder) {
  std::vector<TakeId> ids;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (const TakeId id = id_of(it->path()); id > 0) ids.push_back(id);
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

std::string wav_header(std::uint32_t data_bytes) {
  const std::uint32_t riff_bytes = data_bytes == kOpenLength ? kOpenLength : data_bytes + kHeaderBytes - 8;
  std::string header;
  const auto number = [&header](auto value) {
    header.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  header += "RIFF";
  number(riff_bytes);
  header += "WAVEfmt ";
  number(std::uint32_t{16});  // bytes of what follows, up to "data"
  number(std::uint16_t{1});   // PCM
  number(std::uint16_t{1});   // channels
  number(std::uint32_t{kSampleRate});
  number(std::uint32_t{kSampleRate * kSampleBytes});
  number(std::uint16_t{kSampleBytes});
  number(std::uint16_t{16});  // bits
  header += "data";
  number(data_bytes);
  return header;
}

std::int16_t to_s16(float sample) {
  constexpr float kFull = 32768;
  const float scaled = std::isnan(sample) ? 0.0F : sample * kFull;
  return static_cast<std::int16_t>(std::lrint(std::clamp(scaled, -kFull, kFull - 1)));
}

template <class Value>
void read_value(const Json& json, const char* key, Value& to) {
  const auto found = json.find(key);
  if (found == json.end()) return;
  if constexpr (std::is_same_v<Value, std::int64_t>) {
    if (found->is_number_integer()) to = found->get<std::int64_t>();
  } else {
    if (found->is_string()) to = found->get<std::string>();
  }
}

// Whatever lies there: lines that are cut or are none of ours say nothing.
TakeNotes read_notes(const fs::path& path) {
  TakeNotes notes;
  const auto text = read_file(path);
  std::string_view rest = text ? std::string_view(*text) : std::string_view();
  for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    const Json json = Json::parse(rest.substr(0, end), nullptr, false);
    rest.remove_prefix(end + 1);
    if (!json.is_object()) continue;
    read_value(json, "started_ms", notes.started_ms);
    read_value(json, "engine", notes.engine);
    read_value(json, "profile", notes.profile);
    read_value(json, "raw_text", notes.raw_text);
    read_value(json, "clean_text", notes.clean_text);
  }
  return notes;
}

// The notes of a take whose first lines did not reach the disk are dated by its sound.
std::int64_t last_write_ms(int fd, std::int64_t samples) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return 0;
  const std::int64_t written = status.st_mtim.tv_sec * 1000 + status.st_mtim.tv_nsec / 1'000'000;
  return written - samples * 1000 / kSampleRate;
}

std::int64_t samples_in(int fd) {
  return std::max<std::int64_t>(0, size_of(fd) - kHeaderBytes) / kSampleBytes;
}

TakeState read_take(const fs::path& folder, TakeId id) {
  TakeState state{id, read_notes(notes_path(folder, id))};
  const UniqueFd audio(::open(audio_path(folder, id).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!audio) return state;
  state.samples = samples_in(audio.get());
  state.in_use = ::flock(audio.get(), LOCK_SH | LOCK_NB) != 0;
  if (state.notes.started_ms == 0) state.notes.started_ms = last_write_ms(audio.get(), state.samples);
  return state;
}

}  // namespace

fs::path audio_path(const fs::path& folder, TakeId id) { return folder / (std::to_string(id) + ".wav"); }

TakeFiles::TakeFiles(fs::path folder, TakeId id, UniqueFd audio, UniqueFd notes)
    : folder_(std::move(folder)),
      id_(id),
      audio_(std::move(audio)),
      notes_(std::move(notes)),
      samples_(samples_in(audio_.get())) {}

Result<TakeFiles> TakeFiles::create(const fs::path& folder, TakeId least) {
  const std::vector<TakeId> taken = ids_in(folder);
  if (!taken.empty()) least = std::max(least, taken.back() + 1);
  constexpr int kNew = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC;
  for (TakeId id = least; id < least + kMostTries; ++id) {
    const fs::path path = audio_path(folder, id);
    UniqueFd audio(::open(path.c_str(), kNew, 0600));
    if (!audio && errno == EEXIST) continue;
    if (!audio) return system_error("cannot write", path);
    // Between these two calls another process may take it for one that was left behind, and remove it.
    if (::flock(audio.get(), LOCK_EX | LOCK_NB) != 0 || !has_name(audio.get())) continue;
    UniqueFd notes(::open(notes_path(folder, id).c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    const bool made = notes && write_at(audio.get(), wav_header(kOpenLength), 0);
    if (made) return TakeFiles(folder, id, std::move(audio), std::move(notes));
    auto error = system_error("cannot write", path);
    ::unlink(notes_path(folder, id).c_str());
    ::unlink(path.c_str());
    return error;
  }
  return fail(ErrorKind::failed, "there is no free number for a take in " + folder.string());
}

Result<TakeFiles> TakeFiles::take_over(const fs::path& folder, TakeId id) {
  const fs::path path = audio_path(folder, id);
  UniqueFd audio(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (!audio && errno == ENOENT)
    return fail(ErrorKind::unavailable, "there is no unfinished take " + std::to_string(id));
  if (!audio) return system_error("cannot open", path);
  if (::flock(audio.get(), LOCK_EX | LOCK_NB) != 0)
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
    const std::string_view bytes(reinterpret_cast<const char*>(block.data()), part.size() * kSampleBytes);
    if (!write_at(audio_.get(), bytes, kHeaderBytes + samples_ * kSampleBytes))
      return system_error("cannot write", audio_path(folder_, id_));
    samples_ += static_cast<std::int64_t>(part.size());
    samples = samples.subspan(part.size());
  }
  return {};
}

Result<void> TakeFiles::note(const TakeNotes& notes) {
  Json json;
  if (notes.started_ms != 0) json["started_ms"] = notes.started_ms;
  if (!notes.engine.empty()) json["engine"] = notes.engine;
  if (!notes.profile.empty()) json["profile"] = notes.profile;
  if (notes.raw_text) json["raw_text"] = *notes.raw_text;
  if (notes.clean_text) json["clean_text"] = *notes.clean_text;
  const std::string line = json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  const std::int64_t end = size_of(notes_.get());
  // A line that was cut before must not swallow this one.
  const bool written = write_at(notes_.get(), (end == 0 ? "" : "\n") + line, end);
  return written ? Result<void>() : system_error("cannot write", notes_path(folder_, id_));
}

Result<void> TakeFiles::remove() {
  auto notes = remove_file(notes_path(folder_, id_));
  auto audio = remove_file(audio_path(folder_, id_));
  return audio ? notes : audio;
}

Result<void> TakeFiles::move_audio(const fs::path& path) {
  const auto longest = std::int64_t{kOpenLength} - kHeaderBytes;
  const std::int64_t bytes = samples_ * kSampleBytes;
  const auto length = bytes < longest ? static_cast<std::uint32_t>(bytes) : kOpenLength;
  if (!write_at(audio_.get(), wav_header(length), 0)) return system_error("cannot write", path);
  if (::rename(audio_path(folder_, id_).c_str(), path.c_str()) != 0)
    return system_error("cannot write", path);
  return remove_file(notes_path(folder_, id_));
}

std::vector<TakeState> read_takes(const fs::path& folder) {
  std::vector<TakeState> takes;
  for (const TakeId id : ids_in(folder)) {
    TakeState state = read_take(folder, id);
    if (!state.empty()) takes.push_back(std::move(state));
  }
  return takes;
}

void remove_unused_takes(const fs::path& folder) {
  for (const TakeId id : ids_in(folder)) {
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
