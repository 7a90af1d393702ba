#include "text/clean.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/rules.h"
#include "text/sanitise.h"
#include "text/snippets.h"
#include "text/token.h"

namespace diktate {
namespace {

// A rule may make words stand together that another rule knows ("the um the"), so the rules go over the text
// until nothing changes. Real text needs two rounds, of which the second finds nothing. What does not settle
// in so many is left as it was: cleaning it again then gives the same.
constexpr int kMostRounds = 6;

const std::array<Profile, 4>& profiles() {
  static const std::array<Profile, 4> kProfiles = {{
      {.name = "standard"},
      {.name = "code", .casing = false, .identifiers = true},
      {.name = "terminal", .casing = false, .identifiers = true, .one_line = true},
      {.name = "raw", .disfluencies = false, .commands = false, .numbers = false, .dictionary = false},
  }};
  return kProfiles;
}

// Each rule writes text, but what it puts together or takes apart may be none any more: a style without its
// emoji. The marks of cursors stay for now.
std::string made_safe(std::string_view text) {
  std::string safe;
  for (;;) {
    const std::size_t cursor = text.find(kCursorMark);
    safe += sanitised(text.substr(0, cursor));
    if (cursor == std::string_view::npos) return safe;
    safe += kCursorMark;
    text.remove_prefix(cursor + 1);
  }
}

struct Round {
  std::string text;
  bool once = false;  // something was written that must not be read again
};

Round go_over(std::string_view text, const Language& language, const CleanOptions& options,
              Cleaned& cleaned) {
  const Profile& profile = options.profile;
  ChangeLog log(options.explain ? &cleaned.changes : nullptr);
  const RuleContext context{language, options, log};
  Tokens tokens = tokenise(text, language, options.pieces);
  if (profile.disfluencies) drop_hesitations(tokens, context);
  if (profile.numbers) {
    write_addresses(tokens, context);
    write_versions(tokens, context);
  }
  if (profile.identifiers) write_identifiers(tokens, context);
  if (profile.commands) apply_commands(tokens, context, cleaned.actions);
  if (profile.disfluencies) {
    apply_corrections(tokens, context);
    drop_repeats(tokens, context);
    drop_fillers(tokens, context);
  }
  if (profile.dictionary) apply_dictionary(tokens, context);
  if (profile.numbers) {
    write_dates(tokens, context);
    write_digits(tokens, context);
    write_numbers(tokens, context);
  }
  set_casing(tokens, context);
  return {made_safe(render(tokens)), log.once()};
}

// Only a snippet writes them, and no round follows one.
void take_cursors(Cleaned& cleaned) {
  cleaned.cursor = take_cursor(cleaned.text);
  if (!cleaned.cursor) return;
  for (Change& change : cleaned.changes) take_cursor(change.to);
}

}  // namespace

std::vector<std::string> profile_names() {
  std::vector<std::string> names;
  for (const Profile& profile : profiles()) names.push_back(profile.name);
  return names;
}

Result<Profile> profile_called(std::string_view name) {
  std::string known;
  for (const Profile& profile : profiles()) {
    if (profile.name == name) return profile;
    known += (known.empty() ? "" : ", ") + profile.name;
  }
  return fail(ErrorKind::invalid, "unknown cleanup '" + std::string(name) + "'; there are " + known);
}

namespace {

// The space that the text before the cursor lacks, and the one that is wanted after.
void add_outer_spaces(std::string& text, const CleanOptions& options) {
  if (text.empty()) return;
  const std::string_view before = options.before;
  constexpr std::string_view kNoSpaceAfter = " \t\n([{\"'/-@#";
  constexpr std::string_view kNoSpaceBefore = " \t\n,.;:?!)]}";
  const bool apart = !before.empty() && kNoSpaceAfter.find(before.back()) == std::string_view::npos &&
                     kNoSpaceBefore.find(text.front()) == std::string_view::npos;
  if (apart) text.insert(text.begin(), ' ');
  if (options.trailing_space && text.back() != ' ' && text.back() != '\n') text += ' ';
}

}  // namespace

Cleaned clean(std::string_view text, const Language& language, const CleanOptions& options) {
  Cleaned cleaned{.text = sanitised(text)};
  CleanOptions now = options;
  std::string before = cleaned.text;
  for (int round = 0; round < kMostRounds; ++round) {
    Round done = go_over(before, language, now, cleaned);
    const bool settled = done.once || done.text == before;
    before = std::move(done.text);
    if (settled) {
      cleaned.text = std::move(before);
      add_outer_spaces(cleaned.text, options);
      take_cursors(cleaned);
      return cleaned;
    }
    now.pieces.clear();  // they were offsets in the first text
  }
  if (options.profile.one_line) std::replace(cleaned.text.begin(), cleaned.text.end(), '\n', ' ');
  cleaned.changes.clear();
  cleaned.actions.clear();
  return cleaned;
}

}  // namespace diktate
