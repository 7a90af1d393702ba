#include "desktop/evdev/device.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace diktate {
namespace {

constexpr std::size_t kEvents = 64;  // a read

// Sets of codes, as the kernel has them.
using Word = unsigned long;
constexpr std::size_t kWordBits = 8 * sizeof(Word);
template <std::size_t count>
using Bits = std::array<Word, (count + kWordBits - 1) / kWordBits>;
using TypeBits = Bits<EV_CNT>;
using KeyBits = Bits<KEY_CNT>;

bool has(std::span<const Word> bits, std::uint16_t code) {
  return (bits[code / kWordBits] >> (code % kWordBits) & 1) != 0;
}

void add(std::span<Word> bits, std::uint16_t code) {
  bits[code / kWordBits] |= Word{1} << (code % kWordBits);
}

void set_mask(int file, std::uint32_t type, std::span<const Word> wanted) {
  input_mask mask{};
  mask.type = type;
  mask.codes_size = static_cast<std::uint32_t>(wanted.size_bytes());
  mask.codes_ptr = reinterpret_cast<std::uintptr_t>(wanted.data());
  ioctl(file, EVIOCSMASK, &mask);  // where it fails, KeyStates drops the rest
}

// The clock that nobody sets; a kernel that does not have it keeps to the other one.
void ask_for_times(int file) {
  int clock = CLOCK_MONOTONIC;
  ioctl(file, EVIOCSCLOCKID, &clock);
}

Nanoseconds time_of(const input_event& event) {
  constexpr std::int64_t kMostSeconds = 4'000'000'000;  // no input device gives more
  const std::int64_t seconds = event.input_event_sec;
  const std::int64_t microseconds = event.input_event_usec;
  if (seconds < 0 || seconds > kMostSeconds || microseconds < 0 || microseconds > 1'000'000) return {};
  return std::chrono::seconds(seconds) + std::chrono::microseconds(microseconds);
}

void ask_for(int file, std::span<const std::uint16_t> keys) {
  TypeBits types{};
  add(types, EV_KEY);
  KeyBits codes{};
  for (const std::uint16_t key : keys) add(codes, key);
  set_mask(file, EV_KEY, codes);
  set_mask(file, EV_SYN, types);  // the mask of this type is that of the types
}

// Of what does not tell its keys nothing is known.
bool may_have(int file, std::span<const std::uint16_t> keys) {
  KeyBits codes{};
  if (ioctl(file, EVIOCGBIT(EV_KEY, sizeof codes), codes.data()) < 0) return true;
  return std::any_of(keys.begin(), keys.end(), [&](std::uint16_t key) { return has(codes, key); });
}

// The kernel tells of all keys at once; all but ours is gone when this returns.
std::optional<std::vector<bool>> keys_down(int file, std::span<const std::uint16_t> keys) {
  KeyBits codes{};
  if (ioctl(file, EVIOCGKEY(sizeof codes), codes.data()) < 0) return {};
  std::vector<bool> down;
  for (const std::uint16_t key : keys) down.push_back(has(codes, key));
  explicit_bzero(codes.data(), sizeof codes);
  return down;
}

}  // namespace

EvdevDevice::EvdevDevice(UniqueFd file, std::string name, std::span<const std::uint16_t> keys)
    : file_(std::move(file)),
      name_(std::move(name)),
      states_(keys,
              [this, keys = std::vector(keys.begin(), keys.end())] { return keys_down(file_.get(), keys); }) {
}

Result<std::unique_ptr<EvdevDevice>> EvdevDevice::open(const std::filesystem::path& path,
                                                       std::span<const std::uint16_t> keys) {
  UniqueFd file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (!file) return fail(ErrorKind::unavailable, path.string() + ": " + std::strerror(errno));
  if (!may_have(file.get(), keys)) return nullptr;
  ask_for_times(file.get());
  ask_for(file.get(), keys);
  return std::unique_ptr<EvdevDevice>(new EvdevDevice(std::move(file), path.filename(), keys));
}

bool EvdevDevice::read(const KeyStates::OnChange& on_change) {
  std::array<input_event, kEvents> events{};
  const ssize_t bytes = ::read(file_.get(), events.data(), sizeof events);
  if (bytes < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  const std::size_t count = bytes < 0 ? 0 : static_cast<std::size_t>(bytes) / sizeof(input_event);
  const bool whole = bytes > 0 && static_cast<std::size_t>(bytes) % sizeof(input_event) == 0;
  for (std::size_t i = 0; i < count; ++i) {
    const InputEvent event{events[i].type, events[i].code, events[i].value, time_of(events[i])};
    states_.take({&event, 1}, on_change);
  }
  explicit_bzero(events.data(), sizeof events);
  if (!whole) states_.release_all(on_change);
  return whole;
}

}  // namespace diktate
