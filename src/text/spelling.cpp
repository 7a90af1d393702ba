#include "text/spelling.h"

#include <algorithm>

#include "text/number_words.h"
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

// "seven", "ninety nine"; not "first", and not the "a" of "a hundred".
SpokenPiece read_number_piece(const Rewriter& at, const Language& language, std::size_t ahead) {
  const Entry* entry = at.now(ahead).entry;
  if (number_value(entry, NumberKind::one_of) >= 0 || number_value(entry, NumberKind::short_one) >= 0)
    return {};
  const NumberInWords number = read_number(at, language, ahead);
  if (!number || number.ordinal) return {};
  return {SpokenPiece::Kind::digits, number.words, std::to_string(number.value)};
}

}  // namespace

bool is_next(const Rewriter& at, std::size_t ahead) { return at.now(ahead).gap <= Gap::space; }

const Phrase* read_sign(const Rewriter& at, std::size_t ahead, PhraseGroups signs) {
  const Phrase* phrase = match_phrase(at, signs, ahead);
  return phrase != nullptr && !is_alphanumeric(phrase->value.front()) ? phrase : nullptr;
}

SpokenPiece read_piece(const Rewriter& at, const Language& language, std::size_t ahead, PhraseGroups signs) {
  const Token& token = at.now(ahead);
  if (!token.is_word()) return {};
  if (const Phrase* phrase = match_phrase(at, signs, ahead)) {
    if (!is_alphanumeric(phrase->value.front())) return {};
    return {SpokenPiece::Kind::letter, phrase->words.size(), phrase->value};
  }
  if (SpokenPiece number = read_number_piece(at, language, ahead); number.kind != SpokenPiece::Kind::none)
    return number;
  SpokenPiece piece{SpokenPiece::Kind::word, 1, without_accents(token.folded)};
  if (is_all_digits(piece.text)) {
    piece.kind = SpokenPiece::Kind::digits;
  } else if (piece.text.size() == 1) {
    piece.kind = SpokenPiece::Kind::letter;
    piece.may_be_a_word = token.is(kFunctionWords);
  }
  return piece;
}

}  // namespace diktate
