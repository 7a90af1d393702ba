// Which streams were made quieter, and how loud they were: what is noted before anything is changed, and what
// follows from it. Nothing here speaks to the sound server.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace diktate {

// Of each channel, on the server's scale: 65536 is 100 %.
using ChannelVolumes = std::vector<std::uint32_t>;

inline constexpr std::uint32_t kEnded = 0xFFFFFFFF;  // no index of a stream

// What a program plays.
struct PlaybackStream {
  std::uint32_t index = 0;  // no other stream of this run of the server has it; kEnded: it plays no more
  std::string saved_as;  // under which the server keeps its volume for the program's next one; may be empty
  ChannelVolumes volumes;
};

struct DuckedStream {
  PlaybackStream before;
  ChannelVolumes ducked;
};

struct DuckedStreams {
  std::uint32_t server = 0;  // its cookie: another run of it has other streams
  std::vector<DuckedStream> streams = {};
};

// What the server keeps for streams to come. PipeWire's keeps it, too, and does not tell: then none are
// known.
struct SavedVolume {
  std::string name;  // PlaybackStream::saved_as
  ChannelVolumes volumes;
};

// A fifth of it.
ChannelVolumes ducked(const ChannelVolumes& volumes);

// Whether nobody changed it: a server may round.
bool same_volumes(const ChannelVolumes& a, const ChannelVolumes& b);

// Those of `playing` that are to be ducked: no known one, and none that is silent. One that began with what
// the server saved while its program was ducked was as loud before as the program was: an heir.
std::vector<DuckedStream> to_duck(const std::vector<PlaybackStream>& playing, const DuckedStreams& known,
                                  const std::vector<SavedVolume>& saved);

// Streams, as they should be again: those that play as loud as they were ducked to, and heirs. `server` is
// the one that plays them.
std::vector<PlaybackStream> to_put_back(const DuckedStreams& known, std::uint32_t server,
                                        const std::vector<PlaybackStream>& playing,
                                        const std::vector<SavedVolume>& saved);

// What the server would give to the next stream of a program whose ducked ones have ended, as it should be.
std::vector<SavedVolume> to_save(const DuckedStreams& known, std::uint32_t server,
                                 const std::vector<PlaybackStream>& playing,
                                 const std::vector<SavedVolume>& saved);

// What is left to be done when those were put back and saved, at a server that does not tell what it keeps:
// of each program whose ducked streams ended, one, until an heir was put back or another stream of it plays.
// Not `settled`: that one may get its volume yet.
DuckedStreams still_owed(const DuckedStreams& known, std::uint32_t server,
                         const std::vector<PlaybackStream>& playing, const std::vector<SavedVolume>& saved,
                         bool settled);

// The note, for a program that ended before it could put anything back. Mode 0600; waits on the disk.
Result<void> write_ducked(const std::filesystem::path& path, const DuckedStreams& streams);
// Nothing, where there is no note or it cannot be understood.
DuckedStreams read_ducked(const std::filesystem::path& path);

}  // namespace diktate
