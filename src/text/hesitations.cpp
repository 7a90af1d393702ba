#include <string_view>

#include "text/commas.h"
#include "text/number_words.h"
#include "text/rules.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::string_view kHesitationRule = "hesitation";

bool is_quote(const Token& token) {
  return token.is_mark("\"") || token.is_mark("“") || token.is_mark("”") || token.is_mark("'") ||
         token.is_mark("‘") || token.is_mark("’") || token.is_mark("«") || token.is_mark("»");
}

// A word that is one only between marks: "este" is "this" elsewhere.
bool hesitates(const Rewriter& at) {
  const Token& token = at.now();
  if (token.is(classes(WordClass::hesitation))) {
    const bool name = token.text.size() > 1 && is_all_upper(token.text);  // "the ER"
    const bool quoted = is_quote(at.before()) && is_quote(at.now(1));
    return !name && !quoted && !is_number(at.before());  // "5 mm"
  }
  if (!token.is(classes(WordClass::pause_word))) return false;
  const bool opens = starts_sentence(at.before());
  return (opens || at.before().is_mark(",")) && (at.now(1).is_mark(",") || is_ellipsis(at.now(1)));
}

}  // namespace

void drop_hesitations(Tokens& tokens, const RuleContext& context) {
  Rewriter at(tokens, context.log);
  while (!at.at_end()) {
    if (const Phrase* meant = match_phrase(at, groups(PhraseGroup::not_filler))) {
      at.keep(meant->words.size());  // "uh oh", "the er"
    } else if (hesitates(at)) {
      drop_with_commas(at, 1, kHesitationRule);
    } else {
      at.keep();
    }
  }
}

}  // namespace diktate
