// Inserters that need no display: a command of the user's, and one that holds the text.
#pragma once

#include <memory>
#include <string>

#include "core/ports.h"

namespace diktate {

// Runs the command by sh for each text, which comes on its standard input; 10 s are its limit. A command that
// fails is an error: the text is nowhere then.
std::unique_ptr<TextInserter> make_command_inserter(std::string command);

// Inserts nothing: the text stays with whoever asked.
std::unique_ptr<TextInserter> make_holding_inserter();

}  // namespace diktate
