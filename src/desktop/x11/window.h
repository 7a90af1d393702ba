// The window that has the focus, and what is known of it. Inside this folder only.
#pragma once

#include <string>

#include "desktop/x11/connection.h"

namespace diktate {

struct FocusedWindow {
  XId window = 0;    // the program's own, not the frame around it; 0: not known
  std::string name;  // the second word of WM_CLASS ("XTerm")
  std::string instance;
  int pid = 0;         // 0: not known, or on another machine
  bool pings = false;  // it answers _NET_WM_PING
};

// Whether it is the same one: the server uses a number again when a window is gone.
inline bool same_window(const FocusedWindow& one, const FocusedWindow& other) {
  return one.window == other.window && one.pid == other.pid;
}

// Waits for the server. By the thread of the connection.
FocusedWindow focused_window(X11Connection& connection);

}  // namespace diktate
