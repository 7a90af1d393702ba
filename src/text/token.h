// Text as tokens: words and marks, each with the white space before it. The rules of this folder read and
// write tokens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/language.h"

namespace diktate {

// White space in front of a token; the larger wins where two meet.
enum class Gap : unsigned char { none, space, line, paragraph };

struct Token {
  enum class Kind : unsigned char {
    end,   // beyond the text: what Rewriter shows on either side of it
    word,  // letters and digits with what stands inside: "don't", "5:30", "3.2.1", "$5", "p.m.", "a@b.org"
    mark,  // punctuation: one character, or an ellipsis of dots
  };
  Kind kind = Kind::end;
  Gap gap = Gap::none;
  bool fixed = false;        // written by a rule or asked for literally: no later rule reads it as a command,
                             // number or filler, and none changes its case
  bool piece_start = false;  // the speaker paused before it
  std::string text;
  std::string folded;            // words: lower case, with straight apostrophes; what tables are asked for
  const Entry* entry = nullptr;  // what the language knows of the word; lives as long as the language

  bool is_word() const { return kind == Kind::word; }
  bool is_mark() const { return kind == Kind::mark; }
  bool is_end() const { return kind == Kind::end; }
  bool is_mark(std::string_view mark) const { return kind == Kind::mark && text == mark; }
  bool is_word(std::string_view word) const { return kind == Kind::word && folded == word; }
  // Whether the language puts the word into (one of) these classes; never of a fixed one.
  bool is(WordClasses classes) const { return entry != nullptr && !fixed && (entry->classes & classes) != 0; }
};
using Tokens = std::vector<Token>;

// Marks after which a sentence begins: . ? ! and the ellipsis is none of them.
bool ends_sentence(const Token& token);
bool is_closing_mark(const Token& token);  // , . ; : ? ! … ) ] } ” » %: no space before it
bool is_opening_mark(const Token& token);  // ( [ { “ « ¿ ¡: no space after it

bool is_subject(const Token& token);  // I, you, they

// Ends what is said in one go: a mark, the text's end, or the first word of a line.
bool is_break(const Token& token);

// "p.m.", "U.S.", "e.g.": single letters, each with its full stop.
bool is_dotted(std::string_view word);

// `text` is sanitised. Every byte of it that is not white space is in one token. `pieces`: byte offsets at
// which a piece of the recogniser's begins, ascending.
Tokens tokenise(std::string_view text, const Language& language, const std::vector<std::size_t>& pieces = {});

// A word, or a mark, looked up. For rules that write.
Token make_word(std::string text, const Language& language, Gap gap = Gap::space);
Token make_mark(std::string text, Gap gap = Gap::none);

std::string_view white_space(Gap gap);

// The text; the first token's gap is left out.
std::string render(const Token* first, const Token* last);
std::string render(const Tokens& tokens);

}  // namespace diktate
