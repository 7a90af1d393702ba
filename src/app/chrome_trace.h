// Takes as a trace in Chrome's JSON format, which Perfetto, chrome://tracing and speedscope open.
//
// A take is a process, a thread of it a track. The format wants the events of one track to nest; spans need
// not: the wait of one segment may begin before another is decoded. Spans of a name that do so stand on
// tracks of their own, called "thread: name".
#pragma once

#include <span>
#include <string>

#include "core/pipeline.h"

namespace diktate {

struct TracedTake {
  std::string name;  // e.g. the file
  const Take* take;  // borrowed for the call
};

// The whole file: complete events ("X", microseconds from the first key down), metadata events ("M") with the
// names.
std::string chrome_trace(std::span<const TracedTake> takes);

}  // namespace diktate
