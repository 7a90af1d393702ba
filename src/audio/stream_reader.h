// Reads a WAV stream or raw samples out of bytes that arrive in any pieces. No I/O: the bytes are pushed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audio/encoding.h"
#include "audio/sample_decoder.h"
#include "base/result.h"

namespace diktate {

// One thread uses it. Memory does not depend on what the bytes say. Errors and warnings do not name the
// stream.
class StreamReader {
 public:
  // `raw` says how to read a stream that does not start with a WAV header; it has passed check_format().
  explicit StreamReader(const PcmFormat& raw) : raw_(raw) {}

  // Takes the next bytes and appends the mono samples that they complete, at the rate of format(). After an
  // error everything is ignored.
  Result<void> push(std::span<const std::byte> bytes, Samples& mono);

  // The stream is at its end. Fails when that is before the samples begin; what is missing later is a
  // warning.
  Result<void> finish(Samples& mono);

  // Known once the first samples can come.
  std::optional<PcmFormat> format() const { return format_; }
  // How many frames a WAV header promises; nothing if it leaves that to the end of the stream, or for raw
  // samples.
  std::optional<std::uint64_t> promised_frames() const;
  // No more samples will come, whatever is pushed.
  bool complete() const { return stage_ == Stage::done; }
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  static constexpr std::size_t kMagicBytes = 12;  // "RIFF", a size, "WAVE"; others are told apart by less
  enum class Stage { magic, chunk, format, long_sizes, skip, samples, done };

  void expect(Stage stage, std::uint64_t bytes);
  void collect(Stage stage, std::size_t bytes);
  void take(std::span<const std::byte> bytes, Samples& mono);
  Result<void> advance(Samples& mono);
  Result<void> read_magic(Samples& mono);
  Result<void> read_chunk();
  Result<void> read_data_size(std::uint32_t size);
  Result<void> read_format();
  void read_long_sizes();
  void start_samples(const PcmFormat& format, std::optional<std::uint64_t> bytes);
  void start_raw(Samples& mono);
  void warn_of_missing_end();

  PcmFormat raw_;
  Stage stage_ = Stage::magic;
  std::uint64_t left_ = kMagicBytes;  // bytes until the stage is over
  std::uint64_t skip_after_ = 0;      // bytes of a chunk, with its padding, after those that are read
  std::vector<std::byte> collected_;  // of a stage that is read as a whole; at most kLongestFormatChunk
  std::optional<std::uint64_t> long_data_size_;  // of RF64
  std::optional<PcmFormat> wav_format_;
  std::optional<PcmFormat> format_;
  std::optional<std::uint64_t> promised_bytes_;
  std::optional<SampleDecoder> decoder_;
  std::uint64_t sample_bytes_ = 0;
  std::vector<std::string> warnings_;
};

}  // namespace diktate
