#include "text/number_format.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>

#include "text/unicode.h"

namespace diktate {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return is_digit(static_cast<unsigned char>(c)); });
}

// "1,200,000": one to three digits, and groups of three.
bool is_grouped(std::string_view text, std::string_view mark) {
  const std::size_t first = text.find(mark);
  if (first == 0 || first > 3 || !all_digits(text.substr(0, first))) return false;
  for (std::size_t at = first; at < text.size(); at += mark.size() + 3) {
    if (text.substr(at, mark.size()) != mark || text.size() < at + mark.size() + 3) return false;
    if (!all_digits(text.substr(at + mark.size(), 3))) return false;
  }
  return true;
}

}  // namespace

std::string grouped(std::int64_t value, const Figures& figures) {
  std::string text = std::to_string(value);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, figures.group);
  }
  return text;
}

std::string ordinal(std::int64_t value, const Figures& figures) {
  if (figures.ordinals.empty()) return {};
  const bool teen = value / 10 % 10 == 1;
  const auto last = static_cast<std::size_t>(value % 10);
  return grouped(value, figures) + figures.ordinals[!teen && last < figures.ordinals.size() ? last : 0];
}

std::string with_decimals(std::string_view whole, std::string_view decimals, const Figures& figures) {
  return std::string(whole) + figures.decimal + std::string(decimals);
}

std::string two_digits(std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string with_currency(std::string_view amount, std::string_view symbol, const Figures& figures) {
  return figures.currency_first ? std::string(symbol) + std::string(amount)
                                : std::string(amount) + " " + std::string(symbol);
}

bool is_in_figures(std::string_view word, const Figures& figures) {
  const std::size_t decimal = word.find(figures.decimal);
  const std::string_view whole = word.substr(0, decimal);
  if (decimal != std::string_view::npos && !all_digits(word.substr(decimal + figures.decimal.size())))
    return false;
  return all_digits(whole) || is_grouped(whole, figures.group);
}

std::int64_t whole_part(std::string_view word, const Figures& figures) {
  std::string digits;
  for (const char c : word.substr(0, word.find(figures.decimal))) {
    if (is_digit(static_cast<unsigned char>(c))) digits += c;
  }
  std::int64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return read.ec == std::errc() ? value : std::numeric_limits<std::int64_t>::max();
}

}  // namespace diktate
