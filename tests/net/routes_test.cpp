// Where a request goes: URLs, redirects, proxies.
#include <gtest/gtest.h>

#include "net/http_client.h"
#include "net/net_fixture.h"
#include "net/proxy.h"
#include "net/tiny_server.h"
#include "net/url.h"

namespace diktate {
namespace {

std::string through(const std::string& url, const ProxySettings& settings) {
  const auto proxy = choose_proxy(*parse_url(url), settings);
  return proxy && *proxy ? (*proxy)->shown : "";
}

TEST(Urls, AreTakenApart) {
  const Url url = *parse_url("HTTP://Example.TEST/a?b=c");
  EXPECT_EQ(url.scheme, "http");
  EXPECT_EQ(url.endpoint.text(), "example.test:80");
  EXPECT_EQ(parse_url("https://[::1]/")->endpoint.text(), "[::1]:443");
  EXPECT_TRUE(parse_url("https://a.test/x")->same_origin(*parse_url("https://a.test:443/y")));
  EXPECT_FALSE(parse_url("http://a.test/")->same_origin(*parse_url("https://a.test/")));
}

TEST(Urls, ThatAreNoneAreNamedWithoutTheirPassword) {
  for (const char* text : {"", "localhost:11434", "ftp://user:secret@a.test/", "http://", "http://a b/", "/x",
                           "http://user:secret@a.test:99999/"}) {
    const auto url = parse_url(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().kind, ErrorKind::invalid);
    EXPECT_EQ(url.error().message.find("secret"), std::string::npos);
  }
}

TEST(Proxies, AreNeverUsedForLoopback) {
  const ProxySettings settings{.http = "http://proxy.test:3128", .all = "http://proxy.test:1"};
  for (const char* url : {"http://localhost:11434/", "http://127.0.0.1/", "http://127.9.9.9/",
                          "http://[::1]:80/", "https://me.localhost/", "http://0.0.0.0:1/"}) {
    EXPECT_EQ(through(url, settings), "") << url;
  }
  EXPECT_EQ(through("http://example.test/", settings), "http://proxy.test:3128");
  EXPECT_EQ(through("https://example.test/", settings), "http://proxy.test:1");
}

TEST(Proxies, LeaveOutWhatTheUserExcepts) {
  const ProxySettings settings{.http = "proxy.test:3128",
                               .no_proxy = "one.test, .two.test,10.0.0.0/8 fd00::/8,192.168.1.9"};
  for (const char* url : {"http://one.test/", "http://a.one.test/", "http://two.test/", "http://ONE.test./",
                          "http://10.1.2.3/", "http://192.168.1.9/", "http://[fd12::1]/"}) {
    EXPECT_EQ(through(url, settings), "") << url;
  }
  for (const char* url :
       {"http://someone.test/", "http://11.1.2.3/", "http://192.168.1.90/", "http://three.test/"}) {
    EXPECT_NE(through(url, settings), "") << url;
  }
  EXPECT_EQ(through("http://three.test/", {.http = "proxy.test", .no_proxy = "*"}), "");
}

TEST(Proxies, AreShownWithoutTheirPassword) {
  EXPECT_EQ(through("http://a.test/", {.http = "http://me:secret@proxy.test:8080/"}),
            "http://proxy.test:8080");
  EXPECT_EQ(through("http://a.test/", {.http = "socks5://proxy.test"}), "socks5h://proxy.test:1080");
}

TEST(Proxies, AreConnectedToInPlaceOfTheHost) {
  std::string seen;
  TinyServer proxy([&](Peer& peer, int) {
    seen = peer.read_request();
    peer.send(answer("from afar"));
  });
  HttpClientOptions options;
  options.proxies = {.http = "http://proxy.test:" + std::to_string(proxy.port())};
  options.lookup = knows({{"proxy.test", {"127.0.0.1"}}});
  const auto client = std::move(*make_http_client(options));
  const auto answered = client->request({.url = "http://far.test/x"}, {});
  ASSERT_TRUE(answered) << answered.error().message;
  EXPECT_EQ(answered->body, "from afar");
  EXPECT_EQ(answered->timings.proxy, "http://proxy.test:" + std::to_string(proxy.port()));
  EXPECT_TRUE(seen.starts_with("GET http://far.test/x HTTP/1.1")) << seen;
}

TEST(Redirects, AreFollowedWithinTheSameOrigin) {
  TinyServer server([](Peer& peer, int) {
    for (std::string request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      const bool first = request.find(" /old ") != std::string::npos;
      peer.send(
          first ? answer("moved", "308 Moved", "Location: /new\r\n")
                : answer(request.substr(0, request.find(' ', 5)) + request.substr(request.find("\r\n\r\n"))));
    }
  });
  const auto client = client_with();
  const auto moved = client->request({.method = "POST", .url = server.url("/old"), .body = "hi"}, {});
  ASSERT_TRUE(moved) << moved.error().message;
  EXPECT_EQ(moved->status, 200);
  EXPECT_EQ(moved->body, "POST /new\r\n\r\nhi");
}

TEST(Redirects, ToAnotherHostAreTheAnswer) {
  TinyServer other(TinyServer::answers("stolen"));
  TinyServer server([&](Peer& peer, int) {
    peer.read_request();
    peer.send(answer("", "307 Elsewhere", "Location: " + other.url() + "\r\n"));
  });
  const auto client = client_with();
  const HttpRequest request{.url = server.url(), .headers = {{"Authorization", "Bearer key"}}};
  const auto moved = client->request(request, {});
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->status, 307);
  EXPECT_EQ(other.connections(), 0);
}

TEST(Redirects, ThatNeverEndAreTheAnswer) {
  TinyServer server([](Peer& peer, int) {
    while (!peer.read_request().empty()) peer.send(answer("", "302 Found", "Location: /again\r\n"));
  });
  const auto client = client_with();
  EXPECT_EQ(client->request({.url = server.url()}, {})->status, 302);
}

TEST(Requests, DoNotLetAHeaderSmuggleAnother) {
  TinyServer server(TinyServer::answers("ok"));
  const auto client = client_with();
  const HttpRequest request{.url = server.url(), .headers = {{"X-One", "a\r\nX-Two: b"}}};
  const auto refused = client->request(request, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
  EXPECT_EQ(server.connections(), 0);
}

TEST(Requests, StreamOnlyGoodAnswers) {
  TinyServer server([](Peer& peer, int) {
    peer.read_request();
    peer.send(answer("{\"error\":\"no such model\"}", "404 Not Found"));
  });
  const auto client = client_with();
  std::size_t seen = 0;
  const auto count = [&](std::string_view bytes) -> Result<void> {
    seen += bytes.size();
    return {};
  };
  const auto missing = client->stream({.url = server.url()}, count, {});
  ASSERT_TRUE(missing);
  EXPECT_EQ(missing->status, 404);
  EXPECT_EQ(missing->body, "{\"error\":\"no such model\"}");
  EXPECT_EQ(seen, 0U);
}

}  // namespace
}  // namespace diktate
