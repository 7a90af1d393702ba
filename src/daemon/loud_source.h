// An audio source that also tells how loud it is, and when it is stopped.
#pragma once

#include <functional>
#include <memory>

#include "core/ports.h"

namespace diktate {

struct LoudSourceListeners {
  // The highest sample of each tenth of a second, in dBFS. The reading thread calls both.
  std::function<void(double peak_dbfs)> on_level;
  // Nobody reads any more: the source is stopped.
  std::function<void()> on_stop;
};

// Everything else is as `source` does it.
std::unique_ptr<AudioSource> make_loud(std::unique_ptr<AudioSource> source, LoudSourceListeners listeners);

}  // namespace diktate
