#include "desktop/displays.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/files.h"

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

// What listens there, as a display does.
UniqueFd listen_at(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = path.string();
  std::copy(name.begin(), name.end(), address.sun_path);
  UniqueFd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  EXPECT_EQ(bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(listen(fd.get(), 1), 0);
  return fd;
}

TEST(Displays, ThatNobodyNamesAreFoundByTheirSockets) {
  std::string name = (std::filesystem::temp_directory_path() / "diktate-sockets-XXXXXX").string();
  const std::filesystem::path folder = mkdtemp(name.data());
  const auto found = [&] {
    const DisplayNames names = find_displays(folder, folder);
    return names.wayland + "|" + names.x11;
  };
  EXPECT_EQ(found(), "|");
  std::ofstream{folder / "X0"} << "no socket";
  (void)listen_at(folder / "X1");  // its server has ended
  EXPECT_EQ(found(), "|");
  const UniqueFd x11 = listen_at(folder / "X3");
  EXPECT_EQ(found(), "|:3");
  const UniqueFd wayland = listen_at(folder / "wayland-1");
  EXPECT_EQ(found(), "wayland-1|") << "where there is both, X is a part of the other";
  EXPECT_EQ(find_displays("", folder / "nowhere").wayland, "");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace diktate
