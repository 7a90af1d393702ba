// Digits said one by one: telephone numbers, and what stands after "code", "room", "extension".
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/digit_words.h"
#include "text/number_words.h"
#include "text/rules.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::size_t kMostRunWords = 64;  // of a run
constexpr std::size_t kFewestDigits = 4;   // that are one number without a reason
constexpr std::size_t kFewestFigures = 7;  // of a recogniser's own
constexpr std::size_t kFewestAfterOh = 6;  // "oh one more thing"
constexpr std::size_t kFewestAfterPlus = 8;

// Digits that stand next to each other. `groups` are where the speaker made a comma of it.
struct DigitRun {
  std::size_t tokens = 0;
  std::string digits;
  std::vector<std::size_t> groups;  // lengths of digits up to each comma
  int words = 0;
  int singles = 0;
  bool inner_first = false, figures = false, hundreds = false;

  bool one_by_one() const { return singles == static_cast<int>(digits.size()); }
};

bool is_separator(const Token& token) {
  return token.is_mark(",") || token.is_mark("–") || token.is_mark("-");
}

// The run from `ahead` on; over commas only if `whole`.
DigitRun read_run(const Rewriter& at, const Language& language, std::size_t ahead, bool only_singles,
                  bool whole) {
  DigitRun run;
  std::size_t end = ahead;
  while (run.words < static_cast<int>(kMostRunWords)) {
    const bool comma = whole && run.words > 0 && is_separator(at.now(end));
    const std::size_t next = end + (comma ? 1 : 0);
    if (run.words > 0 && at.now(next).gap != Gap::space) break;
    const DigitWord word = read_digit_word(at, language, next);
    if (!word || (only_singles && word.singles == 0)) break;
    if (comma) run.groups.push_back(run.digits.size());
    run.inner_first = run.inner_first || (run.words == 0 && word.inner);
    run.figures = run.figures || word.figures;
    run.hundreds = run.hundreds || word.hundreds;
    run.digits += word.digits;
    run.singles += word.singles;
    ++run.words;
    end = next + word.tokens;
  }
  run.tokens = end - ahead;
  return run;
}

// How a telephone number of so many digits is parted, "3-4"; "" if there is none so long.
std::string_view shape_of(const Language& language, std::size_t digits) {
  const Entry* entry = language.find(std::to_string(digits));
  if (entry == nullptr) return {};
  for (const Phrase& phrase : entry->phrases) {
    if (phrase.group == PhraseGroup::phone_shape) return phrase.value;
  }
  return {};
}

std::string shaped(std::string_view digits, std::string_view shape) {
  std::string text;
  for (const char size : shape) {
    if (size == '-') {
      text += '-';
    } else {
      const auto count = std::min(digits.size(), static_cast<std::size_t>(size - '0'));
      text += digits.substr(0, count);
      digits.remove_prefix(count);
    }
  }
  return text + std::string(digits);
}

std::string as_phone(const Language& language, std::string_view digits) {
  return shaped(digits, shape_of(language, digits.size()));
}

// Whether each comma stands where the number is parted.
bool fits_shape(const DigitRun& run, std::string_view shape) {
  std::vector<std::size_t> ends;
  std::size_t end = 0;
  for (const char size : shape) {
    if (size != '-') ends.push_back(end += static_cast<std::size_t>(size - '0'));
  }
  return !shape.empty() && std::all_of(run.groups.begin(), run.groups.end(), [&](std::size_t group) {
    return std::find(ends.begin(), ends.end(), group) != ends.end();
  });
}

// How many of the digits are the code of a country.
std::size_t country_code_size(std::string_view digits) {
  constexpr std::string_view kTwo =
      "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 "
      "81 82 84 86 90 91 92 93 94 95 98";
  if (digits[0] == '1' || digits[0] == '7') return 1;
  return kTwo.find(digits.substr(0, 2)) != std::string_view::npos ? 2 : 3;
}

enum class Label { none, number, code };

// What "code", "code is", "number:" in front say of the digits.
Label label_before(const Rewriter& at) {
  std::size_t back = 0;
  const Token& joint = at.before();
  if (joint.is(classes(WordClass::be)) || joint.is_mark(":")) back = 1;
  const Token& token = at.before(back);
  if (!token.is(classes(WordClass::code_label))) return Label::none;
  const Entry& entry = *token.entry;
  if ((entry.classes & classes(WordClass::phone_label)) == 0) return Label::code;
  return at.before(back + 1).is(classes(WordClass::code_label)) ? Label::code : Label::number;
}

class Digits {
 public:
  Digits(Tokens& tokens, const RuleContext& context)
      : language_(context.language), at_(tokens, context.log) {}

  void run() {
    while (!at_.at_end()) {
      if (!decimals() && !with_country() && !phone() && !labelled() && !bare()) at_.keep();
    }
  }

 private:
  bool write(std::size_t count, std::string text, std::string_view rule) {
    Token word = make_word(std::move(text), language_);
    word.fixed = true;
    at_.replace(count, rule, {std::move(word)});
    return true;
  }

  // "three point one four one five": another rule's.
  bool decimals() {
    const Token& before = at_.before();
    if (before.entry == nullptr || (before.entry->groups & groups(PhraseGroup::decimal)) == 0) return false;
    const DigitRun run = read_run(at_, language_, 0, false, false);
    at_.keep(run.tokens);
    return run.tokens > 0;
  }

  // "plus one four one five five five five oh one two three"
  bool with_country() {
    const Phrase* plus = match_phrase(at_, groups(PhraseGroup::address));
    if (plus == nullptr || plus->value != "+") return false;
    const DigitRun run = read_run(at_, language_, plus->words.size(), false, false);
    if (run.digits.size() < kFewestAfterPlus || run.digits[0] == '0') return false;
    const std::size_t code = country_code_size(run.digits);
    return write(plus->words.size() + run.tokens,
                 "+" + run.digits.substr(0, code) + " " +
                     as_phone(language_, std::string_view(run.digits).substr(code)),
                 "phone");
  }

  bool phone() {
    if (!read_digit_word(at_, language_, 0)) return false;
    if (label_before(at_) == Label::code) return false;
    for (const bool whole : {true, false}) {
      for (const bool only_singles : {false, true}) {
        const DigitRun run = read_run(at_, language_, 0, only_singles, whole);
        const bool enough = run.one_by_one() ? run.words > 3 : run.singles > 2 && run.words > 3;
        if (!enough || !fits_shape(run, shape_of(language_, run.digits.size()))) continue;
        return write(run.tokens, as_phone(language_, run.digits), "phone");
      }
    }
    return false;
  }

  // "room two oh four", "the code is four two", "flight two thirty seven"
  bool labelled() {
    if (label_before(at_) == Label::none) return false;
    DigitRun run = read_run(at_, language_, 0, false, false);
    if (!run.one_by_one() && (run.hundreds || counts_something(run.tokens)))
      run = read_run(at_, language_, 0, true, false);
    return run.words > 1 && write(run.tokens, run.digits, "digits");
  }

  bool counts_something(std::size_t ahead) const {
    return match_phrase(at_,
                        groups(PhraseGroup::unit, PhraseGroup::time_unit, PhraseGroup::currency,
                               PhraseGroup::percent, PhraseGroup::cents),
                        ahead) != nullptr;
  }

  bool bare() {
    const DigitRun run = read_run(at_, language_, 0, true, false);
    const std::size_t fewest = run.figures       ? kFewestFigures
                               : run.inner_first ? kFewestAfterOh
                                                 : kFewestDigits;
    return run.words > 3 && run.digits.size() >= fewest && write(run.tokens, run.digits, "digits");
  }

  const Language& language_;
  Rewriter at_;
};

bool may_hold_digits(const Tokens& tokens) {
  return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
    return (token.entry != nullptr && !token.entry->numbers.empty()) ||
           (token.text.size() == 1 && has_digit(token.text));
  });
}

}  // namespace

void write_digits(Tokens& tokens, const RuleContext& context) {
  if (may_hold_digits(tokens)) Digits(tokens, context).run();
}

}  // namespace diktate
