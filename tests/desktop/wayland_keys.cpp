// Presses keys in the compositor of WAYLAND_DISPLAY, for the desktop portal of the scripts
// (tests/lab/portal.py): a chord a line on standard input.
#include <iostream>
#include <string>

#include "desktop/wayland/virtual_keyboard.h"

int main() {
  using namespace diktate;
  auto connection = WaylandConnection::open("", {});
  auto keymap = Keymap::american();
  if (!connection || !keymap) return 1;
  const auto keyboard = VirtualKeyboard::make(**connection, *keymap);
  if (!keyboard) return 1;
  constexpr auto kLimit = std::chrono::seconds(5);
  (*connection)->round_trip(kLimit);
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto chord = parse_chord(line);
    SteadyClock().sleep_until((*keyboard)->ready_at(), {});
    if (!chord || !(*keyboard)->press(*chord)) return 1;
    (*connection)->round_trip(kLimit);
  }
  return 0;
}
