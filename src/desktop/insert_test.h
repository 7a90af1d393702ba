// Tries every method of insertion on a window of our own, or our terminal, and says what came of it.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "desktop/make_desktop.h"

namespace diktate {

struct InsertTrial {
  std::string backend;  // "wayland", "portal", "x11", "clipboard", "command"
  std::string method;   // "paste Ctrl+V"
  bool found = false;   // what it needs is here
  bool tried = false;
  bool works = false;  // the text came, byte for byte, and once
  std::string receipt = {};
  std::string why = {};  // it was not tried, or does not work
};

// The command that is to insert.
struct TrialCommand {
  std::vector<std::string> words;  // empty: there is none
  std::string name = {};           // what messages call it
  bool wanted = false;             // it is run, with a line of text; else only looked at
};

// Shows a small window of X for each trial, some seconds in all. On Wayland it is tried on the terminal that
// this program runs in, if that has the focus, and the clipboard alone if that is empty; the portal is asked
// for nothing. Of the options it takes the displays. Never fails: what does not work is said of it.
std::vector<InsertTrial> test_insertion(const InserterOptions& options, const TrialCommand& command,
                                        std::stop_token cancel);

}  // namespace diktate
