#include "net/line_parser.h"

#include <utility>

#include "net/utf8.h"

namespace diktate {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

tl::unexpected<Error> too_long(std::size_t longest) {
  return fail(ErrorKind::failed, "a line of the answer is longer than " + std::to_string(longest) + " bytes");
}

}  // namespace

Result<void> LineReader::push(std::string_view bytes, const OnLine& on_line) {
  const std::string_view ends = ends_ == LineEnds::lf ? "\n" : "\r\n";
  while (!bytes.empty()) {
    if (std::exchange(after_cr_, false) && bytes.front() == '\n') {
      bytes.remove_prefix(1);
      continue;
    }
    const std::size_t end = bytes.find_first_of(ends);
    if (auto done = append(bytes.substr(0, end)); !done) return done;
    if (end == std::string_view::npos) return {};
    after_cr_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    if (auto done = hand_over(on_line); !done) return done;
  }
  return {};
}

Result<void> LineReader::append(std::string_view bytes) {
  if (bytes.size() > longest_ - line_.size()) return too_long(longest_);
  line_ += bytes;
  return {};
}

Result<void> LineReader::hand_over(const OnLine& on_line) {
  const std::string line = std::exchange(line_, {});
  std::string_view text = line;
  if (ends_ == LineEnds::lf && text.ends_with('\r')) text.remove_suffix(1);
  return on_line(valid_utf8(text));
}

Result<void> LineReader::finish(const OnLine& on_line) {
  if (line_.empty()) return {};
  return hand_over(on_line);
}

Result<void> EventReader::push(std::string_view bytes, const OnEvent& on_event) {
  return lines_.push(bytes, [&](std::string_view line) { return read(line, on_event); });
}

Result<void> EventReader::finish(const OnEvent& on_event) { return hand_over(on_event); }

Result<void> EventReader::read(std::string_view line, const OnEvent& on_event) {
  if (std::exchange(first_line_, false) && line.starts_with(kByteOrderMark)) {
    line.remove_prefix(kByteOrderMark.size());
  }
  if (line.empty()) return hand_over(on_event);
  const std::size_t colon = line.find(':');  // at 0: a comment, whose name is empty
  const std::string_view name = line.substr(0, colon);
  std::string_view value = colon == std::string_view::npos ? "" : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (name == "event") event_.name = value;
  if (name != "data") return {};
  if (event_.data.size() + value.size() + 1 > longest_) return too_long(longest_);
  if (std::exchange(has_data_, true)) event_.data += '\n';
  event_.data += value;
  return {};
}

Result<void> EventReader::hand_over(const OnEvent& on_event) {
  ServerEvent event = std::exchange(event_, {});
  if (!std::exchange(has_data_, false)) return {};
  if (event.name.empty()) event.name = "message";
  return on_event(event);
}

}  // namespace diktate
