// Where the program keeps its files: the XDG base directories, each with /diktate appended.
// Source: XDG Base Directory Specification 0.8. A variable that is unset, empty or relative is ignored, as it
// asks.
#pragma once

#include <filesystem>

namespace diktate {

std::filesystem::path data_folder();    // $XDG_DATA_HOME or ~/.local/share
std::filesystem::path config_folder();  // $XDG_CONFIG_HOME or ~/.config
std::filesystem::path cache_folder();   // $XDG_CACHE_HOME or ~/.cache
std::filesystem::path state_folder();   // $XDG_STATE_HOME or ~/.local/state
// The folder that holds the running program.
std::filesystem::path program_folder();

}  // namespace diktate
