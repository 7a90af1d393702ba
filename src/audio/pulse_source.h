// A microphone of the sound server (PulseAudio, or PipeWire in its place) as an audio source.
#pragma once

#include <cstdint>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "audio/opened_audio.h"
#include "base/clock.h"
#include "base/result.h"

namespace diktate {

struct PulseSourceOptions {
  std::string source = {};  // its name at the server; empty: that of PULSE_SOURCE, else the default
  std::optional<std::int64_t> longest = {};  // samples: after them the source is at its end
  // The microphone is on from the start, and the take begins with what it heard so long before the first
  // read. 0: the first read puts it on.
  Nanoseconds preroll = {};
};

// Waits for the server, some seconds at most, and leaves the microphone off: the first read() puts it on.
// Fails (`unavailable`) without a server or without that microphone.
//
// read() gives samples until `finish`, and then those that were captured up to that instant; they are on
// their way for some 20 ms. It fails, in a line that names the cause, when the microphone is unplugged, the
// server ends, or nothing comes for two seconds. The source never moves to another microphone. warnings()
// waits for the server if all was silent. `clock` is borrowed for as long as the source lives.
Result<OpenedAudio> open_pulse(const PulseSourceOptions& options, const Clock& clock);

// A microphone that is on between takes, so that a take begins with what was said just before the key
// (`options.preroll`). A thread of its own opens the next one while a take runs. Any thread; `clock` is
// borrowed.
class WarmMicrophone {
 public:
  WarmMicrophone(const PulseSourceOptions& options, const Clock& clock);
  // Waits for the server, if it is just being asked.
  ~WarmMicrophone();
  WarmMicrophone(const WarmMicrophone&) = delete;
  WarmMicrophone& operator=(const WarmMicrophone&) = delete;

  // The one that is on; a new one where that one is gone, or is not the default any more. As open_pulse().
  Result<std::unique_ptr<AudioSource>> take();

 private:
  class Spare;
  std::future<std::unique_ptr<Spare>> open_later() const;

  const PulseSourceOptions options_;
  const Clock& clock_;
  std::mutex mutex_;
  std::future<std::unique_ptr<Spare>> next_;
};

}  // namespace diktate
