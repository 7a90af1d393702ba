// The options that say what is done with the words, the same for every command that takes them.
#pragma once

#include <string_view>

#include "app/profiles.h"
#include "base/result.h"
#include "store/privacy.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the parser's own
class App;
}

namespace diktate {

// Who is asked: --profile, --processor, --endpoint, --model.
void add_processor_options(CLI::App& command, ProcessingChoice& choice);
// Where there are words to be processed: --language, --deadline-ms.
void add_text_options(CLI::App& command, ProcessingChoice& choice);

// The profile of the settings and `choice`. `invalid`: what was chosen does not exist. Waits on the disk.
Result<TakeProfile> chosen_profile(const ProcessingChoice& choice);

// The privacy level of the settings. Waits on the disk.
Result<PrivacyLevel> chosen_privacy();

// The exit code of an error in what was chosen; says it, and whose help to read ("clean", "llm bench").
int report_choice(const Error& error, std::string_view command);

}  // namespace diktate
