#include "app/format.h"

#include <cmath>

#include <fmt/core.h>

namespace diktate {
namespace {

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

bool is_space(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

// C0 and DEL are one byte; C1 (which terminals obey as well) is 0xC2 and one of 0x80..0x9F.
std::size_t control_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x20 || first == 0x7F) return 1;
  if (first != 0xC2 || text.size() < 2) return 0;
  return static_cast<unsigned char>(text[1]) < 0xA0 && continues_character(text[1]) ? 2 : 0;
}

}  // namespace

std::string format_duration(Nanoseconds duration) {
  const double ms = static_cast<double>(duration.count()) / 1e6;
  if (ms >= 999.5) return fmt::format("{:.2f} s", ms / 1e3);
  if (ms >= 9.95) return fmt::format("{:.0f} ms", ms);
  return ms >= 0.095 ? fmt::format("{:.1f} ms", ms) : fmt::format("{:.2f} ms", ms);
}

std::string format_position(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds);
  const auto minutes = whole / 60;
  if (minutes < 60) return fmt::format("{}:{:02}", minutes, whole % 60);
  return fmt::format("{}:{:02}:{:02}", minutes / 60, minutes % 60, whole % 60);
}

std::string format_bytes(std::uintmax_t bytes) {
  const auto size = static_cast<double>(bytes);
  if (bytes < 1000) return fmt::format("{} B", bytes);
  return bytes < 1000000 ? fmt::format("{:.1f} kB", size / 1e3) : fmt::format("{:.1f} MB", size / 1e6);
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text) count += continues_character(byte) ? 0U : 1U;
  return count;
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  while (end < text.size() && (count > 0 || continues_character(text[end]))) {
    if (!continues_character(text[end])) --count;
    ++end;
  }
  return text.substr(0, end);
}

std::string_view last_characters(std::string_view text, std::size_t count) {
  const std::size_t all = count_characters(text);
  if (all <= count) return text;
  return text.substr(first_characters(text, all - count).size());
}

std::string printable(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t control = control_length(text);
    result += control > 0 ? ' ' : text[0];
    text.remove_prefix(control > 0 ? control : 1);
  }
  return result;
}

std::string shown(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else {
      result += c;
    }
  }
  return printable(result + '"');
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && !is_space(text[i])) continue;
    if (i > start) words.push_back(text.substr(start, i - start));
    start = i + 1;
  }
  return words;
}

}  // namespace diktate
