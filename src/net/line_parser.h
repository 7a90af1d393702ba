// Streams of lines (NDJSON) and of server-sent events, however the network splits them.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace diktate {

// No server sends more in a line unless something is wrong.
inline constexpr std::size_t kLongestLine = 1U << 20;

enum class LineEnds {
  lf,        // \n and \r\n: NDJSON
  lf_or_cr,  // also a \r alone: server-sent events
};

// Bytes to lines. One thread uses it; nothing waits. After an error it is of no more use.
class LineReader {
 public:
  // The line without its end, valid UTF-8, alive for the call. An error stops the reading and is answered.
  using OnLine = std::function<Result<void>(std::string_view line)>;

  explicit LineReader(LineEnds ends = LineEnds::lf, std::size_t longest = kLongestLine)
      : ends_(ends), longest_(longest) {}

  // Also hands over empty lines.
  Result<void> push(std::string_view bytes, const OnLine& on_line);

  // No more will come: hands over the last line, if it had no end.
  Result<void> finish(const OnLine& on_line);

 private:
  Result<void> append(std::string_view bytes);
  Result<void> hand_over(const OnLine& on_line);

  LineEnds ends_;
  std::size_t longest_;
  std::string line_;
  bool after_cr_ = false;  // a \n that follows belongs to it
};

struct ServerEvent {
  std::string name;  // "message" if the server gave none
  std::string data;  // its lines, joined by \n
};

// Bytes to events, as the HTML standard reads them (9.2.6); ids and retry times, which nobody here uses, are
// skipped. One thread uses it; nothing waits.
class EventReader {
 public:
  using OnEvent = std::function<Result<void>(const ServerEvent& event)>;

  // `longest`: of an event's data as well.
  explicit EventReader(std::size_t longest = kLongestLine)
      : lines_(LineEnds::lf_or_cr, longest), longest_(longest) {}

  Result<void> push(std::string_view bytes, const OnEvent& on_event);

  // No more will come. An event whose lines are whole is handed over even if the empty line after it is
  // missing, as some servers end so.
  Result<void> finish(const OnEvent& on_event);

 private:
  Result<void> read(std::string_view line, const OnEvent& on_event);
  Result<void> hand_over(const OnEvent& on_event);

  LineReader lines_;
  std::size_t longest_;
  ServerEvent event_;
  bool has_data_ = false;
  bool first_line_ = true;
};

}  // namespace diktate
