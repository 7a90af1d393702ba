// Reads what is said in place of something written without spaces: an address, a path, a name in a program.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "text/rewriter.h"

namespace diktate {

// One word of it: "smith", "j", "twenty four".
struct SpokenPiece {
  enum class Kind : unsigned char { none, letter, digits, word };
  Kind kind = Kind::none;
  std::size_t tokens = 0;
  std::string text;            // lower case, without accents
  bool may_be_a_word = false;  // a letter that is a word by itself: "a", "i"
};

// The piece that begins `ahead` of the next token. None where a sign of one of `signs` stands (a phrase whose
// value is no letter), a mark, or the end.
SpokenPiece read_piece(const Rewriter& at, const Language& language, std::size_t ahead, PhraseGroups signs);

inline constexpr std::size_t kMostPieces = 24;  // that are read as one

// The sign that begins there: "dot", "at sign"; nullptr for none.
const Phrase* read_sign(const Rewriter& at, std::size_t ahead, PhraseGroups signs);

// Whether the token `ahead` stands next to the one before it, without a line between.
bool is_next(const Rewriter& at, std::size_t ahead);

// Classes of words that hold a sentence together, and name nothing.
inline constexpr WordClasses kFunctionWords =
    classes(WordClass::article, WordClass::pronoun, WordClass::object, WordClass::possessive,
            WordClass::demonstrative, WordClass::preposition, WordClass::conjunction, WordClass::be,
            WordClass::auxiliary, WordClass::question);

}  // namespace diktate
