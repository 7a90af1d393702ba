// One input device of the kernel (/dev/input/event*), of which only our keys are read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "desktop/evdev/key_states.h"

namespace diktate {

// One thread uses it.
class EvdevDevice {
 public:
  // Opens it for reading, never grabs it, and has the kernel deliver the events of `keys` alone (EVIOCSMASK):
  // what is typed neither wakes us nor comes into this process. Where the kernel cannot (before 4.4), every
  // key wakes us, and other keys are dropped as they are read. Does not wait. Fails (`unavailable`) with why
  // it cannot be opened; nullptr: it has none of the keys, or is no input device.
  static Result<std::unique_ptr<EvdevDevice>> open(const std::filesystem::path& path,
                                                   std::span<const std::uint16_t> keys);

  int descriptor() const { return file_.get(); }
  const std::string& name() const { return name_; }  // of the file: "event3"
  bool is_down(std::size_t index) const { return states_.is_down(index); }

  // Reads what there is, some dozens of events at most; the descriptor stays readable if there is more.
  // False: the device is gone (or is none, as it gives half an event), and its keys are released. Does not
  // wait.
  bool read(const KeyStates::OnChange& on_change);

  void release_all(const KeyStates::OnChange& on_change) { states_.release_all(on_change); }

 private:
  EvdevDevice(UniqueFd file, std::string name, std::span<const std::uint16_t> keys);

  const UniqueFd file_;
  const std::string name_;
  KeyStates states_;
};

}  // namespace diktate
