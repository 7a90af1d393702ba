#include "text/spelling.h"

#include <algorithm>

#include "text/unicode.h"

namespace diktate {
namespace {

bool is_alphanumeric(char c) {
  const auto code = static_cast<unsigned char>(c);
  return is_letter(code) || is_digit(code);
}

bool is_all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_digit(static_cast<unsigned char>(c)); });
}

std::int64_t number_of(const Token& token, NumberKind kind) {
  if (token.entry == nullptr || token.fixed) return -1;
  for (const NumberWord& number : token.entry->numbers) {
    if (number.kind == kind) return number.value;
  }
  return -1;
}

// "seven", "twelve", "ninety nine"
Piece read_number(const Rewriter& at, std::size_t ahead) {
  const Token& first = at.now(ahead);
  for (const NumberKind kind : {NumberKind::digit, NumberKind::teen}) {
    if (const auto value = number_of(first, kind); value >= 0)
      return {Piece::Kind::digits, 1, std::to_string(value)};
  }
  const auto tens = number_of(first, NumberKind::ten);
  if (tens < 0) return {};
  const auto ones = is_next(at, ahead + 1) ? number_of(at.now(ahead + 1), NumberKind::digit) : -1;
  if (ones <= 0) return {Piece::Kind::digits, 1, std::to_string(tens)};
  return {Piece::Kind::digits, 2, std::to_string(tens + ones)};
}

}  // namespace

bool is_next(const Rewriter& at, std::size_t ahead) { return at.now(ahead).gap <= Gap::space; }

const Phrase* read_sign(const Rewriter& at, std::size_t ahead, PhraseGroups signs) {
  const Phrase* phrase = match_phrase(at, signs, ahead);
  return phrase != nullptr && !is_alphanumeric(phrase->value.front()) ? phrase : nullptr;
}

Piece read_piece(const Rewriter& at, std::size_t ahead, PhraseGroups signs) {
  const Token& token = at.now(ahead);
  if (!token.is_word()) return {};
  if (const Phrase* phrase = match_phrase(at, signs, ahead)) {
    if (!is_alphanumeric(phrase->value.front())) return {};
    return {Piece::Kind::letter, phrase->words.size(), phrase->value};
  }
  if (Piece number = read_number(at, ahead); number.kind != Piece::Kind::none) return number;
  Piece piece{Piece::Kind::word, 1, without_accents(token.folded)};
  if (is_all_digits(piece.text)) {
    piece.kind = Piece::Kind::digits;
  } else if (piece.text.size() == 1) {
    piece.kind = Piece::Kind::letter;
    piece.may_be_a_word = token.is(kFunctionWords);
  }
  return piece;
}

}  // namespace diktate
