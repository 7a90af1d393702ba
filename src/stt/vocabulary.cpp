#include "stt/vocabulary.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace diktate {
namespace {

constexpr std::size_t kControlPieces = 3;        // <unk>, <s>, </s>
constexpr std::size_t kMoonshinePieces = 32000;  // its tokens after these mean nothing
constexpr std::string_view kSpace = "\u2581";

std::optional<unsigned> base64_value(char character) {
  if (character >= 'A' && character <= 'Z') return static_cast<unsigned>(character - 'A');
  if (character >= 'a' && character <= 'z') return static_cast<unsigned>(character - 'a' + 26);
  if (character >= '0' && character <= '9') return static_cast<unsigned>(character - '0' + 52);
  if (character == '+') return 62U;
  if (character == '/') return 63U;
  return std::nullopt;
}

std::optional<std::string> decode_base64(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char character : text) {
    const auto value = base64_value(character);
    if (!value) return std::nullopt;
    bits = bits << 6U | *value;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>(bits >> count & 0xFFU);
    }
  }
  return bytes;
}

// The lines inside llama-tokenizer.js; nothing if `script` is not that.
std::optional<std::string> embedded_lines(std::string_view script) {
  constexpr std::string_view kOpening = "llama_vocab_base64 = \"";
  const std::size_t opening = script.find(kOpening);
  if (opening == script.npos) return std::nullopt;
  script.remove_prefix(opening + kOpening.size());
  return decode_base64(script.substr(0, script.find('"')));
}

// The byte that a piece like <0x41> stands for.
std::optional<char> byte_of(std::string_view piece) {
  if (piece.size() != 6 || !piece.starts_with("<0x") || piece.back() != '>') return std::nullopt;
  unsigned value = 0;
  const auto parsed = std::from_chars(piece.data() + 3, piece.data() + 5, value, 16);
  if (parsed.ptr != piece.data() + 5) return std::nullopt;
  return static_cast<char>(value);
}

void append_with_spaces(std::string& text, std::string_view piece) {
  for (std::size_t at = piece.find(kSpace); at != piece.npos; at = piece.find(kSpace)) {
    text += piece.substr(0, at);
    text += ' ';
    piece.remove_prefix(at + kSpace.size());
  }
  text += piece;
}

// How many bytes the UTF-8 character at the start of `text` has; 0 if it is not one.
std::size_t character_size(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return 1;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second > 0x9F;
  const bool too_high = first == 0xF4 && second > 0x8F;
  return overlong || surrogate || too_high ? 0 : size;
}

// Drops the bytes that are not UTF-8, as byte pieces can give them.
std::string valid_utf8(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    result += text.substr(0, size);
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return result;
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

Result<Vocabulary> Vocabulary::parse(std::string_view content) {
  const auto embedded = embedded_lines(content);
  std::string_view rest = embedded ? std::string_view(*embedded) : content;
  Vocabulary vocabulary;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    vocabulary.pieces_.emplace_back(rest.substr(0, end));
    rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
  }
  if (vocabulary.size() <= kControlPieces || vocabulary.pieces_[0] != "<unk>") {
    return fail(ErrorKind::invalid, "damaged or of another make: no vocabulary in it");
  }
  return vocabulary;
}

Result<Vocabulary> Vocabulary::parse_moonshine(std::string_view content) {
  auto vocabulary = parse(content);
  if (vocabulary && vocabulary->size() < kMoonshinePieces) {
    return fail(ErrorKind::invalid, "has " + std::to_string(vocabulary->size()) +
                                        " pieces of text where the model has " +
                                        std::to_string(kMoonshinePieces));
  }
  return vocabulary;
}

std::string Vocabulary::text_of(std::span<const int> tokens) const {
  std::string text;
  for (const int token : tokens) {
    if (token < static_cast<int>(kControlPieces) || token >= static_cast<int>(size())) continue;
    const std::string& piece = pieces_[static_cast<std::size_t>(token)];
    if (const auto byte = byte_of(piece)) {
      text += *byte;
    } else {
      append_with_spaces(text, piece);
    }
  }
  return trimmed(valid_utf8(text));
}

std::string Vocabulary::lines() const {
  std::string result;
  for (const std::string& piece : pieces_) result += piece + '\n';
  return result;
}

}  // namespace diktate
