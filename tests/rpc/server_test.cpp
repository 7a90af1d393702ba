#include "rpc/server.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fakes/fake_clock.h"
#include "rpc/client.h"
#include "skip.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

// A server on a thread of its own that answers "echo" with its parameters and never answers "never".
class RpcServing : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "diktate-rpc-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    options.socket = folder_ / "diktate" / "rpc.sock";
  }

  void TearDown() override {
    stop();
    fs::remove_all(folder_);
  }

  void start() {
    auto listening = RpcServer::listen(options, clock, [this](RpcClientId client, const RpcRequest& request) {
      ++requests;
      clients = server->clients();
      if (request.method == "echo") server->answer(client, request.id, request.params);
      if (request.method == "refuse") server->refuse(client, {RpcCode::failed, "no", request.id});
      if (request.method == "subscribe") {
        server->subscribe(client, {});
        server->answer(client, request.id, "{}");
      }
      if (request.method == "publish") {
        server->publish("level", "{\"filler\":\"" + std::string(10'000, 'x') + "\"}");
        server->answer(client, request.id, "{}");
      }
    });
    ASSERT_TRUE(listening) << listening.error().message;
    server = std::move(*listening);
    thread_ = std::jthread([this](const std::stop_token& stopped) {
      while (!stopped.stop_requested()) {
        pollfd ready{server->descriptor(), POLLIN, 0};
        if (::poll(&ready, 1, 10) > 0) server->serve();
      }
    });
  }

  void stop() {
    thread_ = {};
    server.reset();
  }

  RpcClient connect() {
    auto client = RpcClient::connect(options.socket);
    if (!client) throw std::runtime_error(client.error().message);
    return std::move(*client);
  }

  // What the server says to these bytes, until it hangs up or `size` bytes came.
  std::string say(std::string_view bytes, std::size_t size = 1) {
    const auto socket = connect_to(options.socket);
    EXPECT_TRUE(socket);
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket->get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    std::string heard;
    std::array<char, 4096> buffer{};
    while (heard.size() < size) {
      const ssize_t count = ::recv(socket->get(), buffer.data(), buffer.size(), 0);
      if (count <= 0) break;
      heard.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return heard;
  }

  static constexpr Nanoseconds kLimit = std::chrono::seconds(60);

  bool answers() {
    const auto answer = connect().call("echo", R"({"a":1})", kLimit);
    return answer && *answer == R"({"a":1})";
  }

  RpcServerOptions options;
  fakes::FakeClock clock;
  std::unique_ptr<RpcServer> server;
  std::atomic<int> requests = 0;
  std::atomic<std::size_t> clients = 0;

 private:
  fs::path folder_;
  std::jthread thread_;
};

TEST_F(RpcServing, AnswersAndRefuses) {
  start();
  RpcClient client = connect();
  EXPECT_EQ(client.call("echo", R"({"text":"ü"})", kLimit), R"({"text":"ü"})");
  const auto refused = client.call("refuse", "{}", kLimit);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "no");
  EXPECT_TRUE(answers());
}

TEST_F(RpcServing, IsForItsUserAlone) {
  start();
  struct stat status {};
  ASSERT_EQ(::stat(options.socket.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(options.socket.parent_path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST_F(RpcServing, ClosesAFolderThatOthersCouldEnter) {
  fs::create_directories(options.socket.parent_path());
  ::chmod(options.socket.parent_path().c_str(), 0777);
  start();
  struct stat status {};
  ASSERT_EQ(::stat(options.socket.parent_path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST_F(RpcServing, RefusesASecondDaemonAndLeavesTheFirstAlone) {
  start();
  const auto second = RpcServer::listen(options, clock, [](RpcClientId, const RpcRequest&) {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::unavailable);
  EXPECT_TRUE(answers());
}

TEST_F(RpcServing, ReplacesTheSocketOfADaemonThatDied) {
  fs::create_directories(options.socket.parent_path());
  {
    const UniqueFd dead(::socket(AF_UNIX, SOCK_STREAM, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    options.socket.string().copy(&address.sun_path[0], sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(dead.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  ASSERT_TRUE(fs::exists(options.socket));
  start();
  EXPECT_TRUE(answers());
}

TEST_F(RpcServing, LeavesNoSocketBehind) {
  start();
  stop();
  EXPECT_FALSE(fs::exists(options.socket));
  const auto client = RpcClient::connect(options.socket);
  ASSERT_FALSE(client);
  EXPECT_EQ(client.error().kind, ErrorKind::unavailable);
}

TEST_F(RpcServing, SaysThatGarbageIsNoJson) {
  start();
  EXPECT_NE(say("garbage\n").find("-32700"), std::string::npos);
  EXPECT_TRUE(answers());
}

TEST_F(RpcServing, HangsUpOnALineOfAHundredMegabytes) {
  start();
  const std::string said = say(std::string(100'000'000, 'x'), SIZE_MAX);
  EXPECT_NE(said.find("too long"), std::string::npos) << said;
  EXPECT_TRUE(answers());
}

TEST_F(RpcServing, BearsAClientThatStopsInTheMiddleOfAMessage) {
  start();
  const auto half = connect_to(options.socket);
  ASSERT_TRUE(half);
  ASSERT_GT(::send(half->get(), "{\"jsonrpc\":", 11, MSG_NOSIGNAL), 0);
  EXPECT_TRUE(answers());
  ::shutdown(half->get(), SHUT_WR);
  EXPECT_TRUE(answers());
}

TEST_F(RpcServing, AnswersAClientThatSaysNoMore) {
  start();
  const auto socket = connect_to(options.socket);
  ASSERT_TRUE(socket);
  const std::string line = request_line({"1", "echo", "{}"});
  ASSERT_GT(::send(socket->get(), line.data(), line.size(), MSG_NOSIGNAL), 0);
  ::shutdown(socket->get(), SHUT_WR);
  std::array<char, 100> buffer{};
  const ssize_t count = ::recv(socket->get(), buffer.data(), buffer.size(), 0);
  ASSERT_GT(count, 0);
  EXPECT_EQ(std::string(buffer.data(), static_cast<std::size_t>(count)), result_line("1", "{}"));
  EXPECT_EQ(::recv(socket->get(), buffer.data(), buffer.size(), 0), 0);
}

TEST_F(RpcServing, AnswersThroughTenThousandConnections) {
  options.most_clients = 8;
  start();
  std::vector<UniqueFd> held;
  for (int i = 0; i < 10'000; ++i) {
    auto socket = connect_to(options.socket);
    ASSERT_TRUE(socket) << i << ": " << socket.error().message;
    if (held.size() < 500) held.push_back(std::move(*socket));
    if (i % 1000 == 0) {
      EXPECT_TRUE(answers()) << i;
    }
  }
  EXPECT_TRUE(answers());
  EXPECT_LE(clients, 8U);
}

TEST_F(RpcServing, RefusesOneMoreWhenAllWaitForSomething) {
  options.most_clients = 2;
  start();
  RpcClient one = connect();
  RpcClient two = connect();
  ASSERT_TRUE(one.call("subscribe", "{}", kLimit));
  ASSERT_TRUE(two.call("subscribe", "{}", kLimit));
  const auto third = connect().call("echo", "{}", kLimit);
  ASSERT_FALSE(third);
  EXPECT_NE(third.error().message.find("too many clients"), std::string::npos) << third.error().message;
}

TEST_F(RpcServing, DropsAClientThatAsksTooOften) {
  options.limits.requests_per_second = 20;
  start();  // the clock stands still: all is said within one second
  RpcClient client = connect();
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(client.call("echo", "{}", kLimit)) << i;
  const auto refused = client.call("echo", "{}", kLimit);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("too many requests"), std::string::npos);
  EXPECT_TRUE(answers());
}

TEST_F(RpcServing, AllowsRequestsAgainAsTimePasses) {
  options.limits.requests_per_second = 2;
  start();
  RpcClient client = connect();
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(client.call("echo", "{}", kLimit)) << i;
    clock.advance(std::chrono::milliseconds(500));
  }
}

TEST_F(RpcServing, SavesUpNoRequestsForABurst) {
  options.limits.requests_per_second = 20;
  start();
  RpcClient client = connect();
  ASSERT_TRUE(client.call("echo", "{}", kLimit));
  clock.advance(std::chrono::hours(1));
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(client.call("echo", "{}", kLimit)) << i;
  EXPECT_FALSE(client.call("echo", "{}", kLimit));
}

TEST_F(RpcServing, SendsAwayWhoeverSaidNothingForLongest) {
  options.most_clients = 2;
  start();
  RpcClient one = connect();
  ASSERT_TRUE(one.call("echo", "{}", kLimit));
  clock.advance(std::chrono::seconds(1));
  RpcClient two = connect();
  ASSERT_TRUE(two.call("echo", "{}", kLimit));
  clock.advance(std::chrono::seconds(1));
  ASSERT_TRUE(one.call("echo", "{}", kLimit));
  EXPECT_TRUE(answers());
  EXPECT_TRUE(one.call("echo", "{}", kLimit));
  EXPECT_FALSE(two.call("echo", "{}", kLimit));
}

TEST_F(RpcServing, WhoWantsNoAnswerIsGivenNoneAndWaitsForNothing) {
  options.most_clients = 1;
  start();
  const std::string unasked = request_line({"", "refuse", "{}"}) + request_line({"", "echo", "{}"});
  EXPECT_EQ(say(unasked + request_line({"1", "echo", "{}"})), result_line("1", "{}"));
  const auto silent = connect_to(options.socket);
  ASSERT_TRUE(silent);
  ASSERT_GT(::send(silent->get(), unasked.data(), unasked.size(), MSG_NOSIGNAL), 0);
  while (requests < 5) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_TRUE(answers()) << "it makes room for another";
}

TEST_F(RpcServing, NumbersItsEvents) {
  start();
  RpcClient listener = connect();
  ASSERT_TRUE(listener.call("subscribe", "{}", kLimit));
  RpcClient talker = connect();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(talker.call("publish", "{}", kLimit));
  for (std::uint64_t number = 1; number <= 3; ++number) {
    const auto event = listener.next_event(kLimit);
    ASSERT_TRUE(event);
    EXPECT_EQ(event->number, number);
    EXPECT_EQ(event->event, "level");
  }
}

TEST_F(RpcServing, DropsAClientThatNeverReads) {
  options.limits.most_unsent = 100'000;
  start();
  RpcClient deaf = connect();
  ASSERT_TRUE(deaf.call("subscribe", "{}", kLimit));
  RpcClient talker = connect();
  ASSERT_TRUE(talker.call("echo", "{}", kLimit));
  ASSERT_EQ(clients, 2U);
  for (int i = 0; i < 400 && clients == 2; ++i) ASSERT_TRUE(talker.call("publish", "{}", kLimit)) << i;
  EXPECT_EQ(clients, 1U);
}

TEST(RpcSocket, SaysWhatToSetWithoutARuntimeFolder) {
  const char* set = std::getenv("XDG_RUNTIME_DIR");
  const std::string before = set == nullptr ? "" : set;
  ::unsetenv("XDG_RUNTIME_DIR");
  const auto path = rpc_socket_path();
  if (set != nullptr) ::setenv("XDG_RUNTIME_DIR", before.c_str(), 1);
  ASSERT_FALSE(path);
  EXPECT_NE(path.error().message.find("export XDG_RUNTIME_DIR="), std::string::npos);
}

// Only root can be somebody else here.
TEST(RpcSocket, RefusesAnotherUser) {
  if (::geteuid() != 0) DIKTATE_SKIP("needs root, to become somebody else");
  std::string folder = fs::temp_directory_path() / "diktate-rpc-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const fs::path path = fs::path(folder) / "rpc.sock";
  const auto listener = listen_at(path);
  ASSERT_TRUE(listener);
  // The door stands open, and still nobody gets in.
  ::chmod(folder.c_str(), 0755);
  ::chmod(path.c_str(), 0666);
  const pid_t child = ::fork();
  if (child == 0) {
    if (::setuid(65534) != 0) ::_exit(2);
    const auto socket = connect_to(path);
    ::_exit(!socket && socket.error().kind == ErrorKind::invalid ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  const UniqueFd accepted(::accept(listener->socket.get(), nullptr, nullptr));
  ASSERT_TRUE(accepted);
  EXPECT_FALSE(is_own_peer(accepted.get()));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace diktate
