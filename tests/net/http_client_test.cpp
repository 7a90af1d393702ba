#include "net/http_client.h"

#include <gtest/gtest.h>

#include "net/net_fixture.h"
#include "net/tiny_server.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(HttpClient, AnswersAndReusesTheConnection) {
  TinyServer server(TinyServer::answers("hello"));
  const auto client = client_with();
  const auto cold = client->request({.url = server.url()}, {});
  ASSERT_TRUE(cold) << cold.error().message;
  EXPECT_EQ(cold->status, 200);
  EXPECT_EQ(cold->body, "hello");
  EXPECT_EQ(cold->header("content-length"), "5");
  EXPECT_FALSE(cold->timings.reused);
  EXPECT_EQ(cold->timings.attempts, 1);
  EXPECT_EQ(cold->timings.address, "127.0.0.1");
  const auto warm = client->request({.method = "POST", .url = server.url(), .body = "{}"}, {});
  ASSERT_TRUE(warm) << warm.error().message;
  EXPECT_TRUE(warm->timings.reused);
  EXPECT_EQ(warm->timings.connect, Nanoseconds{});
  EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClient, HandsOverABodyThatIsLargerThanTheBuffer) {
  const std::string body(3U << 20, 'x');
  TinyServer server(TinyServer::answers(body));
  const auto client = client_with({.stream_buffer = 4096});
  std::string seen;
  const auto done = client->stream({.url = server.url()},
                                   [&](std::string_view bytes) -> Result<void> {
                                     seen += bytes;
                                     return {};
                                   },
                                   {});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(seen, body);
  EXPECT_EQ(done->body, "");
}

TEST(HttpClient, NeverWaitsLongerThanItsDeadline) {
  TinyServer server([](Peer& peer, int) {
    peer.read_request();
    peer.read_request();  // until the client is gone
  });
  const auto client = client_with();
  const Instant deadline = in(milliseconds(50));
  const auto late = client->request({.url = server.url(), .deadline = deadline}, {});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::timeout);
  EXPECT_GE(std::chrono::steady_clock::now(), deadline);
  EXPECT_LT(std::chrono::steady_clock::now(), deadline + seconds(5));
}

TEST(HttpClient, SaysThatNobodyListens) {
  std::uint16_t port = 0;
  { port = TinyServer(TinyServer::answers("")).port(); }
  const auto client = client_with();
  const auto refused = client->request({.url = "http://localhost:" + std::to_string(port)}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::refused);
  EXPECT_EQ(refused.error().message,
            "nothing listens at localhost:" + std::to_string(port) + " (refused by 127.0.0.1; ::1)");
}

}  // namespace
}  // namespace diktate
