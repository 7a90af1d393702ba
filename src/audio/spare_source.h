// A microphone that is open before the take that will hear it. Inside this folder only.
#pragma once

#include <memory>

#include "audio/pulse_source.h"
#include "base/clock.h"
#include "base/result.h"
#include "core/ports.h"

namespace diktate {

class SpareSource : public AudioSource {
 public:
  // Whether a take may still begin with it. Waits for the server.
  virtual bool is_current() const = 0;
};

// As open_pulse().
Result<std::unique_ptr<SpareSource>> open_spare(const PulseSourceOptions& options, const Clock& clock);

}  // namespace diktate
