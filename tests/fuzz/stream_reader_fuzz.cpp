// Fuzzes the reader of streams. It must never crash, never remember more than a header, give only playable
// samples, and give the same ones however the bytes were split.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <span>
#include <string>
#include <vector>

#include <fuzzer/FuzzedDataProvider.h>

#include "audio/stream_reader.h"

namespace diktate {
namespace {

using Bytes = std::vector<std::byte>;

void require(bool condition) {
  if (!condition) std::abort();
}

struct Heard {
  Samples samples;
  std::optional<PcmFormat> format;
  std::optional<std::uint64_t> promised;
  std::vector<std::string> warnings;
  std::string error;
  bool operator==(const Heard&) const = default;
};

template <class NextSize>
Heard hear(std::span<const std::byte> bytes, const PcmFormat& raw, NextSize next_size) {
  Heard heard;
  StreamReader reader(raw);
  while (!bytes.empty()) {
    const auto part = bytes.first(std::min<std::size_t>(next_size(), bytes.size()));
    bytes = bytes.subspan(part.size());
    if (auto done = reader.push(part, heard.samples); !done) heard.error = done.error().message;
  }
  if (auto done = reader.finish(heard.samples); !done) heard.error = done.error().message;
  heard.format = reader.format();
  heard.promised = reader.promised_frames();
  heard.warnings = reader.warnings();
  return heard;
}

void append(Bytes& bytes, std::string_view text) {
  for (const char character : text) bytes.push_back(static_cast<std::byte>(character));
}

void append_number(Bytes& bytes, std::uint32_t value, int width) {
  for (int i = 0; i < width; ++i) bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
}

// A start that saves the fuzzer from finding the magic words by itself.
Bytes head(FuzzedDataProvider& input, const PcmFormat& format) {
  enum { kNone, kRiff, kRf64, kFormat, kMost = kFormat };
  const int kind = input.ConsumeIntegralInRange<int>(kNone, kMost);
  Bytes bytes;
  if (kind == kNone) return bytes;
  append(bytes, kind == kRf64 ? "RF64....WAVEds64" : "RIFF....WAVE");
  if (kind != kFormat) return bytes;
  append(bytes, "fmt ");
  append_number(bytes, 16, 4);
  append_number(bytes, input.PickValueInArray({1U, 3U, 0xFFFEU}), 2);
  append_number(bytes, static_cast<std::uint32_t>(format.channels), 2);
  append_number(bytes, static_cast<std::uint32_t>(format.rate), 4);
  append_number(bytes, 0, 4);
  append_number(bytes, static_cast<std::uint32_t>(format.frame_bytes()), 2);
  append_number(bytes, static_cast<std::uint32_t>(bytes_per_sample(format.encoding) * 8), 2);
  append(bytes, "data");
  append_number(bytes, input.PickValueInArray({0U, 7U, 64U, 100000U, 0xFFFFFFFFU}), 4);
  return bytes;
}

PcmFormat any_format(FuzzedDataProvider& input) {
  return {
      .rate = input.ConsumeIntegralInRange(kLowestRate, kHighestRate),
      .channels = input.ConsumeIntegralInRange(1, kMostChannels),
      .encoding = static_cast<Encoding>(input.ConsumeIntegralInRange(0, static_cast<int>(Encoding::f64le)))};
}

void check(const Heard& heard, std::size_t bytes) {
  require(heard.samples.empty() || heard.format);
  if (heard.format) {
    require(check_format(heard.format->rate, heard.format->channels).has_value());
    require(heard.samples.size() <= bytes / heard.format->frame_bytes());
  }
  for (const float sample : heard.samples) require(sample >= -1.0F && sample <= 1.0F);
}

void check_bytes(FuzzedDataProvider& input) {
  const PcmFormat raw = any_format(input);
  std::minstd_rand random(input.ConsumeIntegral<std::uint32_t>());
  const std::size_t largest = input.ConsumeIntegralInRange<std::size_t>(1, 300);
  Bytes bytes = head(input, raw);
  for (const std::uint8_t byte : input.ConsumeRemainingBytes<std::uint8_t>())
    bytes.push_back(std::byte{byte});

  const Heard whole = hear(bytes, raw, [&] { return bytes.size(); });
  check(whole, bytes.size());
  require(hear(bytes, raw, [&] { return 1 + random() % largest; }) == whole);
}

}  // namespace
}  // namespace diktate

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider input(data, size);
  diktate::check_bytes(input);
  return 0;
}
