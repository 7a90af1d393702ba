// Cleanup without a model: what the rules of this folder make of recognised text. docs/cleanup.md says what
// each does, and what is left alone on purpose.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/language.h"
#include "text/rewriter.h"
#include "text/snippets.h"

namespace diktate {

// Which families of rules are at work.
struct Profile {
  std::string name = "standard";
  bool disfluencies = true;
  bool commands = true;
  bool numbers = true;
  bool dictionary = true;    // the user's words and snippets
  bool casing = true;        // capitals at the start of sentences, names, "I"
  bool identifiers = false;  // "snake case foo bar", paths, options
  bool one_line = false;     // a line break becomes a space: what is typed cannot run by itself
  bool actions = false;      // "press enter" at the end is a key, and not text
};

// standard, code, terminal, raw; an unknown name is `invalid`, and the message says which there are.
std::vector<std::string> profile_names();
Result<Profile> profile_called(std::string_view name);

class Dictionary;  // text/dictionary.h

struct CleanOptions {
  Profile profile = {};
  // The text in front of the cursor, as far as it is known: a sentence that it leaves open goes on.
  std::string_view before = {};
  // Byte offsets in the text at which the recogniser began a new piece, ascending: "scratch that" goes back
  // to the last one at most.
  std::vector<std::size_t> pieces = {};
  // The user's; nullptr for none. Borrowed for the call.
  const Dictionary* dictionary = nullptr;
  const Snippets* snippets = nullptr;
  SnippetValues values = {};
  bool trailing_space = false;  // the text ends with a space, so that the next one can follow
  bool explain = false;         // fill in Cleaned::changes
};

// A key to press when the text has arrived.
struct Action {
  std::string kind;  // "key"
  std::string key;   // "Enter", "Tab"
};

struct Cleaned {
  std::string text;  // well-formed UTF-8 without anything that a program could take for a command
  std::vector<Change> changes;
  std::vector<Action> actions;
  std::optional<std::size_t> cursor;  // where a snippet wants the cursor: a byte offset in `text`
};

// Takes any bytes; linear in their number; never fails. Does not wait; any thread.
Cleaned clean(std::string_view text, const Language& language, const CleanOptions& options = {});

}  // namespace diktate
