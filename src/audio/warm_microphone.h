// A microphone that is on between takes, so that a take begins with what was said just before the key.
#pragma once

#include <memory>
#include <string>

#include "audio/pulse_source.h"
#include "base/clock.h"
#include "base/result.h"
#include "core/ports.h"

namespace diktate {

// `options.preroll` of it. A thread of its own, "warm", opens the next one while a take runs, and another one
// where that one is gone, is not the default any more, or its server ended: as soon as there is one again. It
// looks when something happens there, and after pauses that grow from a quarter of a second to a minute. Any
// thread; `clock` is borrowed.
class WarmMicrophone {
 public:
  WarmMicrophone(const PulseSourceOptions& options, const Clock& clock);
  // Waits for the server, if it is just being asked.
  ~WarmMicrophone();
  WarmMicrophone(const WarmMicrophone&) = delete;
  WarmMicrophone& operator=(const WarmMicrophone&) = delete;

  // The one that is on; where there is none, a new one. As open_pulse().
  Result<std::unique_ptr<AudioSource>> take();

  // Why none is on, as it was found when it was last looked for; empty: one is on, or is being opened. Does
  // not wait.
  std::string problem() const;

 private:
  class Keeper;
  const std::unique_ptr<Keeper> keeper_;
};

}  // namespace diktate
