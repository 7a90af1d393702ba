// How the desktop is asked whether keys may be pressed.
#pragma once

#include <filesystem>

#include "base/clock.h"

namespace diktate {

struct RemoteDesktopOptions {
  // Where the desktop's permission is kept, so that it asks once and not at every start. Mode 0600.
  std::filesystem::path token_file;
  Nanoseconds dialog_limit = std::chrono::minutes(2);  // for the user's answer
};

}  // namespace diktate
