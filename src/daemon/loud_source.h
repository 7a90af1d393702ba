// An audio source that also tells how loud it is, and when all is heard.
#pragma once

#include <functional>
#include <memory>

#include "core/ports.h"

namespace diktate {

struct LoudSourceListeners {
  // The highest sample of each tenth of a second, in dBFS. The reading thread calls both.
  std::function<void(double peak_dbfs)> on_level;
  // Once: no more samples will come.
  std::function<void()> on_end;
};

// Everything else is as `source` does it.
std::unique_ptr<AudioSource> make_loud(std::unique_ptr<AudioSource> source, LoudSourceListeners listeners);

}  // namespace diktate
