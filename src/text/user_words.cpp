// The pass that puts in a user's own words: snippets, replacements, favoured words.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "text/dictionary.h"
#include "text/rules.h"
#include "text/snippets.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

bool is_sentence_mark(char c) { return c == '.' || c == '?' || c == '!'; }

// All lower case and nothing but words: casing may begin a sentence with it as with any other.
bool is_plain(std::string_view text) { return has_letter(text) && !has_digit(text) && lowered(text) == text; }

class Pass {
 public:
  Pass(Tokens& tokens, const RuleContext& context) : at_(tokens, context.log), context_(context) {}

  void run() {
    while (!at_.at_end()) {
      if (!put_snippet() && !put_word()) at_.keep();
    }
  }

 private:
  bool put_word() {
    if (context_.options.dictionary == nullptr) return false;
    const auto match = context_.options.dictionary->find(at_);
    if (!match) return false;
    const bool free = !match->favoured && is_plain(match->written);
    const std::string text = std::string(match->written).append(match->ending);
    put(match->words, match->favoured ? "favoured" : "dictionary", {word(text, !free)});
    return true;
  }

  bool put_snippet() {
    const Snippets* snippets = context_.options.snippets;
    if (snippets == nullptr || !at_.now().is_word()) return false;
    const Phrase* called = match_phrase(at_, groups(PhraseGroup::snippet));
    std::size_t count = called == nullptr ? 0 : called->words.size();
    auto match = count > 0 && at_.now(count).gap == Gap::space ? snippets->find(at_, count) : std::nullopt;
    if (!match) {
      count = 0;
      match = snippets->find(at_);
      if (!match || !is_utterance(match->words)) return false;
    }
    count += match->words;
    put_text(count, expanded(match->text, context_.options.values));
    return true;
  }

  // The stop that a recogniser put after the trigger ends what was said, not what is written: it stays only
  // where it parts the text from what follows.
  void put_text(std::size_t count, std::string text) {
    const Token& after = at_.now(count + 1);
    const bool last = after.is_end() || after.gap >= Gap::line;
    const bool whole = ends_sentence(at_.now(count)) && is_utterance(count);
    if (ends_sentence(at_.now(count)) && ((whole && last) || ends_itself(text))) ++count;
    const Gap gap = at_.now(count).is_end() ? Gap::none : take_last_lines(text);
    Tokens tokens;
    if (text.size() > 1 && is_sentence_mark(text.back()) && !is_sentence_mark(text[text.size() - 2])) {
      tokens = {word(text.substr(0, text.size() - 1), true), make_mark(text.substr(text.size() - 1))};
      tokens.back().fixed = true;
    } else if (!text.empty()) {
      tokens = {word(std::move(text), true)};
    }
    put(count, "snippet", std::move(tokens));
    if (!at_.at_end()) at_.next().gap = std::max(at_.next().gap, gap);
    if (whole) ended_ = at_.written();
  }

  // The line breaks at the end of a text that others follow: those begin a line, as after any other break.
  static Gap take_last_lines(std::string& text) {
    Gap gap = Gap::none;
    for (; text.size() > 1 && text.back() == '\n'; text.pop_back()) {
      gap = gap == Gap::none ? Gap::line : Gap::paragraph;
    }
    return gap;
  }

  static bool ends_itself(std::string_view text) {
    return !text.empty() && (is_sentence_mark(text.back()) || text.back() == '\n' || text.back() == ' ' ||
                             text.back() == kCursorMark);
  }

  // Whether the next `count` tokens stand between ends of sentences or lines.
  bool is_utterance(std::size_t count) const {
    const Token& before = at_.before();
    const Token& after = at_.now(count);
    const bool begins = before.is_end() || before.text.empty() || ends_sentence(before) ||
                        at_.now().gap >= Gap::line || at_.written() == ended_;
    return begins && (after.is_end() || ends_sentence(after) || after.gap >= Gap::line);
  }

  // One token, whatever white space is in it: it is written as it was given.
  Token word(std::string text, bool fixed) const {
    if (context_.options.profile.one_line) {
      for (char& c : text) c = c == '\n' ? ' ' : c;
    }
    Token token{.kind = Token::Kind::word, .gap = Gap::space, .fixed = fixed, .text = std::move(text)};
    token.folded = token.text;
    return token;
  }

  void put(std::size_t count, std::string_view rule, Tokens tokens) {
    if (tokens.size() == 1 && tokens.front().text == text_of(count)) {
      for (; count > 0; --count) {
        at_.next().fixed = true;
        at_.keep();
      }
      return;
    }
    context_.log.mark_once();
    at_.replace(count, rule, std::move(tokens));
  }

  std::string text_of(std::size_t count) const {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) text += white_space(at_.now(i).gap);
      text += at_.now(i).text;
    }
    return text;
  }

  Rewriter at_;
  const RuleContext& context_;
  std::size_t ended_ = kNowhere;  // how many tokens were written when a snippet's own utterance ended
};

}  // namespace

void apply_dictionary(Tokens& tokens, const RuleContext& context) {
  if (context.options.dictionary == nullptr && context.options.snippets == nullptr) return;
  Pass(tokens, context).run();
}

}  // namespace diktate
