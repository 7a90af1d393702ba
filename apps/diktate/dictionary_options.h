// The command line of diktate dictionary.
#pragma once

#include "dictionary_command.h"

namespace CLI {
class App;
}

namespace diktate {

// Answers with the command; `options` outlives `app`.
CLI::App* add_dictionary_command(CLI::App& app, DictionaryOptions& options);

}  // namespace diktate
