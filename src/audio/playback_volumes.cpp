#include "audio/playback_volumes.h"

#include <algorithm>
#include <string>

#include <pulse/context.h>
#include <pulse/ext-stream-restore.h>
#include <pulse/introspect.h>
#include <pulse/proplist.h>
#include <pulse/volume.h>
#include <unistd.h>

namespace diktate {
namespace {

ChannelVolumes channels_of(const pa_cvolume& volume) {
  return {volume.values, volume.values + volume.channels};
}

pa_cvolume cvolume_of(const ChannelVolumes& volumes) {
  pa_cvolume volume{};
  volume.channels = static_cast<std::uint8_t>(std::min<std::size_t>(volumes.size(), PA_CHANNELS_MAX));
  std::copy_n(volumes.begin(), volume.channels, volume.values);
  return volume;
}

std::string property(const pa_sink_input_info& info, const char* name) {
  const char* value = pa_proplist_gets(info.proplist, name);
  return value == nullptr ? "" : value;
}

// A stream without a client is the server's own: what it plays is another's.
bool is_others(const pa_sink_input_info& info) {
  return info.client != PA_INVALID_INDEX && info.has_volume != 0 && info.volume_writable != 0 &&
         property(info, PA_PROP_APPLICATION_PROCESS_ID) != std::to_string(::getpid());
}

struct Cookie {
  const PulseConnection& connection;
  std::uint32_t value = 0;
};

void on_server_info(pa_context*, const pa_server_info* info, void* data) {
  auto& cookie = *static_cast<Cookie*>(data);
  if (info != nullptr) cookie.value = info->cookie;
  cookie.connection.wake();
}

struct Playing {
  const PulseConnection& connection;
  std::vector<PlaybackStream> streams = {};
  bool failed = false;
};

void on_sink_input(pa_context*, const pa_sink_input_info* info, int end, void* data) {
  auto& playing = *static_cast<Playing*>(data);
  playing.failed = end < 0;
  if (end != 0) return playing.connection.wake();
  if (info != nullptr && is_others(*info))
    playing.streams.push_back(
        {info->index, property(*info, "module-stream-restore.id"), channels_of(info->volume)});
}

struct Done {
  const PulseConnection& connection;
  bool good = false;
};

void on_done(pa_context*, int success, void* data) {
  auto& done = *static_cast<Done*>(data);
  done.good = success != 0;
  done.connection.wake();
}

// All that the server has under a name; of that only the volume is ours.
struct Saved {
  std::string name;
  std::string device;
  pa_channel_map channels{};
  pa_cvolume volume{};
  int mute = 0;
};

struct AllSaved {
  const PulseConnection& connection;
  std::vector<Saved> entries = {};
};

void on_saved(pa_context*, const pa_ext_stream_restore_info* info, int end, void* data) {
  auto& all = *static_cast<AllSaved*>(data);
  if (end != 0) return all.connection.wake();
  if (info == nullptr || info->name == nullptr) return;
  all.entries.push_back(
      {info->name, info->device == nullptr ? "" : info->device, info->channel_map, info->volume, info->mute});
}

}  // namespace

Result<std::uint32_t> PlaybackVolumes::server() {
  const PulseConnection::Lock lock(connection_);
  Cookie cookie{connection_};
  if (auto asked =
          connection_.wait_for(pa_context_get_server_info(connection_.context(), on_server_info, &cookie));
      !asked)
    return tl::unexpected(asked.error());
  return cookie.value;
}

Result<std::vector<PlaybackStream>> PlaybackVolumes::playing() {
  const PulseConnection::Lock lock(connection_);
  Playing playing{connection_};
  if (auto asked = connection_.wait_for(
          pa_context_get_sink_input_info_list(connection_.context(), on_sink_input, &playing));
      !asked)
    return tl::unexpected(asked.error());
  if (playing.failed) return fail(ErrorKind::failed, "the sound server: " + connection_.last_error());
  return std::move(playing.streams);
}

Result<void> PlaybackVolumes::set(std::uint32_t index, const ChannelVolumes& volumes) {
  const PulseConnection::Lock lock(connection_);
  const pa_cvolume volume = cvolume_of(volumes);
  Done done{connection_};
  return connection_.wait_for(
      pa_context_set_sink_input_volume(connection_.context(), index, &volume, on_done, &done));
}

std::vector<SavedVolume> PlaybackVolumes::saved() {
  const PulseConnection::Lock lock(connection_);
  AllSaved all{connection_};
  std::vector<SavedVolume> saved;
  if (!connection_.wait_for(pa_ext_stream_restore_read(connection_.context(), on_saved, &all))) return saved;
  for (const Saved& entry : all.entries)
    if (entry.volume.channels > 0) saved.push_back({entry.name, channels_of(entry.volume)});
  return saved;
}

Result<void> PlaybackVolumes::save(const SavedVolume& volume) {
  const PulseConnection::Lock lock(connection_);
  AllSaved all{connection_};
  if (auto asked = connection_.wait_for(pa_ext_stream_restore_read(connection_.context(), on_saved, &all));
      !asked)
    return asked;
  const auto entry = std::find_if(all.entries.begin(), all.entries.end(),
                                  [&](const Saved& one) { return one.name == volume.name; });
  if (entry == all.entries.end() || entry->volume.channels != volume.volumes.size()) return {};
  pa_ext_stream_restore_info info{};
  info.name = entry->name.c_str();
  info.device = entry->device.empty() ? nullptr : entry->device.c_str();
  info.channel_map = entry->channels;
  info.volume = cvolume_of(volume.volumes);
  info.mute = entry->mute;
  Done done{connection_};
  return connection_.wait_for(
      pa_ext_stream_restore_write(connection_.context(), PA_UPDATE_REPLACE, &info, 1, 1, on_done, &done));
}

}  // namespace diktate
