// The server for tests is itself tested: a fault in it would look like one of the client.
#include "fakes/scripted_server.h"

#include <array>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace diktate::fakes {
namespace {

using std::chrono::milliseconds;

UniqueFd connected(std::uint16_t port) {
  UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return UniqueFd();
  return fd;
}

void ask(const UniqueFd& fd, std::string_view path, std::string_view body = "") {
  const std::string request =
      "POST " + std::string(path) +
      " HTTP/1.1\r\nHost: x\r\nX-Tag: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
      std::string(body);
  ASSERT_EQ(::send(fd.get(), request.data(), request.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(request.size()));
}

// All bytes until `end` is among them, or until the connection is over.
std::string heard(const UniqueFd& fd, std::string_view end = "\r\n0\r\n\r\n", std::size_t limit = 1 << 20) {
  std::string all;
  std::array<char, 4096> bytes{};
  while (all.find(end) == std::string::npos && all.size() < limit) {
    const ssize_t size = ::recv(fd.get(), bytes.data(), bytes.size(), 0);
    if (size < 0 && errno == ECONNRESET) return all + "<reset>";
    if (size <= 0) return all + "<end>";
    all.append(bytes.data(), static_cast<std::size_t>(size));
  }
  return all;
}

TEST(ScriptedServer, AnswersWhatItIsToldAndRemembersWhatItWasAsked) {
  ScriptedServer server;
  server.on("/a", json_answer("{}"));
  const UniqueFd fd = connected(server.port());
  ask(fd, "/a?b=c", "body");
  EXPECT_EQ(
      heard(fd, "{}"),
      "HTTP/1.1 200 Status\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}");
  const auto received = server.received("/a");
  ASSERT_EQ(received.size(), 1U);
  EXPECT_EQ(received[0].method, "POST");
  EXPECT_EQ(received[0].path, "/a?b=c");
  EXPECT_EQ(received[0].header("x-tag"), "a");
  EXPECT_EQ(received[0].body, "body");
}

TEST(ScriptedServer, KeepsTheConnectionAndPlaysScriptsInTurn) {
  ScriptedServer server;
  server.on("/a", {json_answer("{1}"), json_answer("{2}")});
  const UniqueFd fd = connected(server.port());
  for (const auto* answer : {"{1}", "{2}", "{2}"}) {
    ask(fd, "/a");
    EXPECT_NE(heard(fd, "}").find(answer), std::string::npos);
  }
  EXPECT_EQ(server.accepts(), 1);
  EXPECT_EQ(server.executions(), 3);
  EXPECT_EQ(server.received()[2].turn, 3);
}

TEST(ScriptedServer, StreamsInChunks) {
  ScriptedServer server;
  server.on("/s", streamed_answer("text/plain", {"one", "two"}, milliseconds(1)));
  const UniqueFd fd = connected(server.port());
  ask(fd, "/s");
  EXPECT_NE(heard(fd).find("\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"), std::string::npos);
}

TEST(ScriptedServer, ResetsInMidStream) {
  ScriptedServer server;
  server.on("/s", HttpScript().head(200, "text/plain").chunk("one").hold().reset());
  const UniqueFd fd = connected(server.port());
  ask(fd, "/s");
  EXPECT_NE(heard(fd, "one\r\n").find("one"), std::string::npos);
  server.release();
  EXPECT_EQ(heard(fd), "<reset>");
  EXPECT_EQ(server.lost(), 0);
}

TEST(ScriptedServer, NoticesThatThePeerWentAway) {
  ScriptedServer server;
  server.on("/s", HttpScript().hang());
  UniqueFd fd = connected(server.port());
  ask(fd, "/s");
  EXPECT_TRUE(server.eventually([&] { return server.executions() == 1; }));
  fd = UniqueFd();
  EXPECT_TRUE(server.eventually([&] { return server.lost() == 1 && server.open_connections() == 0; }));
}

TEST(ScriptedServer, ClosesIdleConnectionsOrResetsThemWhenAskedAgain) {
  for (const auto& [end, sign] : {std::pair{ServerOptions::IdleEnd::fin, "<end>"},
                                  std::pair{ServerOptions::IdleEnd::reset, "<reset>"}}) {
    ScriptedServer server({.idle = milliseconds(1), .idle_end = end});
    server.on("/a", json_answer("{}"));
    const UniqueFd fd = connected(server.port());
    ask(fd, "/a");
    heard(fd, "{}");
    EXPECT_EQ(heard(fd), sign);
  }
  ScriptedServer server({.idle = milliseconds(1), .idle_end = ServerOptions::IdleEnd::race});
  server.on("/a", json_answer("{}"));
  const UniqueFd fd = connected(server.port());
  ask(fd, "/a");
  heard(fd, "{}");
  std::this_thread::sleep_for(milliseconds(20));
  ask(fd, "/a");
  EXPECT_EQ(heard(fd), "<reset>");
  EXPECT_EQ(server.executions(), 1);
}

TEST(ScriptedServer, ExecutesThenResetsFromATurnOn) {
  ScriptedServer server({.reset_from_turn = 2});
  server.on("/a", json_answer("{}"));
  const UniqueFd fd = connected(server.port());
  ask(fd, "/a");
  heard(fd, "{}");
  ask(fd, "/a");
  EXPECT_EQ(heard(fd), "<reset>");
  EXPECT_EQ(server.executions(), 2);
}

TEST(ScriptedServer, RefusesWhileStoppedAndServesTheSamePortAgain) {
  ScriptedServer server;
  server.on("/a", json_answer("{}"));
  const UniqueFd open = connected(server.port());
  server.stop();
  EXPECT_FALSE(connected(server.port()));
  EXPECT_EQ(heard(open), "<reset>");
  server.start();
  const UniqueFd fd = connected(server.port());
  ask(fd, "/a");
  EXPECT_NE(heard(fd, "{}").find("{}"), std::string::npos);
}

TEST(ScriptedServer, MakesLongLinesOnTheFly) {
  ScriptedServer server;
  server.on("/s", HttpScript().head(200, "text/plain").flood_chunk(8 << 20).end());
  const UniqueFd fd = connected(server.port());
  ask(fd, "/s");
  EXPECT_GT(heard(fd, "\r\n0\r\n\r\n", 16 << 20).size(), std::size_t{8} << 20);
}

TEST(RefusingPort, Refuses) { EXPECT_FALSE(connected(RefusingPort().port())); }

TEST(SilentPort, LetsAConnectHang) {
  const SilentPort silent;
  const UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(silent.port());
  EXPECT_NE(::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  pollfd watched{fd.get(), POLLOUT, 0};
  EXPECT_EQ(::poll(&watched, 1, 100), 0);
}

}  // namespace
}  // namespace diktate::fakes
