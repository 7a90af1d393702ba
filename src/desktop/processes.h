// Which processes a window may belong to, and what they have open. Reads /proc, and so waits for the kernel.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace diktate {

// Those of this user whose program is called as the app id is, or as its last part ("org.gnome.gedit":
// gedit), without regard to case; a script is called after its file. Any thread.
std::vector<int> processes_called(std::string_view app_id);

// Whether a program of this user runs whose name, of at most 15 letters, is this one. Any thread.
bool is_running(std::string_view program);

// Whether one of them started this process, or what started that, and so on. Any thread.
bool descends_from(std::span<const int> processes);

// Whether the process has a file of that name in its memory, such as a library ("libgtk-3.so", whatever its
// version). Any thread.
bool has_mapped(int process, std::string_view file);

// Whether one of them has the other end of the pipe open. Any thread.
bool hold_pipe(std::span<const int> processes, int pipe);

}  // namespace diktate
