// A take's timeline as a picture made of characters: where the time between key up and the text went.
#pragma once

#include <string>

#include "app/terminal.h"
#include "core/pipeline.h"

namespace diktate {

// "stop-to-text 84 ms", or what became of the take instead ("cancelled").
std::string headline(const Take& take);

// The headline and a line a span: name, duration, bar. Bars stand on a scale of two parts: the seconds of
// speaking before key up, the milliseconds of waiting after it, each linear. Lines are at most style.columns
// wide.
std::string waterfall(const Take& take, const TerminalStyle& style);

}  // namespace diktate
