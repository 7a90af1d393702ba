#include "desktop/displays.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

using Paths = std::vector<std::filesystem::path>;

TEST(Displays, HaveTheirSocketsWhereTheEnvironmentSaysIt) {
  EXPECT_EQ(display_sockets(":7", "wayland-1", "/run/user/1000"),
            (Paths{"/tmp/.X11-unix/X7", "/run/user/1000/wayland-1"}));
  EXPECT_EQ(display_sockets("unix:12.1", "", ""), Paths{"/tmp/.X11-unix/X12"});
  EXPECT_EQ(display_sockets("", "/tmp/mine", ""), Paths{"/tmp/mine"});
}

TEST(Displays, OfAnotherMachineOrNowhereHaveNone) {
  EXPECT_EQ(display_sockets("there:7", "", "/run/user/1000"), Paths{});
  EXPECT_EQ(display_sockets("", "wayland-1", ""), Paths{});
  EXPECT_EQ(display_sockets("", "", ""), Paths{});
}

}  // namespace
}  // namespace diktate
