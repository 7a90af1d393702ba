// From names in a setting or on the command line to the rules of cleanup with all that they need.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "core/ports.h"
#include "text/clean.h"
#include "text/language.h"

namespace diktate {

struct CleaningChoice {
  std::string language = "en";
  std::string profile = "standard";
};

// What clean() is called with. The options borrow from the cleaner and move with it.
struct Cleaner {
  std::shared_ptr<const Language> language;
  CleanOptions options;
};

// An unknown name is `invalid`, and the message says which there are.
Result<Cleaner> make_cleaner(const CleaningChoice& choice);

// The same as a processor for dictation.
Result<std::unique_ptr<TextProcessor>> make_rules_processor(const CleaningChoice& choice);

}  // namespace diktate
