// An audio source that also tells how loud it is, when it is stopped, and why it failed.
#pragma once

#include <functional>
#include <memory>

#include "base/result.h"
#include "core/ports.h"

namespace diktate {

struct LoudSourceListeners {
  // The highest sample of each tenth of a second, in dBFS. The reading thread calls all of them.
  std::function<void(double peak_dbfs)> on_level;
  // Nobody reads any more: the source is stopped.
  std::function<void()> on_stop;
  // A read failed.
  std::function<void(const Error& why)> on_failure = {};
};

// Everything else is as `source` does it.
std::unique_ptr<AudioSource> make_loud(std::unique_ptr<AudioSource> source, LoudSourceListeners listeners);

}  // namespace diktate
