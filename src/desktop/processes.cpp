#include "desktop/processes.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <sys/stat.h>
#include <unistd.h>

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

// The name of the program, as its command line has it.
std::string program_of(const fs::path& process) {
  std::ifstream file(process / "cmdline");  // it cannot be mapped
  const std::string line((std::istreambuf_iterator<char>(file)), {});
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

bool is_ours(const fs::path& process) {
  struct stat info {};
  return stat(process.c_str(), &info) == 0 && info.st_uid == getuid();
}

template <class Visit>
void for_each_in(const fs::path& folder, Visit visit) {
  std::error_code error;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) visit(entries->path());
}

// The link is read and not followed: what else is open there may be a file of a server that does not answer.
bool has_open(int process, const fs::path& pipe) {
  bool found = false;
  for_each_in("/proc/" + std::to_string(process) + "/fd", [&](const fs::path& file) {
    std::error_code error;
    found = found || (fs::read_symlink(file, error) == pipe && !error);
  });
  return found;
}

}  // namespace

std::vector<int> processes_called(std::string_view app_id) {
  std::vector<int> processes;
  if (app_id.empty()) return processes;
  for_each_in("/proc", [&](const fs::path& process) {
    const int number = number_of(process);
    if (number == 0 || !is_ours(process)) return;
    const std::string program = program_of(process);
    if (same_but_case(program, app_id) || same_but_case(program, after_last(app_id, '.')))
      processes.push_back(number);
  });
  return processes;
}

bool hold_pipe(std::span<const int> processes, int pipe) {
  struct stat info {};
  if (fstat(pipe, &info) != 0 || !S_ISFIFO(info.st_mode)) return false;
  const fs::path name = "pipe:[" + std::to_string(info.st_ino) + "]";
  return std::any_of(processes.begin(), processes.end(),
                     [&](int process) { return has_open(process, name); });
}

}  // namespace diktate
