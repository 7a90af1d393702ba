// Replays the conversation of docs/rpc.md with a daemon.
#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include "daemon_fixture.h"
#include "rpc/socket.h"

namespace diktate {
namespace {

using fakes::DaemonTest;
using fakes::Json;

// The fields that are another on every run; of them only the type is compared.
const std::set<std::string> kVarying{"began", "version", "number", "event", "stop_to_text_ms", "audio_s"};

// A line of the document at which the test lets a late text come.
const std::string kLateTextComes = "Here the model of take 1 answers after all.";

void compare(const Json& got, const Json& documented, const std::string& where) {
  if (documented.is_object() && got.is_object()) {
    std::set<std::string> names;
    for (const auto& [name, value] : documented.items()) names.insert(name);
    for (const auto& [name, value] : got.items())
      EXPECT_EQ(names.count(name), 1U) << where << "." << name << " is not documented";
    for (const auto& [name, value] : documented.items()) {
      const bool varies = kVarying.count(name) > 0 && !(name == "event" && value.is_string());
      if (!got.contains(name)) {
        ADD_FAILURE() << where << "." << name << " is missing";
      } else if (varies) {
        EXPECT_EQ(got[name].is_number(), value.is_number()) << where << "." << name;
        EXPECT_EQ(got[name].is_null(), value.is_null()) << where << "." << name;
      } else {
        compare(got[name], value, where + "." + name);
      }
    }
  } else if (documented.is_array() && got.is_array() && documented.size() == got.size()) {
    for (std::size_t i = 0; i < got.size(); ++i) compare(got[i], documented[i], where + "[]");
  } else {
    EXPECT_EQ(got, documented) << where;
  }
}

class RpcDocument : public DaemonTest {
 protected:
  std::string next_line() {
    for (;;) {
      if (auto line = lines_.next()) return *line;
      pollfd ready{socket_->get(), POLLIN, 0};
      std::array<char, 4096> bytes{};
      const ssize_t count =
          ::poll(&ready, 1, 60'000) == 1 ? ::recv(socket_->get(), bytes.data(), bytes.size(), 0) : 0;
      if (count <= 0) return "{}";
      lines_.push({bytes.data(), static_cast<std::size_t>(count)});
    }
  }

  std::optional<UniqueFd> socket_;
  LineBuffer lines_{1 << 20};
};

TEST_F(RpcDocument, IsWhatTheDaemonSays) {
  std::ifstream file(DIKTATE_RPC_DOCUMENT);
  ASSERT_TRUE(file);
  world.heard = "meet me at noon";
  world.cleaned = "Meet me at noon.";
  world.stored = {
      R"({"id":7,"started":"2026-01-30T17:02:11.250Z","audio_s":2.208,"outcome":"delivered","cause":null,)"
      R"("stop_to_text_ms":31.4,"clean_text":"Meet me at noon.","raw_text":null,)"
      R"("insert_method":"paste Ctrl+V","receipt":"target","engine":"moonshine-base","profile":"standard",)"
      R"("processor":null,"audio":null,"spans":[]})"};
  start_daemon();
  await_status([](const Json& status) { return status["models"] == "loaded"; });
  socket_ = std::move(*connect_to(options.socket));
  std::set<std::string> methods;
  for (std::string line; std::getline(file, line);) {
    if (line == kLateTextComes) come_late("Meet me at noon, please.");
    if (line.rfind("--> ", 0) == 0) {
      const std::string request = line.substr(4) + "\n";
      methods.insert(Json::parse(request)["method"].get<std::string>());
      ASSERT_EQ(::send(socket_->get(), request.data(), request.size(), MSG_NOSIGNAL),
                static_cast<ssize_t>(request.size()));
    } else if (line.rfind("<-- ", 0) == 0) {
      const std::string got = next_line();
      SCOPED_TRACE(line);
      compare(Json::parse(got), Json::parse(line.substr(4)), "");
    }
  }
  EXPECT_EQ(methods, (std::set<std::string>{"status", "config", "subscribe", "start", "finish", "toggle",
                                            "cancel", "insert-last", "swap", "history"}));
}

}  // namespace
}  // namespace diktate
