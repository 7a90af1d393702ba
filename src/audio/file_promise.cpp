#include "audio/file_promise.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <sys/stat.h>
#include <unistd.h>

#include "audio/stream_reader.h"

namespace diktate {
namespace {

constexpr std::size_t kHeaderBytes = 4096;  // read at a time
constexpr std::size_t kLongestOggPage = 65307;
constexpr std::size_t kOggFlagsAt = 5;
constexpr char kOggLastPage = 0x04;

// Fewer bytes only at the end of the file.
std::span<const std::byte> read_at(int fd, std::int64_t offset, std::span<std::byte> buffer) {
  const ssize_t count = ::pread(fd, buffer.data(), buffer.size(), offset);
  return buffer.first(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
}

bool starts_as_wav(int fd) {
  std::array<std::byte, 4> start{};
  const auto bytes = read_at(fd, 0, start);
  const std::string_view magic(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return magic == "RIFF" || magic == "RF64";
}

}  // namespace

std::optional<WavPromise> read_wav_promise(int fd) {
  if (!starts_as_wav(fd)) return std::nullopt;
  StreamReader reader({});
  std::array<std::byte, kHeaderBytes> buffer{};
  Samples ignored;
  for (std::int64_t offset = 0; !reader.format();) {
    const auto bytes = read_at(fd, offset, buffer);
    if (bytes.empty() || !reader.push(bytes, ignored)) return std::nullopt;
    offset += static_cast<std::int64_t>(bytes.size());
  }
  return WavPromise{reader.promised_frames()};
}

bool has_last_ogg_page(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return false;
  std::string end(kLongestOggPage, '\0');
  const auto offset = std::max<std::int64_t>(0, status.st_size - static_cast<std::int64_t>(end.size()));
  const auto bytes = read_at(fd, offset, std::as_writable_bytes(std::span(end)));
  end.resize(bytes.size());
  const std::size_t page = end.rfind("OggS");
  if (page == std::string::npos || page + kOggFlagsAt >= end.size()) return false;
  return (end[page + kOggFlagsAt] & kOggLastPage) != 0;
}

}  // namespace diktate
