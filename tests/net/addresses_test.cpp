// Which of a host's addresses a connection is made to.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/files.h"
#include "net/http_client.h"
#include "net/net_fixture.h"
#include "net/tiny_server.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::string at(const std::string& host, const TinyServer& server) {
  return "http://" + host + ":" + std::to_string(server.port()) + "/";
}

TEST(Addresses, OfLocalhostAreBothTried) {
  for (const std::string address : {"127.0.0.1", "::1"}) {
    TinyServer server(TinyServer::answers("ok"), address);
    const auto client = client_with();
    const auto answered = client->request({.url = at("localhost", server)}, {});
    ASSERT_TRUE(answered) << answered.error().message;
    EXPECT_EQ(answered->timings.address, address);
    EXPECT_EQ(server.connections(), 1);
  }
}

TEST(Addresses, ThatRefuseCostNothing) {
  TinyServer server(TinyServer::answers("ok"));
  const auto client = client_with({.lookup = knows({{"dual.test", {"::1", "127.0.0.1"}}})});
  const auto answered = client->request({.url = at("dual.test", server)}, {});
  ASSERT_TRUE(answered) << answered.error().message;
  EXPECT_EQ(answered->timings.address, "127.0.0.1");
}

TEST(Addresses, ThatStallDoNotHoldUpTheOthers) {
  TinyServer server(TinyServer::answers("ok"));
  const StalledPort stalled("127.0.0.2", server.port());
  const auto client = client_with({.lookup = knows({{"dual.test", {"127.0.0.2", "127.0.0.1"}}})});
  const auto answered = client->request({.url = at("dual.test", server)}, {});
  ASSERT_TRUE(answered) << answered.error().message;
  EXPECT_EQ(answered->timings.address, "127.0.0.1");
  EXPECT_LT(answered->timings.total, milliseconds(900));  // when the kernel sends the second SYN
}

TEST(Addresses, ThatStallAltogetherEndInTime) {
  TinyServer server(TinyServer::answers("ok"));
  const StalledPort stalled("127.0.0.2", server.port());
  const auto client =
      client_with({.connect_limit = milliseconds(100), .lookup = knows({{"one.test", {"127.0.0.2"}}})});
  const auto late = client->request({.url = at("one.test", server)}, {});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::timeout);
  EXPECT_NE(late.error().message.find("127.0.0.2"), std::string::npos) << late.error().message;
  const auto sooner = client->request({.url = at("one.test", server), .deadline = in(milliseconds(50))}, {});
  EXPECT_NE(sooner.error().message.find("could not be connected to in time"), std::string::npos)
      << sooner.error().message;
}

TEST(Addresses, ThatStallDoNotHideThatTheServerIsDown) {
  std::uint16_t port = 0;
  { port = TinyServer(TinyServer::answers("")).port(); }
  const StalledPort stalled("127.0.0.2", port);
  const auto client = client_with({.lookup = knows({{"dual.test", {"127.0.0.2", "127.0.0.1"}}})});
  const Instant start = std::chrono::steady_clock::now();
  const auto down = client->request({.url = "http://dual.test:" + std::to_string(port)}, {});
  ASSERT_FALSE(down);
  EXPECT_EQ(down.error().kind, ErrorKind::unavailable) << down.error().message;
  EXPECT_LT(since(start), seconds(5));
}

// As ::1 is where IPv6 is switched off: the kernel connects no stream to all.
TEST(Addresses, ThatThisMachineHasNoWayToDoNotHideThatNobodyListens) {
  std::uint16_t port = 0;
  { port = TinyServer(TinyServer::answers("")).port(); }
  const auto client = client_with({.lookup = knows({{"dual.test", {"255.255.255.255", "127.0.0.1"}},
                                                    {"far.test", {"255.255.255.255"}}})});
  const auto down = client->request({.url = "http://dual.test:" + std::to_string(port)}, {});
  ASSERT_FALSE(down);
  EXPECT_EQ(down.error().kind, ErrorKind::refused);
  EXPECT_EQ(down.error().message,
            "nothing listens at dual.test:" + std::to_string(port) + " (refused by 127.0.0.1)");
  const auto far = client->request({.url = "http://far.test:" + std::to_string(port)}, {});
  ASSERT_FALSE(far);
  EXPECT_EQ(far.error().kind, ErrorKind::unavailable) << far.error().message;
}

TEST(Addresses, ThatWonAreRememberedAndStartFirst) {
  const ScratchFolder folder;
  TinyServer server(TinyServer::answers("ok"));
  const LookupFunction lookup = knows({{"dual.test", {"127.0.0.2", "127.0.0.1"}}});
  {
    const auto client = client_with({.state_folder = folder.path(), .lookup = lookup});
    ASSERT_TRUE(client->request({.url = at("dual.test", server)}, {}));
  }
  const auto file = folder.path() / "addresses";
  EXPECT_EQ(read_file(file).value(), "dual.test:" + std::to_string(server.port()) + " 127.0.0.1\n");
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);

  TinyServer other(TinyServer::answers("ok"), "127.0.0.2", server.port());
  const auto client = client_with({.state_folder = folder.path(), .lookup = lookup});
  const auto answered = client->request({.url = at("dual.test", server)}, {});
  ASSERT_TRUE(answered);
  EXPECT_EQ(answered->timings.address, "127.0.0.1");
  EXPECT_EQ(other.connections(), 0);
}

TEST(Addresses, ThatAreRememberedHaveNoMonopoly) {
  const ScratchFolder folder;
  TinyServer server(TinyServer::answers("ok"));
  const StalledPort stalled("127.0.0.2", server.port());
  const std::string line = "dual.test:" + std::to_string(server.port()) + " 127.0.0.2\nnonsense\n";
  ASSERT_TRUE(write_file_atomically(folder.path() / "addresses", line));
  const auto client = client_with(
      {.state_folder = folder.path(), .lookup = knows({{"dual.test", {"127.0.0.2", "127.0.0.1"}}})});
  const auto answered = client->request({.url = at("dual.test", server)}, {});
  ASSERT_TRUE(answered) << answered.error().message;
  EXPECT_EQ(answered->timings.address, "127.0.0.1");
  EXPECT_GE(answered->timings.connect, milliseconds(25));
}

TEST(Addresses, AreProbedOneByOne) {
  TinyServer server(TinyServer::answers("ok"));
  const auto client = client_with({.lookup = knows({{"dual.test", {"::1", "127.0.0.1"}}})});
  int told = 0;
  const auto report = client->probe(at("dual.test", server), [&](const ProbedAddress&) { ++told; }, {});
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(told, 2);
  ASSERT_EQ(report->addresses.size(), 2U);
  EXPECT_EQ(report->chosen, "127.0.0.1");
  for (const ProbedAddress& address : report->addresses) {
    EXPECT_EQ(address.error.empty(), address.address == "127.0.0.1");
  }
  ASSERT_EQ(report->requests.size(), 2U);
  EXPECT_FALSE(report->requests[0].reused);
  EXPECT_TRUE(report->requests[1].reused);
  EXPECT_EQ(server.connections(), 1);  // the probe's own is the one that served
}

TEST(Addresses, AreProbedWhereNobodyListens) {
  std::uint16_t port = 0;
  { port = TinyServer(TinyServer::answers("")).port(); }
  const auto client = client_with();
  const auto report = client->probe("http://localhost:" + std::to_string(port), {}, {});
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->addresses.size(), 2U);
  EXPECT_EQ(report->chosen, "");
  EXPECT_TRUE(report->requests.empty());
  ASSERT_TRUE(report->error);
  EXPECT_EQ(report->error->kind, ErrorKind::refused);
}

TEST(Addresses, AreTimedOnWhenOneStalls) {
  TinyServer server(TinyServer::answers("ok"));
  const StalledPort stalled("127.0.0.2", server.port());
  const auto client = client_with({.lookup = knows({{"dual.test", {"127.0.0.2", "127.0.0.1"}}})});
  std::stop_source enough;
  const Instant start = std::chrono::steady_clock::now();
  const auto report = client->probe(
      at("dual.test", server), [&](const ProbedAddress&) { enough.request_stop(); }, enough.get_token());
  ASSERT_TRUE(report);
  EXPECT_EQ(report->chosen, "127.0.0.1");
  EXPECT_LT(since(start), seconds(4));
}

}  // namespace
}  // namespace diktate
