#include "text/unicode.h"

#include <array>

#include <utf8proc.h>

namespace diktate {
namespace {

constexpr char32_t kMicroSign = 0xB5;  // its capital is a Greek M, which makes mega of micro

bool is_ascii(char32_t code) { return code < 0x80; }

utf8proc_category_t category(char32_t code) { return utf8proc_category(static_cast<utf8proc_int32_t>(code)); }

// `change` applied to every character.
template <class Change>
std::string mapped(std::string_view text, Change change) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto [code, size] = first_character(text);
    const char32_t other = change(code);
    if (other == code) {
      result += text.substr(0, size);
    } else {
      append_character(result, other);
    }
    text.remove_prefix(size);
  }
  return result;
}

template <class Change>
std::string with_first_letter(std::string_view text, Change change) {
  bool done = false;
  return mapped(text, [&](char32_t code) {
    const bool first = !done && is_letter(code);
    done = done || first || is_digit(code);
    return first ? change(code) : code;
  });
}

template <class Test>
bool any_character(std::string_view text, Test test) {
  while (!text.empty()) {
    const auto [code, size] = first_character(text);
    if (test(code)) return true;
    text.remove_prefix(size);
  }
  return false;
}

}  // namespace

Character first_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return {first, 1};
  utf8proc_int32_t code = 0;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                     static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (size <= 0) return {};
  return {static_cast<char32_t>(code), static_cast<std::size_t>(size)};
}

Character last_character(std::string_view text) {
  std::size_t start = text.size() - 1;
  while (start > 0 && text.size() - start < 4 && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80U)
    --start;
  return first_character(text.substr(start));
}

void append_character(std::string& text, char32_t code) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), bytes.data());
  text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

bool is_letter(char32_t code) {
  if (is_ascii(code)) return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
  const auto kind = category(code);
  return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_ME;
}

bool is_digit(char32_t code) { return code >= '0' && code <= '9'; }

bool is_upper(char32_t code) {
  if (is_ascii(code)) return code >= 'A' && code <= 'Z';
  return category(code) == UTF8PROC_CATEGORY_LU;
}

bool is_lower(char32_t code) {
  if (is_ascii(code)) return code >= 'a' && code <= 'z';
  return category(code) == UTF8PROC_CATEGORY_LL;
}

char32_t to_lower(char32_t code) {
  if (is_ascii(code)) return code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
  return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(code)));
}

char32_t to_upper(char32_t code) {
  if (is_ascii(code)) return code >= 'a' && code <= 'z' ? code - ('a' - 'A') : code;
  if (code == kMicroSign) return code;
  return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(code)));
}

std::string lowered(std::string_view text) { return mapped(text, to_lower); }

std::string uppered(std::string_view text) { return mapped(text, to_upper); }

std::string capitalised(std::string_view text) { return with_first_letter(text, to_upper); }

std::string uncapitalised(std::string_view text) { return with_first_letter(text, to_lower); }

std::string without_accents(std::string_view text) {
  return mapped(text, [](char32_t code) {
    if (is_ascii(code)) return code;
    utf8proc_int32_t base = 0;
    const auto size =
        utf8proc_decompose_char(static_cast<utf8proc_int32_t>(code), &base, 1, UTF8PROC_DECOMPOSE, nullptr);
    return size > 0 && base < 0x80 ? static_cast<char32_t>(base) : code;
  });
}

std::string_view trimmed(std::string_view text) {
  const auto white = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && white(text.front())) text.remove_prefix(1);
  while (!text.empty() && white(text.back())) text.remove_suffix(1);
  return text;
}

bool starts_upper(std::string_view word) {
  while (!word.empty()) {
    const auto [code, size] = first_character(word);
    if (is_letter(code)) return is_upper(code);
    word.remove_prefix(size);
  }
  return false;
}

bool has_letter(std::string_view word) { return any_character(word, is_letter); }

bool has_digit(std::string_view word) { return any_character(word, is_digit); }

bool has_only_letters(std::string_view word) {
  return !word.empty() && !any_character(word, [](char32_t code) { return !is_letter(code); });
}

std::u32string base_letters(std::string_view text) {
  constexpr std::size_t kMostMarks = 32;
  constexpr auto kHow = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
                                                       UTF8PROC_CASEFOLD | UTF8PROC_COMPAT);
  std::u32string letters;
  while (!text.empty()) {
    const auto [code, size] = first_character(text);
    text.remove_prefix(size);
    if (is_ascii(code)) {
      if (is_letter(code)) letters += to_lower(code);
      continue;
    }
    if (!is_letter(code)) continue;
    std::array<utf8proc_int32_t, kMostMarks> parts{};
    int boundary = 0;
    const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(code), parts.data(),
                                               static_cast<utf8proc_ssize_t>(parts.size()), kHow, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < static_cast<utf8proc_ssize_t>(parts.size()); ++i)
      letters += static_cast<char32_t>(parts[static_cast<std::size_t>(i)]);
  }
  return letters;
}

bool is_all_upper(std::string_view word) {
  int letters = 0;
  const bool other = any_character(word, [&](char32_t code) {
    if (!is_letter(code)) return false;
    ++letters;
    return !is_upper(code);
  });
  return letters >= 2 && !other;
}

}  // namespace diktate
