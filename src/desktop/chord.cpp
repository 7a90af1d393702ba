#include "desktop/chord.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include <xkbcommon/xkbcommon.h>

namespace diktate {
namespace {

struct Modifier {
  std::string_view name;
  bool Chord::*member;
};

// The first of each is how it is written by us, in this order.
constexpr Modifier kModifiers[] = {
    {"Super", &Chord::super}, {"Ctrl", &Chord::ctrl},    {"Alt", &Chord::alt},
    {"Shift", &Chord::shift}, {"Control", &Chord::ctrl}, {"Win", &Chord::super},
    {"Meta", &Chord::super},  {"Mod4", &Chord::super},   {"Mod1", &Chord::alt},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

const Modifier* modifier_called(std::string_view name) {
  const auto* found =
      std::find_if(std::begin(kModifiers), std::end(kModifiers),
                   [&](const Modifier& modifier) { return same_key_name(modifier.name, name); });
  return found == std::end(kModifiers) ? nullptr : found;
}

std::string_view without_outer_spaces(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find('+', start), text.size());
    parts.push_back(without_outer_spaces(text.substr(start, end - start)));
    start = end + 1;
  }
  return parts;
}

xkb_keysym_t keysym_called(const std::string& name) {
  return xkb_keysym_from_name(name.c_str(), XKB_KEYSYM_CASE_INSENSITIVE);
}

tl::unexpected<Error> wrong(std::string_view text, const std::string& what) {
  return fail(ErrorKind::invalid,
              "the key '" + std::string(text) + "' is not understood: " + what + " (as in Super+Alt+D)");
}

}  // namespace

bool same_key_name(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

Result<Chord> parse_chord(std::string_view text) {
  std::vector<std::string_view> parts = parts_of(text);
  if (std::any_of(parts.begin(), parts.end(), [](std::string_view part) { return part.empty(); }))
    return wrong(text,
                 text.empty() ? "it is empty" : "a name is missing beside a '+' (that key is called 'plus')");
  Chord chord;
  chord.key = parts.back();
  if (modifier_called(chord.key) != nullptr) return wrong(text, "it has modifiers only");
  parts.pop_back();
  for (const std::string_view part : parts) {
    const Modifier* modifier = modifier_called(part);
    if (modifier == nullptr)
      return wrong(text, "'" + std::string(part) + "' is no modifier: Ctrl, Shift, Alt or Super");
    if (std::exchange(chord.*modifier->member, true))
      return wrong(text, std::string(modifier->name) + " is there twice");
  }
  return chord;
}

Result<void> check_key_name(const Chord& chord) {
  if (keysym_called(chord.key) != XKB_KEY_NoSymbol) return {};
  return fail(ErrorKind::invalid,
              "there is no key called '" + chord.key + "' (" + to_string(chord) + "); try D, F9 or space");
}

bool types_text(const Chord& chord) {
  if (chord.ctrl || chord.alt || chord.super) return false;
  const xkb_keysym_t keysym = keysym_called(chord.key);
  return keysym != XKB_KEY_Escape && xkb_keysym_to_utf32(keysym) != 0;
}

std::string to_string(const Chord& chord) {
  std::string text;
  for (const Modifier& modifier : std::span(kModifiers).first(4))
    if (chord.*modifier.member) text += std::string(modifier.name) + "+";
  return text + chord.key;
}

}  // namespace diktate
