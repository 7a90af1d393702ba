// Fuzzes the readers of the daemon's messages. They must never crash; lines must be the same however the
// bytes were split; what was understood must be understood again when it is written out.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <fuzzer/FuzzedDataProvider.h>

#include "rpc/line_buffer.h"
#include "rpc/message.h"

namespace diktate {
namespace {

constexpr std::size_t kLongest = 4000;

void require(bool condition) {
  if (!condition) std::abort();
}

std::vector<std::string> lines_of(std::string_view bytes, std::size_t size, bool& too_long) {
  std::vector<std::string> lines;
  LineBuffer buffer(kLongest);
  while (!bytes.empty() && !buffer.too_long()) {
    buffer.push(bytes.substr(0, size));
    bytes.remove_prefix(std::min(size, bytes.size()));
    while (auto line = buffer.next()) lines.push_back(std::move(*line));
  }
  too_long = buffer.too_long();
  return lines;
}

void check_request(const std::string& line) {
  const auto request = parse_request(line);
  if (!request) {
    require(read_message(fault_line(request.error())).has_value());
    return;
  }
  const auto again = parse_request(request_line(*request));
  require(again && again->id == request->id && again->method == request->method &&
          again->params == request->params);
}

void check_message(const std::string& line) {
  const auto message = read_message(line);
  if (!message || message->event.empty()) return;
  const auto again = read_message(event_line(message->number, message->event, message->data));
  require(again && again->event == message->event && again->data == message->data);
}

}  // namespace
}  // namespace diktate

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider input(data, size);
  const auto chunk = input.ConsumeIntegralInRange<std::size_t>(1, 50);
  const std::string bytes = input.ConsumeRemainingBytesAsString();
  bool whole_too_long = false;
  bool split_too_long = false;
  const auto lines = diktate::lines_of(bytes, bytes.size() + 1, whole_too_long);
  diktate::require(diktate::lines_of(bytes, chunk, split_too_long) == lines);
  diktate::require(whole_too_long == split_too_long);
  for (const std::string& line : lines) {
    diktate::check_request(line);
    diktate::check_message(line);
  }
  return 0;
}
