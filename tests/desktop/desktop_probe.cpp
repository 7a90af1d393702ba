// Drives the inserter and the hotkeys for the scripts of tests/e2e, by words on standard input.
//
//   desktop_probe insert [--method NAME] [--command LINE] [--backend NAME] [--lines] [--enter] [--follow]
//   [--row PROGRAM=KIND] [--ignore GLOBAL] [--key-down FILE]: while it is there a key to dictate is held down
//     remember          the target is the window that has the focus
//     insert FILE       inserts what is in the file there
//     replace OLD NEW   puts what is in one file in the place of what is in another
//     key NAME          to be pressed after the next text
//     problem           why nothing can be inserted now
//   desktop_probe hotkeys [--backend NAME] [--dialog MS] ACTION=KEYS...
//     cancel on|off     whether Escape is listened for
// It says what happened on standard output, a line each, and ends with its input.
#include <cstdio>
#include <functional>
#include <iostream>
#include <string>
#include <thread>

#include <poll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/files.h"
#include "desktop/make_desktop.h"

namespace {

void say(const std::string& line) {
  std::puts(line.c_str());
  std::fflush(stdout);
}

int fail_with(const diktate::Error& error) {
  say("error: " + error.message);
  return 1;
}

void report(const diktate::Result<diktate::Insertion>& inserted, diktate::Nanoseconds taken) {
  if (!inserted) {
    fail_with(inserted.error());
    return;
  }
  const auto receipt = diktate::kReceiptNames.at(static_cast<std::size_t>(inserted->receipt));
  say("inserted method='" + inserted->method + "' receipt=" + std::string(receipt) +
      " held=" + (inserted->held ? "yes" : "no") + " note='" + inserted->note +
      "' us=" + std::to_string(taken.count() / 1000));
}

struct Requests {
  bool lines = false;
  bool enter = false;
  std::string key_down;
};

// A key to dictate is down as long as the file is there.
std::function<bool()> key_of(const std::string& file) {
  return [file] {
    bool waited = false;
    for (; !file.empty() && access(file.c_str(), F_OK) == 0; waited = true)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return waited;
  };
}

int insert(const diktate::InserterOptions& options, const Requests& requests) {
  const auto inserter = diktate::make_inserter(options);
  if (!inserter) return fail_with(inserter.error());
  say("ready " + (*inserter)->name());
  std::unique_ptr<diktate::TextTarget> target;
  std::vector<std::string> keys;
  std::string word;
  while (std::cin >> word) {
    std::string value;
    if (word == "remember") {
      target = (*inserter)->remember();
      say("remembered '" + target->name() + "'");
    } else if (word == "problem") {
      say("problem '" + (*inserter)->problem() + "'");
    } else if (word == "key" && std::cin >> value) {
      keys.push_back(value);
    } else if (std::string old; word == "replace" && std::cin >> old >> value && target) {
      const auto was = diktate::read_file(old);
      const auto text = diktate::read_file(value);
      if (!was || !text) return 1;
      report((*inserter)->replace(*target, *was, {*text, {}}, {}), {});
    } else if (word == "insert" && std::cin >> value && target) {
      const auto text = diktate::read_file(value);
      const diktate::SteadyClock clock;
      const auto start = clock.now();
      if (!text) return fail_with(text.error());
      const diktate::InsertRequest request{*text, keys, requests.lines, requests.enter,
                                           key_of(requests.key_down)};
      report((*inserter)->insert(*target, request, {}), clock.now() - start);
      keys.clear();
    }
  }
  return 0;
}

void tell_state(const diktate::HotkeyState& state) {
  static std::string told;
  const std::string line = state.listening         ? "listening keys='" + state.keys + "'"
                           : state.problem.empty() ? "asking"
                                                   : "not listening: " + state.problem;
  if (told != line) say(told = line);
}

int listen(const diktate::HotkeyOptions& options) {
  const diktate::SteadyClock clock;
  const auto hotkeys = diktate::make_hotkeys(options, clock);
  if (!hotkeys) return fail_with(hotkeys.error());
  say("ready " + (*hotkeys)->name());
  pollfd polled[] = {{STDIN_FILENO, POLLIN, 0}, {(*hotkeys)->descriptor(), POLLIN, 0}};
  for (;;) {
    if ((*hotkeys)->name() == "portal") tell_state((*hotkeys)->state());
    if (poll(polled, 2, -1) <= 0) return 0;
    if ((polled[0].revents & (POLLIN | POLLHUP)) != 0) {
      char line[64] = {};
      if (read(STDIN_FILENO, line, sizeof line - 1) <= 0) return 0;
      const auto set = (*hotkeys)->listen_for_cancel(std::string(line).starts_with("cancel on"));
      if (set) {
        say("cancel set");
      } else {
        fail_with(set.error());
      }
    }
    if (polled[1].revents == 0) continue;
    const auto events = (*hotkeys)->events();
    if (!events) return fail_with(events.error());
    for (const auto& event : *events) say(event.action + (event.pressed ? " pressed" : " released"));
    if (!events->empty()) say((*hotkeys)->any_down() ? "down" : "up");
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) return 2;
  diktate::InserterOptions inserter;
  diktate::HotkeyOptions hotkeys;
  Requests requests;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string value = i + 1 < words.size() ? words[i + 1] : "";
    const std::size_t equals = words[i].find('=');
    if (words[i] == "--method") inserter.methods.push_back(value);
    if (words[i] == "--backend") inserter.backend = hotkeys.backend = value;
    if (words[i] == "--dialog") hotkeys.dialog_limit = std::chrono::milliseconds(std::stoi(value));
    if (words[i] == "--command") inserter.command = {"sh", "-c", value};
    if (words[i] == "--holder") inserter.holder = value;
    if (words[i] == "--ignore") inserter.ignored_globals.push_back(value);
    if (words[i] == "--lines") requests.lines = true;
    if (words[i] == "--enter") requests.enter = true;
    if (words[i] == "--key-down") requests.key_down = value;
    if (words[i] == "--follow") inserter.follow_focus = true;
    if (words[i] == "--row") {
      const auto kind = diktate::parse_paste_kind(value.substr(value.find('=') + 1));
      if (!kind) return fail_with(kind.error());
      inserter.programs.push_back({value.substr(0, value.find('=')), *kind});
    }
    if (words[0] == "hotkeys" && equals != std::string::npos)
      hotkeys.bindings.push_back({words[i].substr(0, equals), words[i].substr(equals + 1)});
  }
  return words.front() == "insert" ? insert(inserter, requests) : listen(hotkeys);
}
