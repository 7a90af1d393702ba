// Which microphones there are.
#pragma once

#include <stop_token>
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

// Waits until there is one of this name; where it is empty, until the default one is no monitor. False:
// `stop` was requested before. Sleeps until something happens at the server, and for pauses that grow from a
// quarter of a second to a minute.
bool await_microphone(const std::string& name, std::stop_token stop);

}  // namespace diktate
