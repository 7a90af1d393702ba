#include "desktop/evdev/hotkeys.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <utility>

#include <sys/epoll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/files.h"
#include "desktop/evdev/device.h"
#include "desktop/evdev/keys.h"
#include "desktop/event_times.h"

namespace diktate {
namespace {

constexpr const char* kFolder = "/dev/input";
constexpr std::uint32_t kComes =
    IN_CREATE | IN_MOVED_TO | IN_ATTRIB;  // udev changes the mode after it made it
constexpr std::uint32_t kGoes = IN_DELETE | IN_MOVED_FROM;
constexpr std::uint32_t kFolderGoes = IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED;

class EvdevHotkeys final : public Hotkeys {
 public:
  EvdevHotkeys(std::string folder, const Clock& clock) : folder_(std::move(folder)), clock_(clock) {}

  void add_key(std::string action, std::uint16_t code) {
    actions_.push_back({std::move(action)});
    codes_.push_back(code);
  }
  Result<void> open();

  int descriptor() const override { return poller_.get(); }
  Result<std::vector<HotkeyEvent>> events() override;
  Result<void> listen_for_cancel(bool on) override {
    cancels_ = on;
    return {};
  }
  bool any_down() const override {
    return std::any_of(actions_.begin(), actions_.end(), [](const Action& action) { return action.is_down; });
  }
  std::string name() const override { return "evdev"; }

 private:
  struct Action {
    std::string name;
    bool is_down = false;  // its key, on some device
  };
  struct Noted {
    HotkeyEvent event;  // its time: when it was read
    Nanoseconds time;   // by the clock of the devices; 0: not known
  };

  bool wait_for(int descriptor) const;
  void open_devices();
  void open_device(const std::string& name);
  void close_device(const std::string& name);
  void read_folder();
  void read_change(const inotify_event& change);
  void read_device(int descriptor);
  void note(std::size_t index, Nanoseconds time);
  std::vector<HotkeyEvent> timed();
  Error forbidden() const;

  const std::filesystem::path folder_;
  const Clock& clock_;
  std::vector<Action> actions_;
  std::vector<std::uint16_t> codes_;  // of their keys
  std::vector<std::unique_ptr<EvdevDevice>> devices_;
  std::vector<Noted> events_;
  EventTimes times_;
  std::string refusal_;  // why the last device that could not be opened could not
  bool cancels_ = false;
  bool folder_gone_ = false;
  UniqueFd changes_;  // an inotify of the folder
  UniqueFd poller_;   // an epoll of it and the devices
  const KeyStates::OnChange on_change_ = [this](std::size_t index, Nanoseconds time) { note(index, time); };
};

// The folder is watched before it is looked through: nothing comes in between unseen.
Result<void> EvdevHotkeys::open() {
  poller_ = UniqueFd(epoll_create1(EPOLL_CLOEXEC));
  changes_ = UniqueFd(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  const std::uint32_t wanted = kComes | kGoes | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
  if (inotify_add_watch(changes_.get(), folder_.c_str(), wanted) < 0 || !wait_for(changes_.get()))
    return fail(ErrorKind::unavailable,
                "the folder of input devices " + folder_.string() + ": " + std::strerror(errno));
  open_devices();
  if (devices_.empty() && !refusal_.empty()) return tl::unexpected(forbidden());
  return {};
}

Error EvdevHotkeys::forbidden() const {
  return {
      ErrorKind::unavailable,
      "no input device can be read (" + refusal_ +
          "): that takes the group 'input' ('sudo usermod -aG input $USER', then log in anew), and the risk "
          "that each of your programs may read all that you type, passwords too"};
}

bool EvdevHotkeys::wait_for(int descriptor) const {
  epoll_event readable{EPOLLIN, {.fd = descriptor}};
  return epoll_ctl(poller_.get(), EPOLL_CTL_ADD, descriptor, &readable) == 0;
}

void EvdevHotkeys::open_devices() {
  for (const auto& file : entries_of(folder_)) open_device(file.filename());
}

void EvdevHotkeys::open_device(const std::string& name) {
  const auto has_name = [&](const auto& device) { return device->name() == name; };
  if (!name.starts_with("event") || std::any_of(devices_.begin(), devices_.end(), has_name)) return;
  auto device = EvdevDevice::open(folder_ / name, codes_);
  if (!device) refusal_ = device.error().message;
  if (!device || *device == nullptr || !wait_for((*device)->descriptor())) return;
  devices_.push_back(std::move(*device));
}

void EvdevHotkeys::close_device(const std::string& name) {
  const auto found = std::find_if(devices_.begin(), devices_.end(),
                                  [&](const auto& device) { return device->name() == name; });
  if (found == devices_.end()) return;
  const auto device = std::move(*found);
  devices_.erase(found);
  device->release_all(on_change_);
}

Result<std::vector<HotkeyEvent>> EvdevHotkeys::events() {
  std::array<epoll_event, 16> ready{};  // what is left over is ready again
  const int count = epoll_wait(poller_.get(), ready.data(), ready.size(), 0);
  bool folder_changed = false;
  for (int i = 0; i < count; ++i) {
    const int descriptor = ready[static_cast<std::size_t>(i)].data.fd;
    if (descriptor == changes_.get())
      folder_changed = true;
    else
      read_device(descriptor);
  }
  if (folder_changed) read_folder();  // last: it closes descriptors
  if (folder_gone_)                   // our caller takes its keys for released
    return fail(ErrorKind::unavailable, "the folder of input devices " + folder_.string() + " is gone");
  return timed();
}

std::vector<HotkeyEvent> EvdevHotkeys::timed() {
  std::vector<HotkeyEvent> events;
  for (Noted& noted : std::exchange(events_, {})) {
    if (noted.time.count() != 0) noted.event.at = times_.at(noted.time, noted.event.at);
    events.push_back(std::move(noted.event));
  }
  return events;
}

void EvdevHotkeys::read_device(int descriptor) {
  const auto found = std::find_if(devices_.begin(), devices_.end(),
                                  [&](const auto& device) { return device->descriptor() == descriptor; });
  if (found != devices_.end() && !(*found)->read(on_change_)) close_device((*found)->name());
}

void EvdevHotkeys::read_folder() {
  alignas(inotify_event) std::array<char, 4096> buffer{};
  const ssize_t bytes = ::read(changes_.get(), buffer.data(), buffer.size());
  for (ssize_t at = 0; at < bytes;) {
    const auto& change = *reinterpret_cast<const inotify_event*>(buffer.data() + at);
    read_change(change);
    at += static_cast<ssize_t>(sizeof change + change.len);
  }
}

void EvdevHotkeys::read_change(const inotify_event& change) {
  if ((change.mask & IN_Q_OVERFLOW) != 0) return open_devices();
  if ((change.mask & kFolderGoes) != 0) folder_gone_ = true;
  if (change.len == 0) return;
  const std::string name = change.name;
  if ((change.mask & kGoes) != 0) close_device(name);
  if ((change.mask & kComes) != 0) open_device(name);
}

// A key of ours changed on a device: of what is down on two of them the second release is the one.
void EvdevHotkeys::note(std::size_t index, Nanoseconds time) {
  Action& action = actions_[index];
  const bool down = std::any_of(devices_.begin(), devices_.end(),
                                [&](const auto& device) { return device->is_down(index); });
  if (std::exchange(action.is_down, down) == down) return;
  if (action.name == "cancel" && !cancels_) return;
  const Instant now = clock_.now();
  if (time.count() != 0) times_.read(time, now);
  events_.push_back({{action.name, down, now}, time});
}

}  // namespace

Result<void> check_evdev_hotkeys(const EvdevHotkeyOptions& options) {
  std::vector<std::uint16_t> codes;
  std::vector<std::string> keys;
  for (const auto& binding : options.bindings) keys.push_back(binding.key);
  if (!options.cancel.empty()) keys.push_back(options.cancel);
  for (const std::string& key : keys) {
    const auto code = evdev_key(key);
    if (!code) return tl::unexpected(code.error());
    if (std::find(codes.begin(), codes.end(), *code) != codes.end())
      return fail(ErrorKind::invalid, "the key " + key + " stands for two actions");
    codes.push_back(*code);
  }
  return {};
}

Result<std::unique_ptr<Hotkeys>> make_evdev_hotkeys(const EvdevHotkeyOptions& options, const Clock& clock) {
  if (auto good = check_evdev_hotkeys(options); !good) return tl::unexpected(good.error());
  auto hotkeys = std::make_unique<EvdevHotkeys>(options.devices.empty() ? kFolder : options.devices, clock);
  for (const auto& binding : options.bindings) hotkeys->add_key(binding.action, *evdev_key(binding.key));
  if (!options.cancel.empty()) hotkeys->add_key("cancel", *evdev_key(options.cancel));
  if (auto opened = hotkeys->open(); !opened) return tl::unexpected(opened.error());
  return hotkeys;
}

}  // namespace diktate
