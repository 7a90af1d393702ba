// The last rule: capitals, and the gaps around marks.
#include <string_view>
#include <vector>

#include "text/commas.h"
#include "text/rules.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::string_view kCasingRule = "casing";

bool is_straight_quote(const Token& token) { return token.is_mark("\"") || token.is_mark("'"); }

// ":)" and the like are words to the reader.
bool is_smiley(const Tokens& tokens, std::size_t index) {
  const Token& token = tokens[index];
  if (!token.is_mark(":") && !token.is_mark(";")) return false;
  if (index + 1 >= tokens.size() || tokens[index + 1].gap != Gap::none) return false;
  const std::string_view next = tokens[index + 1].text;
  return next == ")" || next == "(" || next == "]" || next.starts_with("-)") || next.starts_with("-(");
}

void close_gaps(Tokens& tokens, bool one_line) {
  if (one_line) std::erase_if(tokens, [](const Token& token) { return token.text.empty(); });
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    Token& token = tokens[i];
    if (one_line && token.gap >= Gap::line) token.gap = Gap::space;
    const bool ellipsis = is_ellipsis(token);
    if (is_closing_mark(token) && !ellipsis && token.gap == Gap::space && !is_smiley(tokens, i)) {
      token.gap = Gap::none;
    }
    if (i > 0 && is_opening_mark(tokens[i - 1]) && token.gap == Gap::space) token.gap = Gap::none;
  }
}

class Caser {
 public:
  explicit Caser(const RuleContext& context) : context_(context) {}

  void run(Tokens& tokens) {
    const bool goes_on = leaves_sentence_open(context_.options.before);
    starts_ = !goes_on;
    if (goes_on) lower_first(tokens);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      Token& token = tokens[i];
      if (token.gap >= Gap::line && i > 0) starts_ = true;
      if (token.is_word()) {
        word(token, i > 0 && names_month(tokens[i - 1], token));
        starts_ = false;
      } else if (ends_sentence(token)) {
        starts_ = true;
      } else if (!keeps_start(token)) {
        starts_ = false;
      }
    }
  }

 private:
  // Marks between the end of a sentence and the first word of the next.
  static bool keeps_start(const Token& token) {
    return is_opening_mark(token) || is_straight_quote(token) || token.is_mark("-") || token.is_mark(")") ||
           token.is_mark("]") || token.is_mark("”") || token.is_mark("’") || token.is_mark("»") ||
           token.is_mark("*");
  }

  // "in march", but not "to march". Months that are no other word are in the class of capitals.
  static bool names_month(const Token& before, const Token& token) {
    return token.entry != nullptr && (token.entry->groups & groups(PhraseGroup::month)) != 0 &&
           before.is(classes(WordClass::before_month));
  }

  void word(Token& token, bool month) {
    if (token.fixed) return;
    const bool named = month || token.is(classes(WordClass::capital));
    if ((!starts_ && !named) || !is_plain(token.text)) return;
    change(token, capitalised(token.text));
  }

  // All lower case, and no address, path or option: words like "iPhone" have a case of their own.
  static bool is_plain(std::string_view text) {
    if (text.find_first_of("@/\\_.=") != std::string_view::npos || text[0] == '-' || text[0] == '#')
      return false;
    return lowered(text) == text;
  }

  // The recogniser began a sentence that it did not know to be open. Only of a word that the language knows
  // can it be said that it is no name.
  void lower_first(Tokens& tokens) {
    if (tokens.empty() || !tokens.front().is_word()) return;
    Token& first = tokens.front();
    if (first.fixed || first.entry == nullptr || first.is(classes(WordClass::capital))) return;
    if (is_all_upper(first.text) || !starts_upper(first.text)) return;
    change(first, uncapitalised(first.text));
  }

  void change(Token& token, std::string text) {
    if (context_.log.wanted()) context_.log.add(kCasingRule, token.text, text);
    token.text = std::move(text);
  }

  const RuleContext& context_;
  bool starts_ = true;
};

}  // namespace

void set_casing(Tokens& tokens, const RuleContext& context) {
  close_gaps(tokens, context.options.profile.one_line);
  if (context.options.profile.casing) Caser(context).run(tokens);
}

}  // namespace diktate
