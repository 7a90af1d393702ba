// How far a long piece of work is, in one line of a terminal.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/terminal.h"

namespace diktate {

struct Progress {
  double done = 0;  // s of audio
  std::optional<double> total = {};
  double elapsed = 0;  // s of the clock on the wall
};

// "talk.wav  ██████░░░░  61 %  12:10 of 20:00, 38 x real time", at most style.columns - 1 wide, without a
// line end.
std::string progress_line(std::string_view name, const Progress& progress, const TerminalStyle& style);

}  // namespace diktate
