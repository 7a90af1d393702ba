// A microphone of the sound server (PulseAudio, or PipeWire in its place) as an audio source.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "audio/opened_audio.h"
#include "base/clock.h"
#include "base/result.h"

namespace diktate {

struct PulseSourceOptions {
  std::string source = {};  // its name at the server; empty: that of PULSE_SOURCE, else the default
  std::optional<std::int64_t> longest = {};  // samples: after them the source is at its end
  // The microphone is on as soon as it is open, and what it hears until the first read, of up to 30 s, is not
  // lost.
  bool on_at_once = false;
  // The microphone is on from the start, and the take begins with what it heard so long before the first
  // read. 0: the first read puts it on.
  Nanoseconds preroll = {};
};

// Waits for the server, some seconds at most, and leaves the microphone off: the first read() puts it on,
// unless the options do. stop() switches it off. Fails (`unavailable`) without a server or without that
// microphone.
//
// read() gives samples until `finish`, and then those that were captured up to that instant; they are on
// their way for some 20 ms. It fails, in a line that names the cause, when the microphone is unplugged, the
// server ends, or nothing comes for two seconds. The source never moves to another microphone. warnings()
// waits for the server if all was silent. `clock` is borrowed for as long as the source lives.
Result<OpenedAudio> open_pulse(const PulseSourceOptions& options, const Clock& clock);

}  // namespace diktate
