// The live test of a key: "press it now".
#pragma once

#include "hotkeys_command.h"

namespace diktate {

// Waits until Ctrl-C, and prints each press and release. What `command` does not say is that of the settings.
// Answers with the exit code: 0 if the key was pressed and released.
int test_hotkeys(const HotkeysCommand& command);

}  // namespace diktate
