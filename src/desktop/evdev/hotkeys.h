// Keys that work in every window, whatever the desktop, read from the kernel's input devices: press and
// release.
//
// For whom no desktop gives a key (Wayland), and for pedals. Only where the user asks for it: whoever may
// read these devices may read all that is typed, passwords too. So this reads keys with which nobody types
// (evdev/keys.h), and tells the kernel to deliver no others (evdev/device.h). Nothing is grabbed: the window
// that has the focus gets the key, too. The key works in every session of this machine and while the screen
// is locked: a device knows neither.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "core/ports.h"

namespace diktate {

struct EvdevHotkeyOptions {
  std::string devices = {};  // the folder of files event*; empty: /dev/input
  struct Binding {
    std::string action;  // "dictate"
    std::string key;     // of evdev_key_names()
  };
  std::vector<Binding> bindings = {};
  std::string cancel = {};  // heard only while listen_for_cancel(true); its action is "cancel"; empty: no key
};

// Fails (`invalid`) as evdev_key() does, and where a key stands twice. Opens nothing.
Result<void> check_evdev_hotkeys(const EvdevHotkeyOptions& options);

// Opens the devices that have one of the keys, now and whenever one comes (inotify); a key that is down when
// its device goes is released. A key that is down on two devices is released with the second. Before the
// machine sleeps the kernel itself releases what is down. The descriptor is an epoll of the devices and the
// folder: nothing else wakes. Does not wait. Fails (`invalid`) as check_evdev_hotkeys(), (`unavailable`)
// without the folder, and where no device can be read and some are forbidden. events() fails when the folder
// is gone. `clock` is borrowed for as long as the keys live. Untested with real devices.
Result<std::unique_ptr<Hotkeys>> make_evdev_hotkeys(const EvdevHotkeyOptions& options, const Clock& clock);

}  // namespace diktate
