// A peer that is gone without a FIN, as after a suspend or a change of the network. It runs in the lab's
// network namespace, where packets may be dropped; tests/e2e/net_lab.sh starts it.
#include <cstdlib>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "net/http_client.h"
#include "net/net_fixture.h"
#include "net/tiny_server.h"
#include "skip.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;

int remote_port(int fd) {
  sockaddr_in peer{};
  socklen_t size = sizeof peer;
  ::getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size);
  return ntohs(peer.sin_port);
}

// From now on, nothing gets through between these ports.
void cut(int client_port, int server_port) {
  const std::string rule = "PATH=$PATH:/usr/sbin:/sbin nft add rule inet stall in tcp sport " +
                           std::to_string(client_port) + " tcp dport " + std::to_string(server_port) +
                           " drop";
  ASSERT_EQ(std::system(rule.c_str()), 0);
}

TEST(Vanished, PeersAreNoticedAndTheRequestIsSentAnew) {
  if (std::getenv("DIKTATE_LAB") == nullptr) DIKTATE_SKIP("only the lab may drop packets");
  int client_port = 0;
  TinyServer server([&](Peer& peer, int connection) {
    if (connection == 1) client_port = remote_port(peer.fd());
    while (!peer.read_request().empty()) peer.send(answer("ok"));
  });
  const auto client = client_with();
  ASSERT_TRUE(client->request({.url = server.url()}, {}));
  cut(client_port, server.port());
  const auto again = client->request({.method = "POST", .url = server.url(), .body = "{}"}, {});
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->timings.attempts, 2);
  EXPECT_FALSE(again->timings.reused);
  std::printf("noticed and answered after %.0f ms\n",
              std::chrono::duration<double, std::milli>(again->timings.total).count());
  EXPECT_LT(again->timings.total, milliseconds(1500));
}

TEST(Vanished, PeersAreNotConfusedWithSlowOnes) {
  if (std::getenv("DIKTATE_LAB") == nullptr) DIKTATE_SKIP("only the lab may drop packets");
  TinyServer server([&](Peer& peer, int) {
    while (!peer.read_request().empty()) {
      std::this_thread::sleep_for(milliseconds(700));
      peer.send(answer("ok"));
    }
  });
  const auto client = client_with();
  ASSERT_TRUE(client->request({.url = server.url()}, {}));
  const auto again = client->request({.url = server.url()}, {});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->timings.attempts, 1);
  EXPECT_TRUE(again->timings.reused);
}

}  // namespace
}  // namespace diktate
