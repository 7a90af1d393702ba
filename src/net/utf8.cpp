#include "net/utf8.h"

#include <cstddef>

namespace diktate {
namespace {

constexpr std::string_view kReplacementBytes = "\xEF\xBF\xBD";

// What may follow a first byte: how many bytes, and the range of the first of them, which keeps out
// overlong forms, surrogates and what lies beyond U+10FFFF (Unicode 15, table 3-7).
struct Form {
  std::size_t following = 0;
  unsigned char lowest = 0x80;
  unsigned char highest = 0xBF;
  bool good = true;
};

Form form_of(unsigned char first) {
  if (first < 0x80) return {};
  if (first >= 0xC2 && first <= 0xDF) return {.following = 1};
  if (first == 0xE0) return {.following = 2, .lowest = 0xA0};
  if (first == 0xED) return {.following = 2, .highest = 0x9F};
  if (first >= 0xE1 && first <= 0xEF) return {.following = 2};
  if (first == 0xF0) return {.following = 3, .lowest = 0x90};
  if (first >= 0xF1 && first <= 0xF3) return {.following = 3};
  if (first == 0xF4) return {.following = 3, .highest = 0x8F};
  return {.good = false};
}

// How many bytes the sequence at the front takes, and whether it is whole.
struct Sequence {
  std::size_t size = 1;
  bool good = false;
};

Sequence sequence_at(std::string_view bytes) {
  const Form form = form_of(static_cast<unsigned char>(bytes.front()));
  if (!form.good) return {};
  std::size_t size = 1;
  for (; size <= form.following && size < bytes.size(); ++size) {
    const auto next = static_cast<unsigned char>(bytes[size]);
    const unsigned char lowest = size == 1 ? form.lowest : 0x80;
    const unsigned char highest = size == 1 ? form.highest : 0xBF;
    if (next < lowest || next > highest) break;
  }
  return {size, size == form.following + 1};
}

}  // namespace

std::string valid_utf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const Sequence sequence = sequence_at(bytes);
    text += sequence.good ? bytes.substr(0, sequence.size) : kReplacementBytes;
    bytes.remove_prefix(sequence.size);
  }
  return text;
}

}  // namespace diktate
