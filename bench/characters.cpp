#include "bench/characters.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace diktate::bench {
namespace {

constexpr char32_t kMalformed = 0xFFFD;

struct Range {
  char32_t first;
  char32_t last;
};

bool within(char32_t c, const Range& range) { return c >= range.first && c <= range.last; }

// Signs, spaces and punctuation outside ASCII.
constexpr std::array<Range, 10> kSigns = {{{0x80, 0xA9},
                                           {0xAB, 0xB4},
                                           {0xB6, 0xB9},
                                           {0xBB, 0xBF},
                                           {0xF7, 0xF7},
                                           {0x2000, 0x206F},
                                           {0x20A0, 0x20CF},
                                           {0x2190, 0x2BFF},
                                           {0x3000, 0x303F},
                                           {0xFE00, 0xFE6F}}};

constexpr std::array<std::pair<char32_t, std::string_view>, 20> kSpelled = {
    {{0x2018, "'"},   {0x2019, "'"},  {0x02BC, "'"},  {0xFF07, "'"},   {0xD7, " times "},
     {0xB9, "1"},     {0xB2, "2"},    {0xB3, "3"},    {0xBC, "1 4"},   {0xBD, "1 2"},
     {0xBE, "3 4"},   {0xFB00, "ff"}, {0xFB01, "fi"}, {0xFB02, "fl"},  {0xFB03, "ffi"},
     {0xFB04, "ffl"}, {0xFB05, "st"}, {0xFB06, "st"}, {0x2026, "..."}, {kMalformed, " "}}};

// Blocks in which a capital letter stands a fixed distance before its small one.
constexpr std::array<std::pair<Range, char32_t>, 5> kCapitals = {{{{0x41, 0x5A}, 0x20},
                                                                  {{0xC0, 0xDE}, 0x20},
                                                                  {{0x391, 0x3A9}, 0x20},
                                                                  {{0x400, 0x40F}, 0x50},
                                                                  {{0x410, 0x42F}, 0x20}}};

// Latin Extended-A: capital and small letters alternate, with the capital even or odd by stretches.
char32_t lower_extended(char32_t c) {
  const bool capital_is_odd = within(c, {0x139, 0x148}) || within(c, {0x179, 0x17E});
  return (c % 2 == 1) == capital_is_odd ? c + 1 : c;
}

char32_t lower(char32_t c) {
  if (c == 0x178) return 0xFF;
  if (within(c, {0x100, 0x17E}) && c != 0x138 && c != 0x149) return lower_extended(c);
  for (const auto& [range, distance] : kCapitals) {
    if (within(c, range)) return c + distance;
  }
  return c;
}

// How many bytes follow the first one of a character; -1 if no character starts with it.
int continuation_bytes(std::uint8_t first) {
  if (first < 0x80) return 0;
  if (first >= 0xC2 && first <= 0xDF) return 1;
  if (first >= 0xE0 && first <= 0xEF) return 2;
  return first >= 0xF0 && first <= 0xF4 ? 3 : -1;
}

// Takes one character off the front of `utf8`, which is not empty.
char32_t next_character(std::string_view& utf8) {
  const auto first = static_cast<std::uint8_t>(utf8.front());
  utf8.remove_prefix(1);
  const int more = continuation_bytes(first);
  if (more <= 0) return more == 0 ? first : kMalformed;
  char32_t c = first & (0x3FU >> more);
  for (int i = 0; i < more; ++i) {
    if (utf8.empty() || (static_cast<std::uint8_t>(utf8.front()) & 0xC0U) != 0x80) return kMalformed;
    c = (c << 6U) | (static_cast<std::uint8_t>(utf8.front()) & 0x3FU);
    utf8.remove_prefix(1);
  }
  return c;
}

void append_utf8(std::string& out, char32_t c) {
  constexpr std::array<char32_t, 4> kLead = {0, 0xC0, 0xE0, 0xF0};
  const std::size_t more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  out += static_cast<char>(kLead[more] | (c >> (6 * more)));
  for (std::size_t left = more; left > 0; --left)
    out += static_cast<char>(0x80U | ((c >> (6 * (left - 1))) & 0x3FU));
}

void append_folded(std::string& out, char32_t c) {
  const auto spelled =
      std::find_if(kSpelled.begin(), kSpelled.end(), [&](const auto& entry) { return entry.first == c; });
  if (spelled != kSpelled.end()) {
    out += spelled->second;
  } else if (std::any_of(kSigns.begin(), kSigns.end(),
                         [&](const Range& range) { return within(c, range); })) {
    out += ' ';
  } else {
    const bool full_width = within(c, {0xFF01, 0xFF5E});
    append_utf8(out, lower(full_width ? c - 0xFEE0 : c));
  }
}

}  // namespace

std::string fold_characters(std::string_view utf8) {
  std::string folded;
  folded.reserve(utf8.size());
  while (!utf8.empty()) append_folded(folded, next_character(utf8));
  return folded;
}

}  // namespace diktate::bench
