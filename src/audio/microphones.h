// Which microphones there are.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace diktate {

struct Microphone {
  std::string name;         // what --source takes
  std::string description;  // for a person
  std::string state;        // "running", "idle", "suspended", "unknown"
  bool is_default = false;  // where none is named: that of PULSE_SOURCE, else the server's
  bool muted = false;       // or its volume is 0
  bool monitor = false;     // hears what is played
};

// All sources of the sound server. Waits for it, some seconds at most. Fails (`unavailable`) where there is
// no server.
Result<std::vector<Microphone>> list_microphones();

// The one of this name, or the default one where it is empty.
Result<Microphone> find_microphone(const std::string& name);

}  // namespace diktate
