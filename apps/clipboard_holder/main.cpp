// diktate-clipboard-holder [DISPLAY]: gives back the clipboard when diktate has ended before it could.
// Started by it.
#include <signal.h>
#include <unistd.h>

#include "desktop/clipboard_holder.h"

int main(int argc, char** argv) {
  // Whoever started it need not wait for it.
  const pid_t child = fork();
  if (child != 0) return child < 0 ? 1 : 0;
  signal(SIGHUP, SIG_IGN);
  return diktate::run_clipboard_holder(argc > 1 ? argv[1] : "", STDIN_FILENO);
}
