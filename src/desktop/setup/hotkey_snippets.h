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

struct SnippetKey {
  std::string name;
  Chord chord;
};

struct SnippetKeys {
  std::vector<SnippetKey> dictation;  // each with the profile of that name; empty: that of the settings
  std::vector<SnippetKey> others;     // each starts the program with that command: "last", "cancel"
};

// `custom_shortcuts`: those of GNOME that are there already.
HotkeySnippet snippet_for(const std::string& desktop, const SnippetKeys& keys, const std::string& program,
                          const std::vector<std::string>& custom_shortcuts);

}  // namespace diktate
