// The live test of a key: "press it now".
#pragma once

#include <string>

namespace diktate {

// Waits until Ctrl-C, and prints each press and release. Empty keys: those of the settings. Answers with the
// exit code: 0 if the key was pressed and released.
int test_hotkeys(const std::string& keys);

}  // namespace diktate
