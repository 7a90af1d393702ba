// The command line of diktate dictionary.
#pragma once

#include "dictionary_command.h"

// NOLINTNEXTLINE(readability-identifier-naming): the parser's own name
namespace CLI {
class App;
}

namespace diktate {

// Answers with the command; `options` outlives `app`.
CLI::App* add_dictionary_command(CLI::App& app, DictionaryOptions& options);

}  // namespace diktate
