#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "desktop/portal/bus_socket.h"
#include "desktop/portal/session_thread.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

TEST(BusSockets, AreTheFilesAmongTheAddresses) {
  using Paths = std::vector<fs::path>;
  EXPECT_EQ(bus_sockets("unix:path=/run/user/7/bus", "/run/user/8"), Paths{"/run/user/7/bus"});
  EXPECT_EQ(bus_sockets("unix:path=/tmp/a%2cb%20c,guid=123", ""), Paths{"/tmp/a,b c"});
  EXPECT_EQ(bus_sockets("tcp:host=h,path=/no;unix:guid=1,path=/a;unix:path=/b", ""), (Paths{"/a", "/b"}));
  EXPECT_EQ(bus_sockets("", "/run/user/8"), Paths{"/run/user/8/bus"});
  EXPECT_EQ(bus_sockets("", ""), Paths{});
  EXPECT_EQ(bus_sockets("unix:abstract=/tmp/x,guid=1", "/run/user/8"), Paths{});
  EXPECT_EQ(bus_sockets("unix:path=/50%", ""), Paths{"/50%"});
}

// Counts how often there was no bus.
class CountingSession final : public PortalSession {
 public:
  Result<void> open(PortalConnection& /*connection*/) override { return {}; }
  void on_wake(PortalConnection& /*connection*/) override {}
  void on_closed(const Error& /*why*/) override { ++attempts; }

  std::atomic<int> attempts = 0;
};

void await_attempts(const CountingSession& session, int count) {
  while (session.attempts < count) std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

// Its pauses are as long as the test would hang.
TEST(PortalThread, TriesTheBusAsSoonAsItsSocketIsThere) {
  std::string name = fs::temp_directory_path() / "diktate-bus-XXXXXX";
  ASSERT_NE(::mkdtemp(name.data()), nullptr);
  const fs::path folder = name;
  ::setenv("DBUS_SESSION_BUS_ADDRESS", ("unix:path=" + name + "/run/bus").c_str(), 1);
  {
    const auto session = std::make_shared<CountingSession>();
    const PortalThread thread("portal test", session, std::chrono::hours(1));
    await_attempts(*session, 1);
    fs::create_directory(folder / "run");
    await_attempts(*session, 2);
    std::ofstream(folder / "run" / "bus") << "";  // nobody listens there
    await_attempts(*session, 3);
  }
  ::unsetenv("DBUS_SESSION_BUS_ADDRESS");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace diktate
