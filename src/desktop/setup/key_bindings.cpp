#include "desktop/setup/key_bindings.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "base/result.h"

namespace diktate {
namespace {

constexpr std::string_view kSpaces = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t start = text.find_first_not_of(kSpaces);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(kSpaces) - start + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    parts.push_back(trimmed(text.substr(start, end - start)));
    start = end + 1;
  }
  return parts;
}

// Cuts the first word off.
std::string_view next_word(std::string_view& text) {
  text = trimmed(text);
  const std::size_t end = std::min(text.find_first_of(kSpaces), text.size());
  const std::string_view word = text.substr(0, end);
  text = trimmed(text.substr(end));
  return word;
}

std::string lowered(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

void add(std::vector<KeyBinding>& bindings, std::string_view keys, std::string_view what) {
  if (auto chord = parse_chord(keys)) bindings.push_back({std::move(*chord), std::string(what)});
}

// `$name` in a text, by what was set before.
class Variables {
 public:
  void set(std::string_view name, std::string_view value) {
    if (!name.empty()) values_[std::string(name)] = in(value);
  }
  std::string in(std::string_view text) const {
    std::string filled(text);
    // The longest names first: $mod must not stand for the beginning of $modifier.
    for (auto value = values_.rbegin(); value != values_.rend(); ++value) {
      for (std::size_t at = 0; (at = filled.find(value->first, at)) != std::string::npos;
           at += value->second.size())
        filled.replace(at, value->first.size(), value->second);
    }
    return filled;
  }

 private:
  std::map<std::string, std::string> values_;
};

// "<Super><Alt>d" as we write it.
std::string from_gtk(std::string_view keys) {
  std::string written;
  while (!keys.empty() && keys.front() == '<') {
    const std::size_t end = keys.find('>');
    if (end == std::string_view::npos) return {};
    const std::string_view modifier = keys.substr(1, end - 1);
    written += std::string(modifier == "Primary" ? "Ctrl" : modifier) + "+";
    keys.remove_prefix(end + 1);
  }
  return written + std::string(keys);
}

// "SUPER_ALT", "SUPER ALT": whatever stands between them, and in any order.
std::string from_hyprland(std::string_view modifiers, std::string_view key) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kNames{{{"super", "Super+"},
                                                                                 {"mod4", "Super+"},
                                                                                 {"ctrl", "Ctrl+"},
                                                                                 {"control", "Ctrl+"},
                                                                                 {"shift", "Shift+"}}};
  const std::string lower = lowered(modifiers);
  std::string keys;
  for (const auto& [name, ours] : kNames) {
    if (lower.find(name) != std::string::npos && keys.find(ours) == std::string::npos) keys += ours;
  }
  if (lower.find("alt") != std::string::npos) keys += "Alt+";
  return keys + std::string(key);
}

}  // namespace

std::vector<KeyBinding> sway_bindings(std::string_view config) {
  std::vector<KeyBinding> bindings;
  Variables variables;
  int depth = 0;  // within braces: of a mode, or of a bar
  for (std::string_view line : split(config, '\n')) {
    if (line.starts_with('#')) continue;
    const bool opens = line.ends_with('{');
    const std::string_view first = next_word(line);
    if (first == "set") {
      const std::string_view name = next_word(line);
      variables.set(name, line);
    } else if (first == "bindsym" && depth == 0 && !opens) {
      std::string_view keys = next_word(line);
      while (keys.starts_with("--")) keys = next_word(line);
      add(bindings, variables.in(keys), line);
    }
    if (opens) ++depth;
    if (first == "}") depth = std::max(0, depth - 1);
  }
  return bindings;
}

std::vector<KeyBinding> hyprland_bindings(std::string_view config) {
  std::vector<KeyBinding> bindings;
  Variables variables;
  for (const std::string_view line : split(config, '\n')) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = trimmed(line.substr(0, equals));
    const std::string_view value = trimmed(line.substr(equals + 1));
    if (name.starts_with('$')) variables.set(name, value);
    if (!name.starts_with("bind") || name == "binds") continue;
    const std::string filled = variables.in(value);
    const auto parts = split(filled, ',');
    if (parts.size() < 3) continue;
    add(bindings, from_hyprland(parts[0], parts[1]), filled.substr(filled.find(parts[2])));
  }
  return bindings;
}

std::vector<KeyBinding> gnome_bindings(std::string_view listing) {
  std::vector<KeyBinding> bindings;
  for (std::string_view line : split(listing, '\n')) {
    const std::string_view schema = next_word(line);
    const std::string what = std::string(schema) + " " + std::string(next_word(line));
    // ['<Super>a', '<Super>b'], or one by itself
    const auto quoted = split(line, '\'');
    for (std::size_t i = 1; i < quoted.size(); i += 2) {
      if (quoted[i].starts_with('<')) add(bindings, from_gtk(quoted[i]), what);
    }
  }
  return bindings;
}

std::vector<KeyBinding> kde_bindings(std::string_view config) {
  std::vector<KeyBinding> bindings;
  for (const std::string_view line : split(config, '\n')) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    // What it is now, what it was at first, what it is called; several keys stand with "\t" between them.
    const auto parts = split(line.substr(equals + 1), ',');
    std::string keys(parts.front());
    for (std::size_t at = 0; (at = keys.find("\\t", at)) != std::string::npos;) keys.replace(at, 2, "\n");
    for (const std::string_view one : split(keys, '\n')) {
      if (one.find('+') != std::string_view::npos)
        add(bindings, one, parts.size() > 2 ? parts[2] : line.substr(0, equals));
    }
  }
  return bindings;
}

std::string included_by(std::string_view line) {
  std::string_view rest = trimmed(line);
  if (next_word(rest) == "include") return std::string(rest);
  const std::size_t equals = line.find('=');
  const bool is_source = equals != std::string_view::npos && trimmed(line.substr(0, equals)) == "source";
  return std::string(is_source ? trimmed(line.substr(equals + 1)) : std::string_view());
}

bool same_keys(const Chord& one, const Chord& other) {
  return lowered(to_string(one)) == lowered(to_string(other));
}

}  // namespace diktate
