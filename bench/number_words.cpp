#include "bench/number_words.h"

#include <array>
#include <cstddef>
#include <utility>

namespace diktate::bench {
namespace {

constexpr std::array<std::string_view, 20> kSmall = {
    "zero",     "one",     "two",     "three",     "four",     "five",    "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 10> kTens = {"",      "",      "twenty",  "thirty", "forty",
                                                    "fifty", "sixty", "seventy", "eighty", "ninety"};
constexpr std::array<std::pair<std::uint64_t, std::string_view>, 4> kScales = {
    {{1'000'000'000, "billion"}, {1'000'000, "million"}, {1'000, "thousand"}, {100, "hundred"}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kIrregularOrdinals = {
    {{"one", "first"},
     {"two", "second"},
     {"three", "third"},
     {"five", "fifth"},
     {"eight", "eighth"},
     {"nine", "ninth"},
     {"twelve", "twelfth"}}};
constexpr std::size_t kLongestCardinal = 12;  // digits

std::string joined(std::string left, std::string_view right) {
  if (!right.empty()) left.append(" ").append(right);
  return left;
}

std::string remainder_words(std::uint64_t rest) { return rest == 0 ? std::string() : cardinal(rest); }

std::string ordinal_word(std::string_view cardinal_word) {
  for (const auto& [plain, ordered] : kIrregularOrdinals) {
    if (plain == cardinal_word) return std::string(ordered);
  }
  if (cardinal_word.ends_with('y'))
    return std::string(cardinal_word.substr(0, cardinal_word.size() - 1)) + "ieth";
  return std::string(cardinal_word) + "th";
}

std::string year(std::uint64_t number) {
  const std::uint64_t rest = number % 100;
  const std::string century = cardinal(number / 100);
  if (rest == 0) return century + " hundred";
  return century + (rest < 10 ? " oh " : " ") + cardinal(rest);
}

std::uint64_t value_of(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char digit : digits) value = value * 10 + static_cast<std::uint64_t>(digit - '0');
  return value;
}

// 2005 is said as a number, 2015 and 1905 as years.
bool sounds_like_a_year(std::uint64_t number) {
  return number >= 1100 && number <= 2099 && number % 1000 >= 10;
}

}  // namespace

std::string cardinal(std::uint64_t number) {
  if (number < kSmall.size()) return std::string(kSmall[number]);
  for (const auto& [scale, name] : kScales) {
    if (number >= scale)
      return joined(joined(cardinal(number / scale), name), remainder_words(number % scale));
  }
  return joined(std::string(kTens[number / 10]), remainder_words(number % 10));
}

std::string ordinal(std::uint64_t number) {
  const std::string words = cardinal(number);
  const std::size_t last = words.rfind(' ') + 1;  // npos + 1 is 0
  return words.substr(0, last) + ordinal_word(std::string_view(words).substr(last));
}

std::string digit_by_digit(std::string_view digits) {
  std::string words;
  for (const char digit : digits) {
    if (!words.empty()) words += ' ';
    words += kSmall[static_cast<std::size_t>(digit - '0')];
  }
  return words;
}

std::string read_aloud(std::string_view digits, bool grouped) {
  const bool code = digits.size() > 1 && digits.front() == '0';
  const bool long_run = digits.size() > 4 && !grouped;
  if (code || long_run || digits.size() > kLongestCardinal) return digit_by_digit(digits);
  const std::uint64_t number = value_of(digits);
  return !grouped && sounds_like_a_year(number) ? year(number) : cardinal(number);
}

}  // namespace diktate::bench
