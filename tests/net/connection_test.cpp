// Connections that are used again, and those that turn out to be dead.
#include <atomic>
#include <optional>
#include <thread>

#include <gtest/gtest.h>

#include "net/http_client.h"
#include "net/net_fixture.h"
#include "net/tiny_server.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

HttpRequest post(const std::string& url) { return {.method = "POST", .url = url, .body = "{}"}; }

// A server that answers `good` requests on its first connection, does `then` to it, and behaves afterwards.
class Fickle {
 public:
  Fickle(int good, std::function<void(Peer&)> then)
      : server([this, good, then](Peer& peer, int connection) {
          for (int served = 0; connection != 1 || served < good; ++served) {
            if (peer.read_request().empty()) return;
            ++executed;
            peer.send(answer("ok"));
          }
          then(peer);
        }) {}

  std::atomic<int> executed = 0;
  TinyServer server;
};

TEST(Connections, AreMadeAnewAfterTheServerClosedAnIdleOne) {
  Fickle fickle(1, [](Peer&) {});
  const auto client = client_with();
  ASSERT_TRUE(client->request(post(fickle.server.url()), {}));
  std::this_thread::sleep_for(milliseconds(500));
  const auto again = client->request(post(fickle.server.url()), {});
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_FALSE(again->timings.reused);
  EXPECT_EQ(again->timings.attempts, 1);
  EXPECT_EQ(fickle.executed, 2);
}

TEST(Connections, AreMadeAnewAfterAReset) {
  Fickle fickle(1, [](Peer& peer) { peer.reset(); });
  const auto client = client_with();
  ASSERT_TRUE(client->request(post(fickle.server.url()), {}));
  std::this_thread::sleep_for(milliseconds(500));
  const auto again = client->request(post(fickle.server.url()), {});
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->timings.attempts, 1);
  EXPECT_EQ(fickle.executed, 2);
}

TEST(Connections, ThatAreClosedAsWeSendCostOneMoreAttempt) {
  for (const bool reset : {false, true}) {
    Fickle fickle(1, [reset](Peer& peer) {
      peer.read_request();
      if (reset) peer.reset();
    });
    const auto client = client_with();
    ASSERT_TRUE(client->request(post(fickle.server.url()), {}));
    const auto again = client->request(post(fickle.server.url()), {});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->body, "ok");
    EXPECT_EQ(again->timings.attempts, 2);
    EXPECT_FALSE(again->timings.reused);
    EXPECT_EQ(fickle.executed, 2);
  }
}

TEST(Connections, ThatAreNewAreNotTriedTwice) {
  std::atomic<int> asked = 0;
  TinyServer server([&](Peer& peer, int) {
    peer.read_request();
    ++asked;
  });
  const auto client = client_with();
  const auto nothing = client->request(post(server.url()), {});
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().kind, ErrorKind::failed);
  EXPECT_NE(nothing.error().message.find("without an answer"), std::string::npos) << nothing.error().message;
  EXPECT_EQ(asked, 1);
}

TEST(Connections, OutliveARestartOfTheServer) {
  std::optional<TinyServer> server(std::in_place, TinyServer::answers("one"));
  const std::uint16_t port = server->port();
  const std::string url = server->url();
  const auto client = client_with();
  ASSERT_TRUE(client->request(post(url), {}));
  server.reset();
  const auto down = client->request(post(url), {});
  ASSERT_FALSE(down);
  EXPECT_EQ(down.error().kind, ErrorKind::refused);
  server.emplace(TinyServer::answers("two"), "127.0.0.1", port);
  const auto up = client->request(post(url), {});
  ASSERT_TRUE(up) << up.error().message;
  EXPECT_EQ(up->body, "two");
}

TEST(Connections, AreSharedByManyThreads) {
  TinyServer server(TinyServer::answers("ok"));
  const auto client = client_with();
  std::atomic<int> good = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int j = 0; j < 25; ++j) {
          const auto answered = client->request(post(server.url()), {});
          if (answered && answered->body == "ok") ++good;
        }
      });
    }
  }
  EXPECT_EQ(good, 200);
  EXPECT_LE(server.connections(), 40);
}

TEST(Connections, AreWarmBeforeTheFirstRequest) {
  std::atomic<bool> warmed = false;
  TinyServer server([&](Peer& peer, int) {
    for (std::string request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      peer.send(answer(request.starts_with("HEAD") ? "" : "ok"));
      warmed = true;
    }
  });
  const auto client = client_with();
  client->warm(server.url());
  for (int i = 0; i < 500 && !warmed; ++i) std::this_thread::sleep_for(milliseconds(10));
  std::this_thread::sleep_for(milliseconds(500));
  const auto first = client->request(post(server.url()), {});
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->timings.reused);
  EXPECT_EQ(server.connections(), 1);
}

TEST(Connections, StayWarmAtAServerThatClosesIdleOnes) {
  std::atomic<int> heads = 0;
  TinyServer server([&](Peer& peer, int) {
    for (std::string request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      if (request.starts_with("HEAD")) ++heads;
      peer.send(answer(request.starts_with("HEAD") ? "" : "ok"));
      if (heads == 1) return;  // as if it had been idle for long
    }
  });
  const auto client = client_with();
  client->warm(server.url(), in(seconds(30)));
  for (int i = 0; i < 1000 && heads < 2; ++i) std::this_thread::sleep_for(milliseconds(10));
  EXPECT_GE(heads, 2);
  std::this_thread::sleep_for(milliseconds(500));
  const auto first = client->request(post(server.url()), {});
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->timings.reused);
}

TEST(Connections, ThatSleptThroughASuspendAreNotUsed) {
  std::atomic<int> hours = 0;
  TinyServer server(TinyServer::answers("ok"));
  const auto client = client_with({.time_asleep = [&] { return std::chrono::hours(hours); }});
  ASSERT_TRUE(client->request(post(server.url()), {}));
  hours = 1;
  const auto woken = client->request(post(server.url()), {});
  ASSERT_TRUE(woken) << woken.error().message;
  EXPECT_FALSE(woken->timings.reused);
  EXPECT_EQ(woken->timings.attempts, 1);
}

TEST(Connections, ThatSleepInMidRequestAreReplaced) {
  std::atomic<int> hours = 0;
  std::atomic<int> asked = 0;
  TinyServer server([&](Peer& peer, int connection) {
    while (!peer.read_request().empty()) {
      ++asked;
      if (connection > 1) peer.send(answer("ok"));
    }
  });
  const auto client = client_with({.time_asleep = [&] { return std::chrono::hours(hours); }});
  std::jthread sleeper([&] {
    for (int i = 0; i < 500 && asked == 0; ++i) std::this_thread::sleep_for(milliseconds(10));
    hours = 1;
  });
  const auto woken = client->request(post(server.url()), {});
  ASSERT_TRUE(woken) << woken.error().message;
  EXPECT_EQ(woken->timings.attempts, 2);
}

}  // namespace
}  // namespace diktate
