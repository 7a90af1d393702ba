#include "bench/plain_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <string_view>
#include <utility>
#include <vector>

namespace diktate::bench {
namespace {

constexpr auto kSyntax = std::regex::ECMAScript | std::regex::icase | std::regex::optimize;

constexpr std::array<std::string_view, 20> kOnes = {
    "zero",     "one",     "two",     "three",     "four",     "five",    "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 8> kTensFromTwenty = {"twenty", "thirty",  "forty",  "fifty",
                                                             "sixty",  "seventy", "eighty", "ninety"};

template <std::size_t size>
std::string any_of(const std::array<std::string_view, size>& words, std::size_t first) {
  std::string pattern;
  for (std::size_t i = first; i < size; ++i) pattern += (i > first ? "|" : "") + std::string(words[i]);
  return "(" + pattern + ")";
}

template <std::size_t size>
int position(const std::array<std::string_view, size>& words, const std::string& word) {
  return static_cast<int>(std::find(words.begin(), words.end(), word) - words.begin());
}

// Every match replaced by what `written` makes of it.
template <class Written>
std::string replaced(const std::string& text, const std::regex& pattern, const Written& written) {
  std::string result;
  auto from = text.begin();
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match) {
    result.append(from, (*match)[0].first);
    result += written(*match);
    from = (*match)[0].second;
  }
  result.append(from, text.end());
  return result;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string figures(const std::smatch& match) {
  if (!match[2].matched) return std::to_string(position(kOnes, lower(match[1])));
  const int ones = match[3].matched ? position(kOnes, lower(match[3])) : 0;
  return std::to_string((position(kTensFromTwenty, lower(match[2])) + 2) * 10 + ones);
}

std::string capital(const std::smatch& match) {
  std::string text = match.str();
  text.back() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.back())));
  return text;
}

const std::vector<std::pair<std::regex, std::string>>& replacements() {
  static const std::vector<std::pair<std::regex, std::string>> kAll = {
      {std::regex(",? ?\\b(um+|uh+|er|erm|hm+)\\b,?", kSyntax), ""},
      {std::regex(", (like|you know|i mean|sort of|kind of)\\b,?", kSyntax), ""},
      {std::regex("\\b(\\w+),? \\1\\b", kSyntax), "$1"},
      {std::regex("[,.]? ?\\bcomma\\b[,.]?", kSyntax), ","},
      {std::regex("[,.]? ?\\b(period|full stop)\\b[,.]?", kSyntax), "."},
      {std::regex("[,.]? ?\\bquestion mark\\b[,.]?", kSyntax), "?"},
      {std::regex(" ?\\bnew line\\b[,.]? ?", kSyntax), "\n"},
      {std::regex(" ?\\bnew paragraph\\b[,.]? ?", kSyntax), "\n\n"}};
  return kAll;
}

}  // namespace

std::string plain_rules(std::string text) {
  for (const auto& [pattern, with] : replacements()) text = std::regex_replace(text, pattern, with);
  static const std::regex kNumber("\\b(?:" + any_of(kOnes, 0) + "|" + any_of(kTensFromTwenty, 0) + "(?:[ -]" +
                                      any_of(kOnes, 1) + ")?)\\b",
                                  kSyntax);
  static const std::regex kStart("(^|[.?!]\\s+|\\n)[a-z]", std::regex::ECMAScript | std::regex::optimize);
  return replaced(replaced(text, kNumber, figures), kStart, capital);
}

}  // namespace diktate::bench
