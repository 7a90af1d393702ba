// The note is a line with the server's cookie, and one for each stream: its index, the volumes that it got,
// those that it had, and under which name they are saved, which may hold spaces.
#include "audio/ducked_streams.h"

#include <algorithm>
#include <sstream>

#include "base/files.h"

namespace diktate {
namespace {

constexpr std::uint32_t kPercent = 20;
constexpr std::uint32_t kRounding = 64;  // a thousandth of 100 %
constexpr std::string_view kHeading = "ducked 1";

std::string text_of(const ChannelVolumes& volumes) {
  std::string text;
  for (const std::uint32_t volume : volumes) text += (text.empty() ? "" : ",") + std::to_string(volume);
  return text;
}

// Empty: it is none.
ChannelVolumes volumes_of(const std::string& text) {
  ChannelVolumes volumes;
  std::istringstream in(text);
  std::uint32_t volume = 0;
  while (in >> volume) {
    volumes.push_back(volume);
    if (in.get() != ',') break;
  }
  return in.eof() ? volumes : ChannelVolumes{};
}

const SavedVolume* find_saved(const std::vector<SavedVolume>& saved, const std::string& name) {
  if (name.empty()) return nullptr;
  const auto found =
      std::find_if(saved.begin(), saved.end(), [&](const SavedVolume& entry) { return entry.name == name; });
  return found == saved.end() ? nullptr : &*found;
}

// The ducked stream of the same program whose volume this one has by inheritance.
const DuckedStream* heir_of(const PlaybackStream& stream, const DuckedStreams& known,
                            const std::vector<SavedVolume>& saved) {
  if (stream.saved_as.empty()) return nullptr;
  const SavedVolume* entry = find_saved(saved, stream.saved_as);
  if (!saved.empty() && (entry == nullptr || !same_volumes(entry->volumes, stream.volumes))) return nullptr;
  const auto found = std::find_if(known.streams.begin(), known.streams.end(), [&](const DuckedStream& other) {
    return other.before.saved_as == stream.saved_as && same_volumes(other.ducked, stream.volumes);
  });
  return found == known.streams.end() ? nullptr : &*found;
}

bool is_of(const PlaybackStream& stream, const DuckedStream& row) {
  return stream.index == row.before.index && stream.saved_as == row.before.saved_as;
}

// Whether it still plays.
bool plays(const DuckedStream& row, const DuckedStreams& known, std::uint32_t server,
           const std::vector<PlaybackStream>& playing) {
  return server == known.server &&
         std::any_of(playing.begin(), playing.end(),
                     [&](const PlaybackStream& stream) { return is_of(stream, row); });
}

}  // namespace

ChannelVolumes ducked(const ChannelVolumes& volumes) {
  ChannelVolumes quiet;
  for (const std::uint64_t volume : volumes)
    quiet.push_back(static_cast<std::uint32_t>(volume * kPercent / 100));
  return quiet;
}

bool same_volumes(const ChannelVolumes& a, const ChannelVolumes& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](std::uint32_t one, std::uint32_t other) {
    return std::max(one, other) - std::min(one, other) <= kRounding;
  });
}

std::vector<DuckedStream> to_duck(const std::vector<PlaybackStream>& playing, const DuckedStreams& known,
                                  const std::vector<SavedVolume>& saved) {
  std::vector<DuckedStream> fresh;
  for (const PlaybackStream& stream : playing) {
    const auto same = [&](const DuckedStream& other) { return other.before.index == stream.index; };
    if (std::any_of(known.streams.begin(), known.streams.end(), same)) continue;
    DuckedStream row{stream, ducked(stream.volumes)};
    if (const DuckedStream* heir = heir_of(stream, known, saved)) {
      row.before.volumes = heir->before.volumes;
      row.ducked = heir->ducked;
    }
    if (!same_volumes(row.before.volumes, row.ducked)) fresh.push_back(std::move(row));
  }
  return fresh;
}

std::vector<PlaybackStream> to_put_back(const DuckedStreams& known, std::uint32_t server,
                                        const std::vector<PlaybackStream>& playing,
                                        const std::vector<SavedVolume>& saved) {
  std::vector<PlaybackStream> back;
  for (const PlaybackStream& stream : playing) {
    const auto is_it = [&](const DuckedStream& row) { return server == known.server && is_of(stream, row); };
    const auto own = std::find_if(known.streams.begin(), known.streams.end(), is_it);
    const DuckedStream* row = own != known.streams.end() ? &*own : heir_of(stream, known, saved);
    if (row != nullptr && same_volumes(stream.volumes, row->ducked))
      back.push_back({stream.index, stream.saved_as, row->before.volumes});
  }
  return back;
}

// Where one of a program's streams still plays, what is set for that one is saved.
std::vector<SavedVolume> to_save(const DuckedStreams& known, std::uint32_t server,
                                 const std::vector<PlaybackStream>& playing,
                                 const std::vector<SavedVolume>& saved) {
  std::vector<SavedVolume> back;
  for (const DuckedStream& row : known.streams) {
    const SavedVolume* entry = find_saved(saved, row.before.saved_as);
    if (entry == nullptr || !same_volumes(entry->volumes, row.ducked)) continue;
    const bool goes_on =
        std::any_of(known.streams.begin(), known.streams.end(), [&](const DuckedStream& other) {
          return other.before.saved_as == entry->name && plays(other, known, server, playing);
        });
    if (!goes_on && find_saved(back, entry->name) == nullptr)
      back.push_back({entry->name, row.before.volumes});
  }
  return back;
}

DuckedStreams still_owed(const DuckedStreams& known, std::uint32_t server,
                         const std::vector<PlaybackStream>& playing, const std::vector<SavedVolume>& saved,
                         bool settled) {
  DuckedStreams owed{server};
  if (!saved.empty()) return owed;
  for (const DuckedStream& row : known.streams) {
    const std::string& name = row.before.saved_as;
    const auto is_paid = [&](const PlaybackStream& stream) {
      return stream.saved_as == name && (settled || same_volumes(stream.volumes, row.ducked));
    };
    const auto same = [&](const DuckedStream& other) { return other.before.saved_as == name; };
    const bool over = name.empty() || plays(row, known, server, playing) ||
                      std::any_of(playing.begin(), playing.end(), is_paid) ||
                      std::any_of(owed.streams.begin(), owed.streams.end(), same);
    if (over) continue;
    owed.streams.push_back(row);
    owed.streams.back().before.index = kEnded;
  }
  return owed;
}

Result<void> write_ducked(const std::filesystem::path& path, const DuckedStreams& streams) {
  std::string note = std::string(kHeading) + "\n" + std::to_string(streams.server) + "\n";
  for (const DuckedStream& row : streams.streams) {
    const std::string& name = row.before.saved_as;
    note += std::to_string(row.before.index) + " " + text_of(row.ducked) + " " + text_of(row.before.volumes) +
            " " + (name.find('\n') == std::string::npos ? name : "") + "\n";
  }
  if (auto folder = make_private_folder(path.parent_path()); !folder) return folder;
  return write_file_atomically(path, note);
}

DuckedStreams read_ducked(const std::filesystem::path& path) {
  DuckedStreams streams;
  const auto note = read_file(path);
  if (!note) return streams;
  std::istringstream in(*note);
  std::string heading;
  if (!std::getline(in, heading) || heading != kHeading || !(in >> streams.server)) return {};
  DuckedStream row;
  std::string quiet;
  std::string before;
  while (in >> row.before.index >> quiet >> before) {
    in.get();  // the space before the name
    std::getline(in, row.before.saved_as);
    row.ducked = volumes_of(quiet);
    row.before.volumes = volumes_of(before);
    if (!row.ducked.empty() && row.ducked.size() == row.before.volumes.size()) streams.streams.push_back(row);
  }
  return streams;
}

}  // namespace diktate
