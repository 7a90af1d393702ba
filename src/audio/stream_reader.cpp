// A WAV stream is "RIFF" size "WAVE" and then chunks: four letters, a size, that many bytes, one more if that
// is odd. 'fmt ' comes before 'data'; after the samples nothing matters. The reader is a list of stages, each
// of which lasts for a number of bytes that is known when it begins: a stage either collects its few bytes
// and reads them as a whole, or skips them, or decodes them.
#include "audio/stream_reader.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "audio/bytes.h"
#include "audio/early_end.h"
#include "audio/wav_header.h"

namespace diktate {
namespace {

constexpr std::uint64_t kEndless = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t kLongSizesBytes = 16;  // of a 'ds64' chunk: the sizes of the file and of the samples
constexpr std::uint32_t kSizeElsewhere = 0xFFFFFFFF;
constexpr const char* kEndedInHeader = "it ended inside its WAV header, before the first sample";

std::string_view text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Files that somebody may send into a pipe by mistake; as raw samples they would be noise.
std::string_view container_name(std::string_view magic) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kContainers{{
      {"RIFX", "big-endian WAV"},
      {"fLaC", "FLAC"},
      {"OggS", "OGG"},
      {"ID3", "MP3"},
      {"FORM", "AIFF"},
      {"caff", "CAF"},
      {".snd", "AU"},
      {"\x1A\x45\xDF\xA3", "WebM or Matroska"},
  }};
  for (const auto& [start, name] : kContainers) {
    if (magic.substr(0, start.size()) == start) return name;
  }
  if (magic.substr(std::min<std::size_t>(4, magic.size()), 4) == "ftyp") return "MP4 or M4A";
  return {};
}

// The header of a frame of layer III, with a rate and a bit rate that there are. Samples may look like it.
bool looks_like_mp3(std::span<const std::byte> bytes) {
  if (bytes.size() < 3) return false;
  const auto second = std::to_integer<int>(bytes[1]);
  const auto third = std::to_integer<int>(bytes[2]);
  const bool is_layer_3 = bytes[0] == std::byte{0xFF} && (second & 0xE6) == 0xE2 && (second & 0x18) != 0x08;
  return is_layer_3 && third >> 4 != 0 && third >> 4 != 15 && (third & 0x0C) != 0x0C;
}

}  // namespace

Result<void> StreamReader::push(std::span<const std::byte> bytes, Samples& mono) {
  while (!bytes.empty() && stage_ != Stage::done) {
    const auto part = bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), left_)));
    bytes = bytes.subspan(part.size());
    take(part, mono);
    while (left_ == 0 && stage_ != Stage::done) {
      if (auto next = advance(mono); !next) {
        stage_ = Stage::done;
        return next;
      }
    }
  }
  return {};
}

Result<void> StreamReader::finish(Samples& mono) {
  const Stage stage = stage_;
  stage_ = Stage::done;
  switch (stage) {
    case Stage::magic:
      if (collected_.empty()) return fail(ErrorKind::invalid, "it ended before its first byte");
      if (auto known = read_magic(mono); !known) return known;
      warn_of_missing_end();
      stage_ = Stage::done;
      return {};
    case Stage::samples:
      warn_of_missing_end();
      return {};
    case Stage::done:
      return {};
    default:
      return fail(ErrorKind::invalid, kEndedInHeader);
  }
}

std::optional<std::uint64_t> StreamReader::promised_frames() const {
  if (!promised_bytes_) return std::nullopt;
  return *promised_bytes_ / format_->frame_bytes();
}

void StreamReader::expect(Stage stage, std::uint64_t bytes) {
  stage_ = stage;
  left_ = bytes;
  collected_.clear();
}

// The first bytes of a chunk are read, the others skipped.
void StreamReader::collect(Stage stage, std::size_t bytes) {
  skip_after_ -= bytes;
  expect(stage, bytes);
}

void StreamReader::take(std::span<const std::byte> bytes, Samples& mono) {
  left_ -= bytes.size();
  if (stage_ == Stage::skip) return;
  if (stage_ == Stage::samples) {
    sample_bytes_ += bytes.size();
    decoder_->push(bytes, mono);
    return;
  }
  collected_.insert(collected_.end(), bytes.begin(), bytes.end());
}

Result<void> StreamReader::advance(Samples& mono) {
  switch (stage_) {
    case Stage::magic:
      return read_magic(mono);
    case Stage::chunk:
      return read_chunk();
    case Stage::format:
      return read_format();
    case Stage::long_sizes:
      read_long_sizes();
      return {};
    case Stage::skip:
      expect(Stage::chunk, 8);
      return {};
    case Stage::samples:
    case Stage::done:
      stage_ = Stage::done;
      return {};
  }
  return {};
}

Result<void> StreamReader::read_magic(Samples& mono) {
  const std::string_view magic = text(collected_);
  if (const auto name = container_name(magic); !name.empty()) {
    return fail(ErrorKind::invalid,
                "it is " + std::string(name) +
                    "; a stream must be WAV or raw samples (give other files by their name)");
  }
  if (magic.starts_with("RIFF") || magic.starts_with("RF64")) {
    if (magic.size() < kMagicBytes) return fail(ErrorKind::invalid, kEndedInHeader);
    if (!magic.ends_with("WAVE")) return fail(ErrorKind::invalid, "it is a RIFF stream, but not WAV");
    expect(Stage::chunk, 8);
    return {};
  }
  if (looks_like_mp3(collected_))
    warnings_.push_back("the stream begins as MP3 does, and is taken for raw samples");
  start_raw(mono);
  return {};
}

Result<void> StreamReader::read_chunk() {
  const std::string name(text(collected_).substr(0, 4));
  const auto size = load<std::uint32_t>(std::span(collected_).subspan(4));
  if (name == "data") return read_data_size(size);
  skip_after_ = std::uint64_t{size} + size % 2;
  if (name == "fmt ") {
    collect(Stage::format, std::min<std::size_t>(size, kLongestFormatChunk));
  } else if (name == "ds64" && size >= kLongSizesBytes) {
    collect(Stage::long_sizes, kLongSizesBytes);
  } else {
    expect(Stage::skip, skip_after_);
  }
  return {};
}

Result<void> StreamReader::read_data_size(std::uint32_t size) {
  if (!wav_format_) return fail(ErrorKind::invalid, "its WAV header does not say what its samples are");
  std::optional<std::uint64_t> bytes;
  if (!is_open_ended(size)) bytes = size;
  if (size == kSizeElsewhere) bytes = long_data_size_;
  start_samples(*wav_format_, bytes);
  return {};
}

Result<void> StreamReader::read_format() {
  const auto format = parse_wav_format(collected_);
  if (!format) return tl::unexpected(format.error());
  wav_format_ = *format;
  expect(Stage::skip, skip_after_);
  return {};
}

void StreamReader::read_long_sizes() {
  const auto size = load<std::uint64_t>(std::span(collected_).subspan(8));
  if (size > 0 && size < kEndless) long_data_size_ = size;
  expect(Stage::skip, skip_after_);
}

void StreamReader::start_samples(const PcmFormat& format, std::optional<std::uint64_t> bytes) {
  format_ = format;
  decoder_.emplace(format);
  promised_bytes_ = bytes;
  expect(Stage::samples, bytes.value_or(kEndless));
}

// There is no header: the bytes in which it was looked for are samples.
void StreamReader::start_raw(Samples& mono) {
  const std::vector<std::byte> first = collected_;
  start_samples(raw_, std::nullopt);
  take(first, mono);
}

void StreamReader::warn_of_missing_end() {
  if (promised_bytes_) {
    if (left_ == 0) return;
    const auto frames = [&](std::uint64_t bytes) {
      return static_cast<std::int64_t>(bytes / format_->frame_bytes());
    };
    warnings_.push_back(early_end_warning("the stream ends early", frames(sample_bytes_),
                                          frames(*promised_bytes_), format_->rate));
  } else if (decoder_->pending() > 0) {
    warnings_.push_back("the stream ends in the middle of a sample");
  }
}

}  // namespace diktate
