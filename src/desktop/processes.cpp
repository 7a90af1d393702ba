#include "desktop/processes.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iterator>
#include <string>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "desktop/text_parts.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

// What runs a script stands before it on the command line.
constexpr std::string_view kInterpreters[] = {"python", "perl", "ruby", "node", "gjs", "electron"};

std::string_view after_last(std::string_view text, char separator) {
  const std::size_t at = text.rfind(separator);
  return at == std::string_view::npos ? text : text.substr(at + 1);
}

bool is_interpreter(std::string_view program) {
  return std::any_of(std::begin(kInterpreters), std::end(kInterpreters),
                     [&](std::string_view name) { return program.starts_with(name); });
}

// The name of the program, as its command line has it: `comm` is cut after 15 letters and changed by
// programs, and `exe` is what a link leads to (emacs-gtk). A process of the user's that hangs may keep us
// waiting for it.
std::string program_of(const fs::path& process) {
  const std::string line = read_file(process / "cmdline").value_or("");  // it may have ended
  const std::string_view words = line;
  const std::string_view program = after_last(words.substr(0, words.find('\0')), '/');
  if (!is_interpreter(program) || program.size() + 1 >= words.size()) return std::string(program);
  const std::string_view rest = words.substr(words.find('\0') + 1);
  return std::string(after_last(rest.substr(0, rest.find('\0')), '/'));
}

int number_of(const fs::path& process) {
  const std::string name = process.filename().string();
  int number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  return error == std::errc() && end == name.data() + name.size() ? number : 0;
}

// 0: it is not known. Its state and its parent stand behind its name, in which anything may be.
int parent_of(int process) {
  const std::string line = read_file("/proc/" + std::to_string(process) + "/stat").value_or("");
  const std::string_view rest = after_last(line, ')');
  int parent = 0;
  if (rest.size() > 3) std::from_chars(rest.data() + 3, rest.data() + rest.size(), parent);
  return parent;
}

bool is_ours(const fs::path& process) {
  struct stat info {};
  return stat(process.c_str(), &info) == 0 && info.st_uid == getuid();
}

// The link is read and not followed: what else is open there may be a file of a server that does not answer.
bool has_open(int process, const fs::path& pipe) {
  const auto files = entries_of("/proc/" + std::to_string(process) + "/fd");
  return std::any_of(files.begin(), files.end(), [&](const fs::path& file) {
    std::error_code error;
    return fs::read_symlink(file, error) == pipe && !error;
  });
}

}  // namespace

std::vector<int> processes_called(std::string_view app_id) {
  std::vector<int> processes;
  if (app_id.empty()) return processes;
  for (const fs::path& process : entries_of("/proc")) {
    const int number = number_of(process);
    if (number == 0 || !is_ours(process)) continue;
    const std::string program = program_of(process);
    if (same_but_case(program, app_id) || same_but_case(program, after_last(app_id, '.')))
      processes.push_back(number);
  }
  return processes;
}

// Not by the command line: reading that of a process which hangs may hang as well.
bool is_running(std::string_view program) {
  const auto processes = entries_of("/proc");
  return std::any_of(processes.begin(), processes.end(), [&](const fs::path& process) {
    if (number_of(process) == 0 || !is_ours(process)) return false;
    const std::string name = read_file(process / "comm").value_or("");
    return std::string_view(name).substr(0, name.find('\n')) == program;
  });
}

bool descends_from(std::span<const int> processes) {
  for (int process = ::getppid(); process > 1; process = parent_of(process)) {
    if (std::find(processes.begin(), processes.end(), process) != processes.end()) return true;
  }
  return false;
}

bool has_mapped(int process, std::string_view file) {
  const std::string maps = read_file("/proc/" + std::to_string(process) + "/maps").value_or("");
  return maps.find("/" + std::string(file)) != std::string::npos;
}

bool hold_pipe(std::span<const int> processes, int pipe) {
  struct stat info {};
  if (fstat(pipe, &info) != 0 || !S_ISFIFO(info.st_mode)) return false;
  const fs::path name = "pipe:[" + std::to_string(info.st_ino) + "]";
  return std::any_of(processes.begin(), processes.end(),
                     [&](int process) { return has_open(process, name); });
}

}  // namespace diktate
