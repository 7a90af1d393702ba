#include "text/token.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::array<std::string_view, 15> kClosing = {",", ".", ";", ":", "?", "!", "…",  ")",
                                                       "]", "}", "”", "’", "»", "%", "..."};
constexpr std::array<std::string_view, 10> kOpening = {"(", "[", "{", "“", "‘", "«", "¿", "¡", "„", "‚"};
constexpr std::array<std::string_view, 6> kDashes = {"—", "–", "―", "\"", "'", "*"};

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& marks, std::string_view mark) {
  return std::find(marks.begin(), marks.end(), mark) != marks.end();
}

bool is_white(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The mark that `text` begins with, or nothing.
std::string_view leading_mark(std::string_view text) {
  if (text.starts_with("...")) return text.substr(0, 3);
  const std::string_view first = text.substr(0, first_character(text).size);
  return contains(kClosing, first) || contains(kOpening, first) || contains(kDashes, first) ? first : "";
}

std::string_view trailing_mark(std::string_view text) {
  if (text.ends_with("...")) return text.substr(text.size() - 3);
  const std::string_view last = text.substr(text.size() - last_character(text).size);
  const bool mark = contains(kClosing, last) || contains(kOpening, last) || contains(kDashes, last);
  return mark && last != "%" ? last : "";
}

// Where a dash inside a word parts it ("home—finally"); npos for nowhere.
std::size_t inner_dash(std::string_view word) {
  return std::min({word.find("—"), word.find("…"), word.find("―")});
}

std::string fold(std::string_view word) {
  std::string folded = lowered(word);
  for (std::size_t at = folded.find("’"); at != std::string::npos; at = folded.find("’", at)) {
    folded.replace(at, std::string_view("’").size(), "'");
  }
  return folded;
}

class Tokeniser {
 public:
  Tokeniser(const Language& language, const std::vector<std::size_t>& pieces)
      : language_(language), pieces_(pieces) {}

  Tokens run(std::string_view text) {
    tokens_.reserve(text.size() / 5 + 1);
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t start = at;
      int lines = 0;
      while (at < text.size() && is_white(text[at])) lines += text[at++] == '\n' ? 1 : 0;
      if (start == 0 && lines > 0) push(make_mark(""));  // lines before the first word are part of the text
      gap_ = lines > 1 ? Gap::paragraph : lines == 1 ? Gap::line : at > start ? Gap::space : Gap::none;
      const std::size_t begin = at;
      while (at < text.size() && !is_white(text[at])) ++at;
      while (next_piece_ < pieces_.size() && pieces_[next_piece_] < at) {
        piece_start_ = true;
        ++next_piece_;
      }
      chunk(text.substr(begin, at - begin));
    }
    if (gap_ >= Gap::line) push(make_mark(""));  // and so are those after the last
    return std::move(tokens_);
  }

 private:
  // What stands between two white spaces: marks, a word, marks.
  void chunk(std::string_view text) {
    while (!text.empty()) {
      const std::string_view mark = leading_mark(text);
      if (mark.empty() || starts_word(text)) break;
      push(make_mark(std::string(mark)));
      text.remove_prefix(mark.size());
    }
    std::size_t end = text.size();
    while (end > 0 && text != ".." && !is_abbreviation(text.substr(0, end))) {
      const std::string_view mark = trailing_mark(text.substr(0, end));
      if (mark.empty()) break;
      end -= mark.size();
    }
    words(text.substr(0, end));
    for (std::string_view rest = text.substr(end); !rest.empty();) {
      const std::string_view mark = leading_mark(rest);
      push(make_mark(std::string(mark)));
      rest.remove_prefix(mark.size());
    }
  }

  // ".5", "'90s", "./run", "..", ".bashrc" are words.
  static bool starts_word(std::string_view text) {
    if (text.size() < 2) return false;
    const auto next = static_cast<unsigned char>(text[1]);
    if (text[0] == '\'') return is_digit(next);
    return text[0] == '.' &&
           (is_digit(next) || is_letter(next) || next == '/' || text == ".." || text.starts_with("../"));
  }

  bool is_abbreviation(std::string_view text) const {
    if (!text.ends_with('.') || text.ends_with("..")) return false;
    if (is_dotted(text)) return true;
    const Entry* entry = language_.find(fold(text));
    return entry != nullptr && (entry->groups & groups(PhraseGroup::abbreviation)) != 0;
  }

  void words(std::string_view text) {
    while (!text.empty()) {
      const std::size_t dash = inner_dash(text);
      if (dash == std::string_view::npos) break;
      if (dash > 0) push(make_word(std::string(text.substr(0, dash)), language_));
      const std::size_t size = first_character(text.substr(dash)).size;
      push(make_mark(std::string(text.substr(dash, size))));
      text.remove_prefix(dash + size);
    }
    if (!text.empty()) push(make_word(std::string(text), language_));
  }

  void push(Token token) {
    token.gap = std::exchange(gap_, Gap::none);
    token.piece_start = std::exchange(piece_start_, false);
    tokens_.push_back(std::move(token));
  }

  const Language& language_;
  const std::vector<std::size_t>& pieces_;
  std::size_t next_piece_ = 0;
  bool piece_start_ = false;
  Gap gap_ = Gap::none;
  Tokens tokens_;
};

}  // namespace

bool ends_sentence(const Token& token) {
  return token.is_mark() && (token.text == "." || token.text == "?" || token.text == "!");
}

bool is_closing_mark(const Token& token) { return token.is_mark() && contains(kClosing, token.text); }

bool is_opening_mark(const Token& token) { return token.is_mark() && contains(kOpening, token.text); }

bool is_subject(const Token& token) { return token.is(classes(WordClass::pronoun)); }

bool is_break(const Token& token) { return !token.is_word() || token.gap >= Gap::line; }

bool is_dotted(std::string_view word) {
  if (word.size() < 4) return false;
  for (std::size_t at = 0; at < word.size(); at += 2) {
    if (at + 1 >= word.size() || !is_letter(static_cast<unsigned char>(word[at])) || word[at + 1] != '.')
      return false;
  }
  return true;
}

Tokens tokenise(std::string_view text, const Language& language, const std::vector<std::size_t>& pieces) {
  return Tokeniser(language, pieces).run(text);
}

Token make_word(std::string text, const Language& language, Gap gap) {
  Token token{.kind = Token::Kind::word, .gap = gap, .text = std::move(text)};
  token.folded = fold(token.text);
  token.entry = language.find(token.folded);
  return token;
}

Token make_mark(std::string text, Gap gap) {
  return {.kind = Token::Kind::mark, .gap = gap, .text = std::move(text)};
}

std::string_view white_space(Gap gap) {
  switch (gap) {
    case Gap::none:
      return "";
    case Gap::space:
      return " ";
    case Gap::line:
      return "\n";
    case Gap::paragraph:
      return "\n\n";
  }
  return "";
}

std::string render(const Token* first, const Token* last) {
  std::string text;
  for (const Token* token = first; token != last; ++token) {
    if (token != first) text += white_space(token->gap);
    text += token->text;
  }
  return text;
}

std::string render(const Tokens& tokens) { return render(tokens.data(), tokens.data() + tokens.size()); }

}  // namespace diktate
