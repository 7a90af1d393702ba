// Numbers with more than one dot, or with one after a name: "version three point two", "ios seventeen point
// four", and addresses of the internet, "ten dot one dot zero dot one".
#include <algorithm>
#include <string>
#include <utility>

#include "text/digit_words.h"
#include "text/number_words.h"
#include "text/rules.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr int kMostDots = 8;
constexpr int kMostPartWords = 12;  // of a part

// What stands between two dots.
struct Part {
  std::string digits;
  int words = 0;
  bool inner = false;       // with an "oh"
  bool two_digits = false;  // "eleven"
};

bool is_version_part(const Token& token) {
  return token.is_word() && !token.fixed && !token.text.empty() && token.text.front() != '.' &&
         token.text.find_first_not_of("0123456789.") == std::string::npos;
}

Part read_part(const Rewriter& at, const Language& language, std::size_t& end) {
  if (is_version_part(at.now(end))) return {.digits = at.now(end++).text, .words = 1};
  const NumberInWords number = read_number(at, language, end);
  if (number && number.alone && !number.ordinal) {
    end += number.words;
    return {std::to_string(number.value), 1, false, number.value > 9 && number.value < 100};
  }
  Part part;
  for (; part.words < kMostPartWords; ++part.words) {
    if (part.words > 0 && at.now(end).gap != Gap::space) break;
    const DigitWord word = read_digit_word(at, language, end);
    if (!word) break;
    part.digits += word.digits;
    part.inner = part.inner || word.inner;
    end += word.tokens;
  }
  return part;
}

struct Version {
  std::size_t tokens = 0;
  std::string text;
  int dots = 0;
  std::size_t last_dot = 0;  // its place
  Part last;
};

Version read_version(const Rewriter& at, const Language& language) {
  Version version;
  std::size_t end = 0;
  version.last = read_part(at, language, end);
  if (version.last.words == 0 || version.last.inner) return {};
  version.text = version.last.digits;
  while (version.dots < kMostDots) {
    version.tokens = end;
    const Phrase* dot = match_phrase(at, groups(PhraseGroup::version_dot), end);
    if (dot == nullptr || at.now(end).gap != Gap::space) break;
    const std::size_t place = end;
    end += dot->words.size();
    if (at.now(end).gap != Gap::space) break;
    Part part = read_part(at, language, end);
    if (part.words == 0) break;
    version.text += "." + part.digits;
    version.last = std::move(part);
    version.last_dot = place;
    ++version.dots;
  }
  return version;
}

// With one dot it is a version after the name of something that has them, or where no decimal is said so.
bool is_version(const Rewriter& at, const Version& version) {
  if (version.dots != 1) return version.dots > 1;
  if (at.before().is(classes(WordClass::versioned))) return true;
  const Token& dot = at.now(version.last_dot);
  if (dot.entry == nullptr || (dot.entry->groups & groups(PhraseGroup::mark)) != 0) return false;
  const Token& next = at.now(version.tokens);
  const bool counts =
      match_phrase(
          at, groups(PhraseGroup::unit, PhraseGroup::time_unit, PhraseGroup::currency, PhraseGroup::percent),
          version.tokens) != nullptr ||
      number_value(next.entry, NumberKind::scale) > 0;
  return !counts && (version.last.inner || (version.last.words == 1 && version.last.two_digits));
}

bool has_dots(const Tokens& tokens) {
  return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
    return token.entry != nullptr && (token.entry->groups & groups(PhraseGroup::version_dot)) != 0;
  });
}

}  // namespace

void write_versions(Tokens& tokens, const RuleContext& context) {
  if (!has_dots(tokens)) return;
  Rewriter at(tokens, context.log);
  while (!at.at_end()) {
    Version version = read_version(at, context.language);
    if (version.dots == 0 || !is_version(at, version)) {
      at.keep();
      continue;
    }
    Token word = make_word(std::move(version.text), context.language);
    word.fixed = true;
    at.replace(version.tokens, "version", {std::move(word)});
  }
}

}  // namespace diktate
