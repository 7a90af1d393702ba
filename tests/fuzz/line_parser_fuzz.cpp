// Fuzzes the readers of lines and of server-sent events. They must never crash, give only valid UTF-8, hold
// no more than their limit, and give the same however the bytes were split.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fuzzer/FuzzedDataProvider.h>

#include "net/line_parser.h"
#include "net/utf8.h"

namespace diktate {
namespace {

constexpr std::size_t kLongest = 200;

void require(bool condition) {
  if (!condition) std::abort();
}

struct Heard {
  std::vector<std::string> texts;
  bool failed = false;
  bool operator==(const Heard&) const = default;
};

template <class NextSize>
Heard hear_lines(std::string_view bytes, LineEnds ends, NextSize next_size) {
  Heard heard;
  LineReader reader(ends, kLongest);
  const auto keep = [&](std::string_view line) -> Result<void> {
    heard.texts.emplace_back(line);
    return {};
  };
  while (!bytes.empty() && !heard.failed) {
    const std::size_t size = std::min<std::size_t>(next_size(), bytes.size());
    heard.failed = !reader.push(bytes.substr(0, size), keep);
    bytes.remove_prefix(size);
  }
  if (!heard.failed) heard.failed = !reader.finish(keep);
  return heard;
}

template <class NextSize>
Heard hear_events(std::string_view bytes, NextSize next_size) {
  Heard heard;
  EventReader reader(kLongest);
  const auto keep = [&](const ServerEvent& event) -> Result<void> {
    heard.texts.push_back(event.name);
    heard.texts.push_back(event.data);
    return {};
  };
  while (!bytes.empty() && !heard.failed) {
    const std::size_t size = std::min<std::size_t>(next_size(), bytes.size());
    heard.failed = !reader.push(bytes.substr(0, size), keep);
    bytes.remove_prefix(size);
  }
  if (!heard.failed) heard.failed = !reader.finish(keep);
  return heard;
}

void check(const Heard& heard) {
  for (const std::string& text : heard.texts) {
    require(text.size() <= 3 * kLongest);  // a bad byte becomes three
    require(valid_utf8(text) == text);
  }
}

void check_bytes(FuzzedDataProvider& input) {
  std::minstd_rand random(input.ConsumeIntegral<std::uint32_t>());
  const std::size_t largest = input.ConsumeIntegralInRange<std::size_t>(1, 50);
  const std::string bytes = input.ConsumeRemainingBytesAsString();
  const auto all = [&] { return bytes.size(); };
  const auto some = [&] { return 1 + random() % largest; };
  for (const LineEnds ends : {LineEnds::lf, LineEnds::lf_or_cr}) {
    const Heard whole = hear_lines(bytes, ends, all);
    check(whole);
    require(hear_lines(bytes, ends, some) == whole);
  }
  const Heard whole = hear_events(bytes, all);
  check(whole);
  require(hear_events(bytes, some) == whole);
}

}  // namespace
}  // namespace diktate

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider input(data, size);
  diktate::check_bytes(input);
  return 0;
}
