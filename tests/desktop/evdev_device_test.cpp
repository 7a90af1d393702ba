// What is asked of the kernel for an input device: this program has an ioctl() of its own in place of the
// kernel's.
#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desktop/evdev/device.h"

namespace {

using Codes = std::set<unsigned>;

struct FakeKernel {
  Codes has;                        // the keys of the device
  Codes down;                       // those that are down
  std::map<unsigned, Codes> masks;  // by type
  bool answers = true;
};

FakeKernel& kernel() {
  static FakeKernel one;
  return one;
}

constexpr std::size_t kWordBits = 8 * sizeof(unsigned long);

Codes codes_of(const void* bits, std::size_t bytes) {
  Codes codes;
  for (std::size_t word = 0; word < bytes / sizeof(unsigned long); ++word) {
    unsigned long value = 0;
    std::memcpy(&value, static_cast<const char*>(bits) + word * sizeof value, sizeof value);
    for (std::size_t bit = 0; bit < kWordBits; ++bit)
      if ((value >> bit & 1) != 0) codes.insert(static_cast<unsigned>(word * kWordBits + bit));
  }
  return codes;
}

void put(const Codes& codes, void* bits, std::size_t bytes) {
  std::vector<unsigned long> words(bytes / sizeof(unsigned long));
  for (const unsigned code : codes) words.at(code / kWordBits) |= 1UL << (code % kWordBits);
  std::memcpy(bits, words.data(), bytes);
}

}  // namespace

extern "C" int ioctl(int /*file*/, unsigned long request, ...) noexcept {
  va_list arguments;
  va_start(arguments, request);
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  if (!kernel().answers || _IOC_TYPE(request) != 'E') {
    errno = ENOTTY;
    return -1;
  }
  if (request == EVIOCSMASK) {
    const auto& mask = *static_cast<const input_mask*>(argument);
    kernel().masks[mask.type] =
        codes_of(reinterpret_cast<const void*>(static_cast<std::uintptr_t>(mask.codes_ptr)), mask.codes_size);
    return 0;
  }
  const std::size_t size = _IOC_SIZE(request);
  if (request == EVIOCGBIT(EV_KEY, size)) put(kernel().has, argument, size);
  if (request == EVIOCGKEY(size)) put(kernel().down, argument, size);
  return static_cast<int>(size);
}

namespace diktate {
namespace {

constexpr std::array<std::uint16_t, 2> kTwoKeys{KEY_F13, KEY_PAUSE};

class EvdevDeviceTest : public testing::Test {
 protected:
  void SetUp() override {
    kernel() = {.has = {KEY_A, KEY_D, KEY_F13}, .down = {}, .masks = {}};
    std::string name = testing::TempDir() + "evdev_device_XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    ASSERT_EQ(::mkfifo((folder_ / "event0").c_str(), 0600), 0);
    end_ = UniqueFd(::open((folder_ / "event0").c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<EvdevDevice> open() { return *EvdevDevice::open(folder_ / "event0", kTwoKeys); }

  void send(std::uint16_t type, std::uint16_t code, int value) {
    input_event event{};
    event.type = type;
    event.code = code;
    event.value = value;
    ASSERT_EQ(::write(end_.get(), &event, sizeof event), static_cast<ssize_t>(sizeof event));
  }
  std::vector<std::size_t> changes(EvdevDevice& device) {
    std::vector<std::size_t> all;
    EXPECT_TRUE(device.read([&](std::size_t index, Nanoseconds) { all.push_back(index); }));
    return all;
  }

  std::filesystem::path folder_;
  UniqueFd end_;
};

TEST_F(EvdevDeviceTest, TheKernelIsToldToDeliverOurKeysAlone) {
  ASSERT_NE(open(), nullptr);
  EXPECT_EQ(kernel().masks[EV_KEY], (Codes{KEY_F13, KEY_PAUSE}));
  EXPECT_EQ(kernel().masks[EV_SYN], Codes{EV_KEY}) << "of the types of events";
}

TEST_F(EvdevDeviceTest, ADeviceWithoutOurKeysIsNotReadAtAll) {
  kernel().has = {KEY_A, KEY_D};
  EXPECT_EQ(open(), nullptr);
  EXPECT_TRUE(kernel().masks.empty());
}

TEST_F(EvdevDeviceTest, WhatTellsNothingIsReadAllTheSame) {
  kernel().answers = false;
  EXPECT_NE(open(), nullptr);
}

TEST_F(EvdevDeviceTest, AfterALossTheKernelIsAskedForTheKeysThatAreDown) {
  const auto device = open();
  send(EV_KEY, KEY_F13, 1);
  EXPECT_EQ(changes(*device), std::vector<std::size_t>{0});
  kernel().down = {KEY_A, KEY_PAUSE};
  send(EV_SYN, SYN_DROPPED, 0);
  send(EV_SYN, SYN_REPORT, 0);
  EXPECT_EQ(changes(*device), (std::vector<std::size_t>{0, 1}));
  EXPECT_FALSE(device->is_down(0));
  EXPECT_TRUE(device->is_down(1));
}

}  // namespace
}  // namespace diktate
