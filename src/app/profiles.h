// Profiles: what is done with the words. Some are built in; the user's configuration changes them and adds
// more, and the command line has the last word.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cleaning.h"
#include "base/clock.h"
#include "base/result.h"
#include "llm/prompts.h"
#include "store/settings_file.h"

namespace diktate {

// From the command line; what is empty is left to the settings.
struct ProcessingChoice {
  std::string profile;
  std::string language;
  std::string processor;  // a processor of the settings, or a kind; "rules" or "none": no model
  std::string endpoint;
  std::string model;
  std::optional<int> deadline_ms = {};
};

struct TakeProfile {
  std::string name;
  CleaningChoice cleaning;
  PromptOptions prompt;
  std::vector<ProcessorSettings> models = {};  // in the order in which they are asked
  bool ends_raw = false;                       // the last resort is the words as they are
  Nanoseconds deadline = std::chrono::milliseconds(1200);
  bool while_speaking = true;
  bool terminal_lines = false;  // its texts may have several lines in a terminal
  bool terminal_enter = false;  // and Enter after them
};

// What there is to say where the mode wants a language model, and the profile asks none; else empty.
std::string lack_of_model(const TakeProfile& profile);

// Built in and of the user's; the built-in ones come first.
std::vector<std::string> take_profile_names(const Settings& settings);

// The one that `choice` asks for, or `otherwise` where neither it nor the settings say. A name that does not
// exist is `invalid` in `choice`, and `failed` in the settings, which the message then names; it says which
// there are. May read the file of a language.
Result<TakeProfile> find_profile(const Settings& settings, const ProcessingChoice& choice,
                                 std::string_view otherwise = "standard");

// What a key of its own is worth for, with the letter that stands for it in all of our keys.
struct KeyedMode {
  char letter;
  std::string_view what;  // "translate"
  std::string profile;    // the first of that kind that asks a model; empty: there is none
};
// `invalid`: a profile of the settings is wrong.
Result<std::vector<KeyedMode>> keyed_modes(const Settings& settings);

}  // namespace diktate
