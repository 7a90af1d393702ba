// What is written in programs and for them: names ("snake case foo bar"), paths, options.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/number_words.h"
#include "text/paths.h"
#include "text/rules.h"
#include "text/spelling.h"
#include "text/unicode.h"

namespace diktate {
namespace {

// What ends a name.
constexpr PhraseGroups kStops =
    groups(PhraseGroup::mark, PhraseGroup::open, PhraseGroup::close, PhraseGroup::join, PhraseGroup::sign,
           PhraseGroup::prefix, PhraseGroup::layout, PhraseGroup::casing, PhraseGroup::literal,
           PhraseGroup::no_space, PhraseGroup::key, PhraseGroup::take_back, PhraseGroup::code_style,
           PhraseGroup::code_sign);
constexpr std::string_view kEnd = "end";  // the style that ends one

struct Name {
  std::vector<std::string> words;
  std::size_t end = 0;  // tokens up to here
};

// Adds "well-known" as two words, and "don't" as one.
void add_words(std::vector<std::string>& words, std::string_view text) {
  words.emplace_back();
  while (!text.empty()) {
    const auto [code, size] = first_character(text);
    if (is_letter(code) || is_digit(code)) {
      words.back() += text.substr(0, size);
    } else if (code != '\'' && !words.back().empty()) {
      words.emplace_back();
    }
    text.remove_prefix(size);
  }
  if (words.back().empty()) words.pop_back();
}

Name read_name(const Rewriter& at, const Language& language, std::size_t ahead) {
  Name name{.end = ahead};
  bool letters = false;  // so far, in the last word
  while (is_next(at, name.end) && !at.now(name.end).fixed && match_phrase(at, kStops, name.end) == nullptr) {
    const SpokenPiece piece = read_piece(at, language, name.end, 0);
    if (piece.kind == SpokenPiece::Kind::none) break;
    const bool letter = piece.kind == SpokenPiece::Kind::letter;
    if (letter && letters) {
      name.words.back() += piece.text;
    } else {
      add_words(name.words, piece.text);
    }
    letters = letter;
    name.end += piece.tokens;
  }
  return name;
}

std::string joined(const std::vector<std::string>& words, std::string_view sign) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string(sign)) + word;
  return text;
}

std::string in_style(std::vector<std::string> words, std::string_view style) {
  if (style == "snake") return joined(words, "_");
  if (style == "kebab") return joined(words, "-");
  if (style == "dot") return joined(words, ".");
  if (style == "constant") return uppered(joined(words, "_"));
  for (std::size_t i = style == "camel" ? 1 : 0; i < words.size(); ++i) words[i] = capitalised(words[i]);
  return joined(words, "");
}

class Identifiers {
 public:
  Identifiers(Tokens& tokens, const RuleContext& context) : context_(context), at_(tokens, context.log) {}

  void run() {
    while (!at_.at_end()) {
      const bool open = at_.now().is_word() && !at_.now().fixed;
      if (!open || !(style() || option() || path() || equals())) at_.keep();
    }
  }

 private:
  const Language& language() const { return context_.language; }

  void write(std::size_t count, std::string text, std::string_view rule) {
    Token word = make_word(std::move(text), language());
    word.fixed = true;
    at_.replace(count, rule, {std::move(word)});
  }

  // "snake case foo bar", but not "use snake case for names" or "the snake case convention"
  bool style() {
    const Phrase* style = match_phrase(at_, groups(PhraseGroup::code_style));
    if (style == nullptr || style->value == kEnd) return false;
    const std::size_t first = style->words.size();
    const Name name = read_name(at_, language(), first);
    if (name.words.empty()) return false;
    const Phrase* end = match_phrase(at_, groups(PhraseGroup::code_style), name.end);
    const bool ended = end != nullptr && end->value == kEnd;
    const Token& before = at_.before();
    if (!ended && before.is(classes(WordClass::article, WordClass::possessive, WordClass::demonstrative)))
      return false;
    const bool goes_on = at_.now(first).is(classes(WordClass::preposition, WordClass::conjunction)) ||
                         (before.is(kFunctionWords) && at_.now(first).is(kFunctionWords));
    if (!ended && goes_on && before.is(kFunctionWords | classes(WordClass::verb))) return false;
    write(name.end + (ended ? end->words.size() : 0), in_style(name.words, style->value), "identifier");
    return true;
  }

  bool option() {
    auto option = find_option(at_, language());
    if (!option) return false;
    lower_program();
    write(option->tokens, std::move(option->text), "option");
    number();
    return true;
  }

  // "dash n five"
  void number() {
    const NumberInWords number = read_number(at_, language());
    if (at_.now().gap == Gap::space && number && !number.ordinal && number.alone)
      write(number.words, std::to_string(number.value), "option");
  }

  bool path() {
    auto path = find_path(at_, language());
    if (!path) return false;
    lower_program();
    write(path->tokens, std::move(path->text), "path");
    return true;
  }

  // The recogniser takes "Cat slash etc slash hosts" for a sentence.
  void lower_program() {
    if (at_.written() != 1 || !at_.before().is(classes(WordClass::program))) return;
    at_.last().text = at_.last().folded;
  }

  // "x equals five"
  bool equals() {
    const Phrase* sign = match_phrase(at_, groups(PhraseGroup::code_sign));
    if (sign == nullptr || !sign->value.ends_with('=')) return false;
    const Token& next = at_.now(sign->words.size());
    if (!is_operand(at_.before()) || !is_operand(next) || next.gap > Gap::space) return false;
    write(sign->words.size(), sign->value, "sign");
    number();
    return true;
  }

  static bool is_operand(const Token& token) {
    return token.is_word() &&
           (token.text.size() == 1 || !token.is(kFunctionWords | classes(WordClass::verb)));
  }

  const RuleContext& context_;
  Rewriter at_;
};

bool has_code_words(const Tokens& tokens) {
  for (const Token& token : tokens) {
    if (token.entry != nullptr &&
        (token.entry->groups & groups(PhraseGroup::code_style, PhraseGroup::code_sign)) != 0)
      return true;
  }
  return false;
}

// A recogniser ends what it takes for a sentence with a stop, and has begun it with a capital.
void drop_last_stop(Tokens& tokens, ChangeLog& log) {
  if (tokens.size() < 2 || !tokens.back().is_mark(".") || !starts_upper(tokens.front().text)) return;
  log.add("stop", tokens.back().text, {});
  tokens.pop_back();
}

}  // namespace

void write_identifiers(Tokens& tokens, const RuleContext& context) {
  drop_last_stop(tokens, context.log);
  if (has_code_words(tokens)) Identifiers(tokens, context).run();
}

}  // namespace diktate
