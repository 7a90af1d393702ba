// The rules of cleanup, each a pass over all tokens, in the order in which clean() applies them. A rule does
// nothing, fast, where none of its words occur.
#pragma once

#include <vector>

#include "text/clean.h"
#include "text/language.h"
#include "text/rewriter.h"
#include "text/token.h"

namespace diktate {

// What every rule may look at.
struct RuleContext {
  const Language& language;
  const CleanOptions& options;
  ChangeLog& log;
};

// hesitations.cpp: um, uh.
void drop_hesitations(Tokens& tokens, const RuleContext& context);
// addresses.cpp: "john dot smith at example dot com", "www dot example dot com slash about". Before commands,
// which know a slash too.
void write_addresses(Tokens& tokens, const RuleContext& context);
// versions.cpp: "version three point two point one". Before commands too: the dot of one language is the
// full stop of another.
void write_versions(Tokens& tokens, const RuleContext& context);
// identifiers.cpp, profile code: "snake case foo bar", "slash usr slash bin", "dash dash help".
void write_identifiers(Tokens& tokens, const RuleContext& context);
// commands.cpp: spoken marks, lines, capitals, "scratch that". Keys are added to `actions`.
void apply_commands(Tokens& tokens, const RuleContext& context, std::vector<Action>& actions);
// corrections.cpp: "on Tuesday, no wait, Wednesday".
void apply_corrections(Tokens& tokens, const RuleContext& context);
// repeats.cpp: cut-off words, and words and phrases said twice.
void drop_repeats(Tokens& tokens, const RuleContext& context);
// fillers.cpp: "you know", "like".
void drop_fillers(Tokens& tokens, const RuleContext& context);
// user_words.cpp: snippets, replacements and favoured words of the user's.
void apply_dictionary(Tokens& tokens, const RuleContext& context);
// dates.cpp, before numbers.cpp takes their numbers: dates, years, times of day.
void write_dates(Tokens& tokens, const RuleContext& context);
// digits.cpp: digits said one by one: telephone numbers, codes.
void write_digits(Tokens& tokens, const RuleContext& context);
// numbers.cpp: all other numbers, with their units, currencies and per cents.
void write_numbers(Tokens& tokens, const RuleContext& context);
// casing.cpp: capitals, and the gaps around marks.
void set_casing(Tokens& tokens, const RuleContext& context);

}  // namespace diktate
