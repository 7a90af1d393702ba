#include "llm/events.h"

#include <utility>

namespace diktate {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

tl::unexpected<Error> too_large() { return fail(ErrorKind::failed, "one event of the answer is too large"); }

}  // namespace

Result<void> EventReader::push(std::string_view bytes, const Sink& sink) {
  if (after_return_ && bytes.starts_with('\n')) bytes.remove_prefix(1);
  if (!bytes.empty()) after_return_ = false;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find_first_of("\r\n");
    const std::string_view part = bytes.substr(0, end);
    if (line_.size() + part.size() > most_bytes_) return too_large();
    line_ += part;
    if (end == std::string_view::npos) return {};
    const bool is_return = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    if (is_return && bytes.starts_with('\n'))
      bytes.remove_prefix(1);
    else
      after_return_ = is_return && bytes.empty();
    const std::string line = std::exchange(line_, {});
    if (auto taken = take_line(line, sink); !taken) return taken;
  }
  return {};
}

Result<void> EventReader::finish(const Sink& sink) {
  if (line_.empty()) return {};
  const std::string line = std::exchange(line_, {});
  return take_line(line, sink);
}

Result<void> EventReader::take_line(std::string_view line, const Sink& sink) {
  if (std::exchange(first_line_, false) && line.starts_with(kByteOrderMark)) line.remove_prefix(3);
  if (format_ == Format::sse) return take_field(line, sink);
  return line.find_first_not_of(" \t") == std::string_view::npos ? Result<void>() : sink({}, line);
}

Result<void> EventReader::take_field(std::string_view line, const Sink& sink) {
  if (line.empty()) return hand_over(sink);
  const std::size_t colon = line.find(':');
  const std::string_view name = line.substr(0, colon);
  std::string_view value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (name == "event") type_ = value;
  if (name == "error") type_ = name;  // llama.cpp before 2025: "error: {...}" instead of data
  if (name != "data" && name != "error") return {};
  if (data_.size() + value.size() + 1 > most_bytes_) return too_large();
  data_ += value;
  data_ += '\n';
  return {};
}

Result<void> EventReader::hand_over(const Sink& sink) {
  const std::string type = std::exchange(type_, {});
  std::string data = std::exchange(data_, {});
  if (data.empty()) return {};
  data.pop_back();
  return sink(type, data);
}

}  // namespace diktate
