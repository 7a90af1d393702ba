// How loud other programs play, at the sound server. Inside this folder only.
#pragma once

#include <cstdint>
#include <vector>

#include "audio/ducked_streams.h"
#include "audio/pulse_connection.h"
#include "base/result.h"

namespace diktate {

// One thread uses it. All waits for the server, some seconds at most.
class PlaybackVolumes {
 public:
  // `connection` is borrowed.
  explicit PlaybackVolumes(PulseConnection& connection) : connection_(connection) {}

  // Which run of the server this is.
  Result<std::uint32_t> server();
  // What other programs play, and can be made quieter.
  Result<std::vector<PlaybackStream>> playing();
  Result<void> set(std::uint32_t index, const ChannelVolumes& volumes);

  // What is kept for streams to come; nothing, where the server keeps nothing.
  std::vector<SavedVolume> saved();
  // Changes one of those, and the streams that play under its name.
  Result<void> save(const SavedVolume& volume);

 private:
  PulseConnection& connection_;
};

}  // namespace diktate
