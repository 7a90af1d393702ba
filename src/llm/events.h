// Cuts the bytes of a stream into events: lines of NDJSON, or server-sent events, however the bytes were
// split. Source: the WHATWG HTML standard, 9.2.6 "Interpreting an event stream".
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace diktate {

// Pure, linear in the bytes, and remembers no more than `most_bytes` of one event. One thread uses it.
class EventReader {
 public:
  enum class Format { ndjson, sse };
  // `type` is empty where the event has none. Both live for the call. An error ends the reading.
  using Sink = std::function<Result<void>(std::string_view type, std::string_view data)>;

  EventReader(Format format, std::size_t most_bytes) : format_(format), most_bytes_(most_bytes) {}

  // `failed` when an event is too large, else what `sink` says.
  Result<void> push(std::string_view bytes, const Sink& sink);

  // The stream is over: hands over what stands after its last line end. An event that is cut, as the standard
  // asks, is nothing.
  Result<void> finish(const Sink& sink);

 private:
  Result<void> take_line(std::string_view line, const Sink& sink);
  Result<void> take_field(std::string_view line, const Sink& sink);
  Result<void> hand_over(const Sink& sink);

  Format format_;
  std::size_t most_bytes_;
  std::string line_;  // what is there of one that is not ended
  bool after_return_ = false;
  bool first_line_ = true;
  std::string type_;
  std::string data_;
};

}  // namespace diktate
