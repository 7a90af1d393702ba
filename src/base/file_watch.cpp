#include "base/file_watch.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

#include <sys/inotify.h>
#include <unistd.h>

namespace diktate {
namespace {

constexpr std::uint32_t kAppears = IN_CREATE | IN_MOVED_TO;

}  // namespace

// A folder that is watched already stays as it is.
void FileWatch::arm() {
  if (files_.empty()) return;
  if (!changes_) changes_ = UniqueFd(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  for (const auto& file : files_)
    inotify_add_watch(changes_.get(), file.parent_path().c_str(), kAppears | IN_ONLYDIR);
}

bool FileWatch::appeared() {
  const auto is_one = [&](std::string_view name) {
    return std::any_of(files_.begin(), files_.end(),
                       [&](const auto& file) { return file.filename() == name; });
  };
  bool found = false;
  alignas(inotify_event) std::array<char, 4096> events{};
  ssize_t count = 0;
  while ((count = read(changes_.get(), events.data(), events.size())) > 0) {
    for (std::size_t at = 0; at < static_cast<std::size_t>(count);) {
      inotify_event event{};
      std::memcpy(&event, &events.at(at), sizeof event);
      const std::size_t name = at + sizeof event;
      const bool missed = (event.mask & IN_Q_OVERFLOW) != 0;
      found = found || missed || (event.len > 0 && is_one(&events.at(name)));
      at = name + event.len;
    }
  }
  return found;
}

}  // namespace diktate
