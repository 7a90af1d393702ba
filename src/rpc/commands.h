// The commands that speak to the daemon: their names are known to the program that does, and to the one that
// lists them.
#pragma once

#include <array>
#include <string_view>

namespace diktate {

struct ClientCommand {
  std::string_view name;
  std::string_view summary;
  std::string_view options;  // a line each, for --help
};

inline constexpr std::string_view kAnswerOption =
    "  --json                      What the daemon answers, as JSON in one line\n";

inline constexpr std::string_view kBeginOptions =
    "  --profile NAME              What is done with the words of the take that begins\n"
    "  --json                      What the daemon answers, as JSON in one line\n";

inline constexpr std::array<ClientCommand, 7> kClientCommands{{
    {"start", "Key down: begin a take", kBeginOptions},
    {"finish", "Key up: finish the take that listens, and insert its text",
     "  --wait                      Wait for the text, and print it\n"
     "  --json                      With --wait: everything about the take, as JSON in one line\n"},
    {"toggle", "Begin a take, or finish the one that listens", kBeginOptions},
    {"cancel", "Throw the take away", kAnswerOption},
    {"status", "What the daemon does",
     "  --follow                    Go on, with a line for every change or error, until the daemon ends\n"
     "  --json                      As JSON, one line each; with --follow a line for every event\n"},
    {"last", "Insert the last text again",
     "  --print                     Print it instead\n"
     "  --json                      Its row of the history, as JSON in one line; inserts nothing\n"},
    {"swap",
     "Replace the last text by its other version, and back: a model's text that came late, or else the words "
     "as "
     "recognised",
     kAnswerOption},
}};

}  // namespace diktate
