#include "client_command.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "rpc/client.h"
#include "rpc/socket.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kSuccess = 0;
constexpr int kFailure = 1;
constexpr int kWrongUse = 2;
constexpr Nanoseconds kPatience = std::chrono::seconds(10);

void print_error(const std::string& message) {
  std::string line = "diktate: " + message + "\n";
  std::replace_if(
      line.begin(), line.end() - 1, [](unsigned char c) { return c < ' ' || c == 0x7F; }, ' ');
  std::fputs(line.c_str(), stderr);
}

int failed(const std::string& message) {
  print_error(message);
  return kFailure;
}

int wrong_use(const ClientCommand& command, const std::string& what) {
  print_error(what + " (see 'diktate " + std::string(command.name) + " --help')");
  return kWrongUse;
}

// Flushed, so that a reader at the other end of a pipe has it now.
int print(const std::string& line) {
  const bool written = std::fputs((line + "\n").c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
  return written ? kSuccess : failed("cannot write to standard output");
}

std::string text_in(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

// Every flag of all the commands.
struct Flags {
  bool wait = false;
  bool json = false;
  bool follow = false;
  bool print = false;
  std::string profile = {};  // empty: none is named
};

class Client {
 public:
  Client(RpcClient rpc, const Flags& flags) : rpc_(std::move(rpc)), flags_(flags) {}

  int run(const ClientCommand& command) {
    const std::string_view name = command.name;
    if (name == "finish" && flags_.wait) return finish_and_wait();
    if (name == "status") return flags_.follow ? follow() : status();
    if (name == "last") return flags_.print || flags_.json ? show_last() : insert("insert-last");
    if (name == "swap") return insert("swap");
    const Json params = flags_.profile.empty() ? Json::object() : Json{{"profile", flags_.profile}};
    const auto done = rpc_.call(name, json_text(params), kPatience);
    if (!done) {
      const bool wrong = done.error().kind == ErrorKind::invalid && !flags_.profile.empty();
      return wrong ? wrong_use(command, done.error().message) : failed(done.error().message);
    }
    return flags_.json ? print(*done) : kSuccess;
  }

 private:
  // As long as the take needs; it has limits of its own.
  int finish_and_wait() {
    const auto report = rpc_.call("finish", R"({"wait":true})", {});
    if (!report) return failed(report.error().message);
    const Json take = Json::parse(*report, nullptr, false);
    const std::string outcome = text_in(take, "outcome");
    const std::string text = text_in(take, "clean_text");
    const int printed = flags_.json ? print(*report) : text.empty() ? kSuccess : print(text);
    if (outcome == "cancelled") return failed("cancelled");
    if (outcome == "failed") return failed(text_in(take, "cause"));
    return printed;
  }

  int status() {
    const auto status = rpc_.call("status", "{}", kPatience);
    if (!status) return failed(status.error().message);
    return flags_.json ? print(*status) : print(status_line(*status));
  }

  static std::string status_line(const std::string& text) {
    const Json status = Json::parse(text, nullptr, false);
    std::string line = text_in(status, "state") + "; models " + text_in(status, "models") + ", insertion " +
                       text_in(status, "insert");
    const std::string keys = text_in(status, "hotkeys");
    line += ", hotkeys " + (keys.empty() ? "none" : keys);
    for (const char* kind : {"degraded", "notes"}) {
      const auto lines = status.find(kind);
      if (lines == status.end() || !lines->is_array()) continue;
      for (const Json& said : *lines) {
        if (said.is_string()) line += std::string("\n") + kind + ": " + said.get<std::string>();
      }
    }
    return line;
  }

  int follow() {
    const char* wanted = flags_.json ? "{}" : R"({"events":["state","error"]})";
    const auto status = rpc_.call("subscribe", wanted, kPatience);
    if (!status) return failed(status.error().message);
    int printed =
        flags_.json ? print(*status) : print(text_in(Json::parse(*status, nullptr, false), "state"));
    while (printed == kSuccess) {
      const auto event = rpc_.next_event({});
      if (!event) return failed(event.error().message);
      printed = show(*event);
    }
    return printed;
  }

  int show(const RpcMessage& event) const {
    if (flags_.json) {
      return print("{\"number\":" + std::to_string(event.number) + ",\"event\":\"" + event.event +
                   "\",\"data\":" + event.data + "}");
    }
    const Json data = Json::parse(event.data, nullptr, false);
    if (event.event == "state") return print(text_in(data, "state"));
    return print("error: " + text_in(data, "message"));
  }

  int insert(std::string_view method) {
    const auto done = rpc_.call(method, "{}", {});
    if (!done) return failed(done.error().message);
    if (flags_.json) static_cast<void>(print(*done));
    const Json json = Json::parse(*done, nullptr, false);
    if (!json.value("held", false)) return kSuccess;
    return failed(text_in(json, "insert_note"));
  }

  int show_last() {
    const auto history = rpc_.call("history", "{}", kPatience);
    if (!history) return failed(history.error().message);
    const Json json = Json::parse(*history, nullptr, false);
    for (const Json& row : json.value("takes", Json::array())) {
      std::string text = text_in(row, "clean_text");
      if (text.empty()) text = text_in(row, "raw_text");  // nothing could be made of the words
      if (!text.empty()) return print(flags_.json ? json_text(row) : text);
    }
    return failed("nothing was dictated yet");
  }

  RpcClient rpc_;
  const Flags flags_;
};

int help(const ClientCommand& command) {
  return print(std::string(command.summary) + "\nUsage: diktate " + std::string(command.name) +
               (command.options.empty() ? "" : " [OPTIONS]") + "\n\nOptions:\n" +
               "  -h,--help                   Print this help message and exit\n" +
               std::string(command.options));
}

bool has_option(const ClientCommand& command, const std::string& name) {
  return command.options.find("  " + name + " ") != std::string::npos;
}

// The flag of that name which the command has; else none.
bool* flag_called(const ClientCommand& command, const std::string& name, Flags& flags) {
  if (!has_option(command, name)) return nullptr;
  if (name == "--json") return &flags.json;
  if (name == "--wait") return &flags.wait;
  if (name == "--follow") return &flags.follow;
  return name == "--print" ? &flags.print : nullptr;
}

// "--profile=NAME" is "--profile NAME".
std::vector<std::string> words_of(std::span<char* const> arguments) {
  constexpr std::string_view kWithValue = "--profile=";
  std::vector<std::string> words;
  for (const std::string_view argument : arguments) {
    const bool has_value = argument.starts_with(kWithValue);
    words.emplace_back(has_value ? "--profile" : argument);
    if (has_value) words.emplace_back(argument.substr(kWithValue.size()));
  }
  return words;
}

}  // namespace

int run_client_command(const ClientCommand& command, std::span<char* const> arguments) {
  Flags flags;
  const std::vector<std::string> words = words_of(arguments);
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string& argument = words[at];
    if (argument == "--help" || argument == "-h") return help(command);
    if (argument == "--profile" && has_option(command, argument)) {
      flags.profile = ++at < words.size() ? words[at] : "";
      if (flags.profile.empty()) return wrong_use(command, "--profile needs the name of one");
      continue;
    }
    bool* flag = flag_called(command, argument, flags);
    if (flag == nullptr) return wrong_use(command, "'" + argument + "' is not understood here");
    *flag = true;
  }
  if (command.name == "finish" && flags.json && !flags.wait)
    return wrong_use(command, "--json is of the text: it needs --wait");
  const auto path = rpc_socket_path();
  if (!path) return failed(path.error().message);
  auto rpc = RpcClient::connect(*path);
  if (!rpc) return failed(rpc.error().message);
  return Client(std::move(*rpc), flags).run(command);
}

}  // namespace diktate
