// Nothing that a server or a name server does makes a request wait longer than it may.
#include <atomic>
#include <cstdlib>
#include <thread>

#include <gtest/gtest.h>

#include "net/http_client.h"
#include "net/net_fixture.h"
#include "net/tiny_server.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// As long as the test runs, it is not answered.
Result<Addresses> stuck_lookup(const std::string&, std::uint16_t) {
  std::this_thread::sleep_for(seconds(10));
  return fail(ErrorKind::unavailable, "too late");
}

TEST(Limits, EndALookupAtTheDeadline) {
  const auto client = client_with({.lookup = stuck_lookup});
  const Instant start = std::chrono::steady_clock::now();
  const auto late = client->request({.url = "http://stuck.test/", .deadline = in(milliseconds(50))}, {});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::timeout);
  EXPECT_EQ(late.error().message, "the name stuck.test was not resolved in time");
  EXPECT_LT(since(start), seconds(5));
}

TEST(Limits, EndALookupThatIsStuck) {
  const auto client = client_with({.lookup_limit = milliseconds(50), .lookup = stuck_lookup});
  const auto late = client->request({.url = "http://stuck.test/"}, {});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::timeout);
  EXPECT_NE(late.error().message.find("stuck.test does not resolve"), std::string::npos);
}

TEST(Limits, DoNotMakeOtherHostsWaitForAStuckLookup) {
  TinyServer server(TinyServer::answers("ok"));
  const auto client = client_with({.lookup = stuck_lookup});
  std::stop_source enough;
  std::jthread stuck([&] { client->request({.url = "http://stuck.test/"}, enough.get_token()); });
  const auto answered = client->request({.url = server.url()}, {});
  EXPECT_TRUE(answered);
  enough.request_stop();
}

TEST(Limits, LetALookupBeCancelled) {
  const auto client = client_with({.lookup = stuck_lookup});
  std::stop_source cancel;
  std::jthread canceller([&] {
    std::this_thread::sleep_for(milliseconds(30));
    cancel.request_stop();
  });
  const Instant start = std::chrono::steady_clock::now();
  const auto cancelled = client->request({.url = "http://stuck.test/"}, cancel.get_token());
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().kind, ErrorKind::cancelled);
  EXPECT_LT(since(start), seconds(5));
}

TEST(LimitsDeathTest, LetTheProgramEndDuringALookup) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  const Instant start = std::chrono::steady_clock::now();
  EXPECT_EXIT(
      {
        {
          const auto client = client_with({.lookup = stuck_lookup});
          client->warm("http://stuck.test/");
          std::this_thread::sleep_for(milliseconds(50));
        }
        std::exit(0);
      },
      testing::ExitedWithCode(0), "");
  EXPECT_LT(since(start), seconds(8));
}

TEST(Limits, EndASlowDripAtTheDeadline) {
  TinyServer server([](Peer& peer, int) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    while (peer.send("x")) std::this_thread::sleep_for(milliseconds(10));
  });
  const auto client = client_with();
  std::size_t seen = 0;
  const auto count = [&](std::string_view bytes) -> Result<void> {
    seen += bytes.size();
    return {};
  };
  const auto late = client->stream({.url = server.url(), .deadline = in(milliseconds(1500))}, count, {});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::timeout);
  EXPECT_NE(late.error().message.find("did not end its answer in time"), std::string::npos);
  EXPECT_GT(seen, 0U);
}

TEST(Limits, RefuseAnAnswerThatIsTooLarge) {
  TinyServer server(TinyServer::answers(std::string(1000, 'x')));
  const auto client = client_with();
  EXPECT_TRUE(client->request({.url = server.url(), .most_bytes = 1000}, {}));
  const auto large = client->request({.url = server.url(), .most_bytes = 999}, {});
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().kind, ErrorKind::failed);
  EXPECT_NE(large.error().message.find("larger than 999 bytes"), std::string::npos);
}

TEST(Limits, RefuseHeadersWithoutEnd) {
  TinyServer server([](Peer& peer, int) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\n");
    while (peer.send("X-More: " + std::string(1000, 'x') + "\r\n")) {
    }
  });
  const auto client = client_with();
  const auto large = client->request({.url = server.url()}, {});
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().kind, ErrorKind::failed);
}

TEST(Limits, SayWhatAServerDidThatIsNotHttp) {
  TinyServer server([](Peer& peer, int) {
    peer.read_request();
    peer.send("220 mail.test ESMTP\r\n");
  });
  const auto client = client_with();
  const auto odd = client->request({.url = server.url()}, {});
  ASSERT_FALSE(odd);
  EXPECT_NE(odd.error().message.find("does not speak HTTP"), std::string::npos) << odd.error().message;
}

TEST(Limits, SayThatAnAnswerWasCut) {
  TinyServer server([](Peer& peer, int) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort");
  });
  const auto client = client_with();
  const auto cut = client->request({.url = server.url()}, {});
  ASSERT_FALSE(cut);
  EXPECT_NE(cut.error().message.find("in mid-answer"), std::string::npos) << cut.error().message;
}

TEST(Limits, EndAStreamThatItsUserRefuses) {
  TinyServer server([](Peer& peer, int) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    while (peer.send("1\r\nx\r\n")) {
    }
  });
  const auto client = client_with();
  const auto refuse = [](std::string_view) -> Result<void> { return fail(ErrorKind::invalid, "enough"); };
  const auto refused = client->stream({.url = server.url()}, refuse, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "enough");
}

TEST(Limits, MakeAServerWaitForASlowReader) {
  std::atomic<std::size_t> sent = 0;
  TinyServer server([&](Peer& peer, int) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
    const std::string block(1U << 20, 'x');
    while (sent < 200U << 20 && peer.send(block)) sent += block.size();
  });
  const auto client = client_with({.stream_buffer = 64U << 10});
  std::stop_source cancel;
  const auto read_slowly = [&](std::string_view) -> Result<void> {
    std::this_thread::sleep_for(milliseconds(300));
    cancel.request_stop();
    return {};
  };
  const HttpRequest request{.url = server.url(), .most_bytes = 1U << 30};
  const auto cancelled = client->stream(request, read_slowly, cancel.get_token());
  EXPECT_EQ(cancelled.error().kind, ErrorKind::cancelled);
  EXPECT_LT(sent, 100U << 20);
}

TEST(Limits, LeaveNothingBehindAfterACancel) {
  std::atomic<int> asked = 0;
  TinyServer server([&](Peer& peer, int connection) {
    while (!peer.read_request().empty()) {
      ++asked;
      if (connection > 1) peer.send(answer("ok"));
    }
  });
  const auto client = client_with();
  std::stop_source cancel;
  std::jthread canceller([&] {
    for (int i = 0; i < 500 && asked == 0; ++i) std::this_thread::sleep_for(milliseconds(10));
    cancel.request_stop();
  });
  EXPECT_EQ(client->request({.url = server.url()}, cancel.get_token()).error().kind, ErrorKind::cancelled);
  const auto next = client->request({.url = server.url()}, {});
  ASSERT_TRUE(next);
  EXPECT_EQ(next->body, "ok");
  EXPECT_FALSE(next->timings.reused);
}

}  // namespace
}  // namespace diktate
