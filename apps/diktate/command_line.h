// The command line, parsed and checked.
#pragma once

#include <variant>

#include "clean_command.h"
#include "daemon_command.h"
#include "dictate.h"
#include "dictionary_command.h"
#include "history_command.h"
#include "hotkeys_command.h"
#include "insert_command.h"
#include "llm_command.h"
#include "mic_command.h"
#include "models_command.h"
#include "net_command.h"
#include "prompt_command.h"
#include "recover_command.h"
#include "transcribe.h"
#include "verify_command.h"

namespace diktate {

// A command with its options; or, where there is nothing left to do, the exit code: help was printed, or what
// is wrong with the command line.
using Command = std::variant<int, TranscribeOptions, DictateOptions, CleanCommand, ListModelsOptions,
                             PrepareModelsCommand, DictionaryOptions, VerifyCommand, NetProbeCommand,
                             LlmCommand, PromptCommand, MicCommand, InsertCommand, HotkeysCommand,
                             DaemonCommand, RecoverCommand, HistoryCommand>;

Command parse_command_line(int argc, char** argv);

}  // namespace diktate
