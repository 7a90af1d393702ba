// diktate-clipboard-holder x11|wayland DISPLAY WINDOW: gives back the clipboard when diktate has ended before
// it could. Started by it.
#include <charconv>
#include <cstdint>
#include <string>
#include <vector>

#include <signal.h>
#include <unistd.h>

#include "desktop/clipboard_holder.h"

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  words.resize(3);
  const std::string& kind = words[0];
  const std::string& display = words[1];
  const std::string& digits = words[2];
  // Whoever started it need not wait for it.
  const pid_t child = fork();
  if (child != 0) return child < 0 ? 1 : 0;
  signal(SIGHUP, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);  // who reads what is offered may end before he has all of it
  std::uint32_t window = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), window);
  if (kind == diktate::kWaylandHolder) return diktate::run_wayland_clipboard_holder(display, STDIN_FILENO);
  return diktate::run_x11_clipboard_holder(display, window, STDIN_FILENO);
}
