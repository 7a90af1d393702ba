// From names in a setting or on the command line to the rules of cleanup with all that they need: the
// language, the user's dictionary and snippets.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/backends.h"
#include "base/result.h"
#include "core/ports.h"
#include "text/clean.h"
#include "text/language.h"

namespace diktate {

struct CleaningChoice {
  std::string language = "en";
  std::string profile = "standard";
  bool keys = false;  // "press enter" at the end is a key, and not text
};

// What clean() is called with. The options borrow from the other members, and stay good when all are moved
// together.
struct Cleaner {
  std::shared_ptr<const Language> language;
  std::shared_ptr<const Dictionary> dictionary;
  std::shared_ptr<const Snippets> snippets;
  std::vector<std::string> favoured;  // the user's words, as they are to be spelt
  CleanOptions options;
};

// Those that ship, and those that the user has put into languages/ in the configuration folder as NAME.toml.
std::vector<std::string> cleaning_languages();

// Whether there is one of that name, as make_cleaner() says. Waits on the disk.
Result<void> check_language(const std::string& name);

// An unknown name is `invalid`, and the message says which there are; a language file of the user's that is
// wrong is `failed`. A dictionary that cannot be read costs its words alone: on_warning is told. Waits on the
// disk.
Result<Cleaner> make_cleaner(const CleaningChoice& choice, const OnWarning& on_warning);

// The same as a processor for dictation. Date and time are those of each take.
std::unique_ptr<TextProcessor> make_rules_processor(const Cleaner& cleaner);

}  // namespace diktate
