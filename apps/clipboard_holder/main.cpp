// diktate-clipboard-holder [DISPLAY [WINDOW]]: gives back the clipboard when diktate has ended before it
// could. Started by it.
#include <charconv>
#include <cstdint>
#include <string_view>

#include <signal.h>
#include <unistd.h>

#include "desktop/clipboard_holder.h"

int main(int argc, char** argv) {
  // Whoever started it need not wait for it.
  const pid_t child = fork();
  if (child != 0) return child < 0 ? 1 : 0;
  signal(SIGHUP, SIG_IGN);
  std::uint32_t window = 0;
  const std::string_view digits = argc > 2 ? argv[2] : "";
  std::from_chars(digits.data(), digits.data() + digits.size(), window);
  return diktate::run_clipboard_holder(argc > 1 ? argv[1] : "", window, STDIN_FILENO);
}
