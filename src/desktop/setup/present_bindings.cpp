#include "desktop/setup/present_bindings.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <system_error>
#include <utility>

#include <glob.h>

#include "base/files.h"
#include "base/paths.h"

namespace diktate {
namespace {

using Parser = std::vector<KeyBinding> (*)(std::string_view);
using std::filesystem::path;

constexpr int kDeepestInclude = 8;
constexpr const char* kMediaKeys = "org.gnome.settings-daemon.plugins.media-keys";

path user_config() { return config_folder().parent_path(); }

path home() {
  const char* folder = std::getenv("HOME");
  return folder == nullptr ? path() : path(folder);
}

template <class Container>
void append(Container& to, Container from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

std::vector<std::string> files_called(std::string pattern, const path& folder) {
  if (pattern.starts_with("~/")) pattern = home() / pattern.substr(2);
  if (!pattern.starts_with('/')) pattern = folder / pattern;
  std::vector<std::string> files;
  glob_t found{};
  if (::glob(pattern.c_str(), 0, nullptr, &found) == 0)
    files.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  ::globfree(&found);
  return files;
}

// The text of a configuration, with those that it includes in their places: what one of them sets holds from
// there on.
std::string whole_config(const path& file, std::vector<std::string>& read, int depth = 0) {
  auto text = read_file(file);
  if (!text) return {};
  read.push_back(file.string());
  std::string whole;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    whole += line + "\n";
    const std::string pattern = depth < kDeepestInclude ? included_by(line) : "";
    if (pattern.empty()) continue;
    for (const std::string& included : files_called(pattern, file.parent_path()))
      whole += whole_config(included, read, depth + 1);
  }
  return whole;
}

PresentBindings of_first(const std::vector<path>& files, Parser parse) {
  PresentBindings present;
  for (const path& file : files) {
    const std::string config = whole_config(file, present.read);
    if (present.read.empty()) continue;
    present.bindings = parse(config);
    return present;
  }
  std::error_code ignored;
  const auto is_there = [&](const path& file) { return std::filesystem::exists(file, ignored); };
  if (std::any_of(files.begin(), files.end(), is_there)) return present;
  for (const path& file : files) present.missing.push_back(file.string());
  return present;
}

// What gsettings says; empty where there is none, or not that schema.
std::string gsettings(const std::string& arguments) {
  struct Close {
    void operator()(std::FILE* pipe) const { ::pclose(pipe); }
  };
  const std::string command = "timeout 5 gsettings " + arguments + " 2>/dev/null";
  const std::unique_ptr<std::FILE, Close> pipe(::popen(command.c_str(), "r"));
  std::string said;
  std::array<char, 4096> bytes{};
  while (pipe && !std::feof(pipe.get()) && !std::ferror(pipe.get()))
    said.append(bytes.data(), std::fread(bytes.data(), 1, bytes.size(), pipe.get()));
  return said;
}

// The words between single quotes that can be a path: they come back to a shell.
std::vector<std::string> paths_in(const std::string& list) {
  std::vector<std::string> paths;
  for (std::size_t start = list.find("'/"); start != std::string::npos; start = list.find("'/", start)) {
    const std::size_t end = list.find('\'', start + 1);
    if (end == std::string::npos) break;
    const std::string found = list.substr(start + 1, end - start - 1);
    if (found.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_-.") ==
        std::string::npos)
      paths.push_back(found);
    start = end + 1;
  }
  return paths;
}

PresentBindings of_gnome() {
  PresentBindings present;
  const std::string media_keys = gsettings(std::string("list-recursively ") + kMediaKeys);
  std::string listing = media_keys;
  for (const char* schema :
       {"org.gnome.desktop.wm.keybindings", "org.gnome.shell.keybindings", "org.gnome.mutter.keybindings"})
    listing += gsettings(std::string("list-recursively ") + schema);
  present.custom_shortcuts = paths_in(gsettings(std::string("get ") + kMediaKeys + " custom-keybindings"));
  for (const std::string& custom : present.custom_shortcuts)
    listing += gsettings(std::string("list-recursively ") + kMediaKeys + ".custom-keybinding:" + custom);
  if (!listing.empty()) present.read.emplace_back("gsettings");
  present.bindings = gnome_bindings(listing);
  return present;
}

}  // namespace

PresentBindings present_bindings(const std::string& desktop) {
  const path config = user_config();
  if (desktop == "gnome") return of_gnome();
  if (desktop == "kde") return of_first({config / "kglobalshortcutsrc"}, kde_bindings);
  if (desktop == "hyprland") return of_first({config / "hypr/hyprland.conf"}, hyprland_bindings);
  const path i3 = config / "i3/config";
  const path old_i3 = home() / ".i3/config";
  if (desktop == "i3") return of_first({i3, old_i3, "/etc/xdg/i3/config", "/etc/i3/config"}, sway_bindings);
  if (desktop == "sway")
    return of_first({home() / ".sway/config", config / "sway/config", old_i3, i3, "/etc/xdg/sway/config",
                     "/etc/sway/config"},
                    sway_bindings);
  return {};
}

}  // namespace diktate
