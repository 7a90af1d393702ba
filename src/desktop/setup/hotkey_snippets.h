// What has to be written where, so that a desktop starts a program at a key. Inside this folder only.
#pragma once

#include <string>
#include <vector>

#include "desktop/chord.h"

namespace diktate {

struct HotkeySnippet {
  std::string place;
  std::string lines;
  bool push_to_talk = false;
};

// A key that starts the program with one command.
struct SnippetKey {
  std::string command;  // "last", "cancel"
  Chord chord;
};

// `chord` dictates. `custom_shortcuts`: those of GNOME that are there already.
HotkeySnippet snippet_for(const std::string& desktop, const Chord& chord,
                          const std::vector<SnippetKey>& others, const std::string& program,
                          const std::vector<std::string>& custom_shortcuts);

}  // namespace diktate
