// The keys that may be read from the kernel's input devices: those with which nobody types.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace diktate {

// The kernel's code (EV_KEY, input-event-codes.h) of a key alone, by a name of ours in any case: "F13" to
// "F24", "Pause", "RightCtrl", "MicMute", "BTN_SIDE", ...; names of X ("Control_R", "XF86AudioMicMute") where
// people know them. Fails (`invalid`) for every other key and for chords: to hear a key for typing, all that
// is typed would have to be read. The message names the key and those that there are.
Result<std::uint16_t> evdev_key(std::string_view name);

// "F13 to F24, Pause, ...", for a person.
std::string evdev_key_names();

}  // namespace diktate
