#include "daemon/desktop_link.h"

#include <algorithm>
#include <utility>

namespace diktate {
namespace {

// A display may come into being a moment before it answers. What nobody tells of, such as a key that another
// program gives free, is found at the last pause.
constexpr Nanoseconds kFirstPause = std::chrono::milliseconds(100);
constexpr Nanoseconds kLastPause = std::chrono::seconds(30);
constexpr Nanoseconds kLongDown = std::chrono::seconds(10);  // nobody holds a key so long, but to dictate

}  // namespace

void DesktopLink::use(std::function<Desktop(Desktop&)> make, std::vector<std::filesystem::path> displays) {
  make_ = std::move(make);
  displays_ = FileWatch(std::move(displays));
  pause_ = kFirstPause;
  stale_ = true;
  retry_.reset();
  if (!desktop_.inserter) connect();
}

void DesktopLink::read_keys() {
  if (!desktop_.hotkeys) return;
  const auto events = desktop_.hotkeys->events();
  if (!events) return lose_keys(events.error());
  set_keys_down(desktop_.hotkeys->any_down());  // first: what the keys begin heeds it
  for (const HotkeyEvent& event : *events) follow_key(event);
  const std::string problem = problem_of_keys();
  if (!problem.empty() && problem != told_) warn_(problem);
  told_ = problem;
}

// What keys that are there lack is told as they tell it.
void DesktopLink::warn_of_problems() {
  for (const std::string& problem : problems_but_of_keys()) warn_(problem);
}

void DesktopLink::follow_key(const HotkeyEvent& event) {
  if (const auto profile = dictated_profile(event.action)) takes_.key(*profile, event.pressed, event.at);
  if (event.action == "cancel" && event.pressed) static_cast<void>(takes_.cancel());
  if (event.action == "last" && event.pressed) takes_.last_key();
  if (event.action == "swap" && event.pressed) takes_.swap_key();
}

void DesktopLink::read_displays() {
  if (displays_.appeared() && !is_whole()) look_soon();
}

void DesktopLink::look_soon() {
  pause_ = kFirstPause;
  look_later();
}

void DesktopLink::look_later() {
  retry_ = clock_.now() + pause_;
  pause_ = std::min(2 * pause_, kLastPause);
}

void DesktopLink::set_keys_down(bool down) {
  takes_.set_keys_down(down);
  if (!down) told_of_waiting_ = false;
  if (!down) doubt_.reset();
  if (down && !doubt_) doubt_ = clock_.now() + kLongDown;
}

// A key whose release is never told would keep all texts for ever.
void DesktopLink::doubt_keys() {
  doubt_ = clock_.now() + kLongDown;
  if (takes_.state() == DaemonState::listening || !desktop_.hotkeys) return;
  desktop_.hotkeys->doubt_down();
  read_keys();
  if (!doubt_ || told_of_waiting_ || !takes_.text_waits()) return;
  told_of_waiting_ = true;
  takes_.tell({"The text waits", "the key for dictation is held down: let go of it"});
}

// A key that is held when its display goes will never be seen to rise.
void DesktopLink::lose_keys(const Error& error) {
  warn_(error.message);
  takes_.release_keys(clock_.now());
  set_keys_down(false);
  desktop_.hotkeys.reset();
  lost_keys_ = true;
  desktop_.problems.push_back(error.message);
  look_soon();
}

// Where the settings changed, the old backends go first: their keys are in the way of the new ones'. Texts
// under way still need their inserter.
void DesktopLink::connect() {
  Desktop had = std::exchange(desktop_, {});
  const bool had_keys = had.hotkeys != nullptr;
  const auto retire = [&] {
    if (had.inserter) retired_.push_back(std::move(had.inserter));
    had.hotkeys.reset();
  };
  if (stale_) retire();
  displays_.arm();
  desktop_ = make_(had);
  retire();
  takes_.use(*desktop_.inserter);
  set_keys_down(desktop_.hotkeys && desktop_.hotkeys->any_down());
  if (stale_ || !had_keys) listens_for_cancel_ = false;
  if (desktop_.hotkeys || stale_) lost_keys_ = false;
  stale_ = false;
  retry_.reset();
  if (!is_whole()) look_later();
}

void DesktopLink::follow(bool unused) {
  if (unused) retired_.clear();
  if (doubt_ && clock_.now() >= *doubt_) doubt_keys();
  if (!retry_ && !desktop_.inserter->problem().empty()) look_soon();
  if (may_connect() && (retry_ ? clock_.now() >= *retry_ : stale_)) connect();
  if (idle() == listens_for_cancel_) listen_for_cancel(!idle());
}

void DesktopLink::listen_for_cancel(bool on) {
  listens_for_cancel_ = on;
  if (!desktop_.hotkeys) return;
  if (auto done = desktop_.hotkeys->listen_for_cancel(on); !done) warn_(done.error().message);
}

std::optional<Instant> DesktopLink::due() const {
  const auto retry = may_connect() ? retry_ : std::nullopt;
  return retry && doubt_ ? std::min(*retry, *doubt_) : retry ? retry : doubt_;
}

std::optional<std::string> DesktopLink::hotkeys() const {
  if (!desktop_.hotkeys || !desktop_.hotkeys->state().listening) return {};
  return desktop_.hotkeys->name();
}

std::optional<std::string> DesktopLink::hotkey() const {
  const std::string keys = desktop_.hotkeys ? desktop_.hotkeys->state().keys : "";
  return keys.empty() ? std::nullopt : std::optional(keys);
}

std::vector<std::string> DesktopLink::problems() const {
  std::vector<std::string> problems = problems_but_of_keys();
  if (std::string of_keys = problem_of_keys(); !of_keys.empty()) problems.push_back(std::move(of_keys));
  return problems;
}

std::vector<std::string> DesktopLink::problems_but_of_keys() const {
  std::vector<std::string> problems = desktop_.problems;
  if (std::string of_inserter = desktop_.inserter->problem(); !of_inserter.empty())
    problems.push_back(std::move(of_inserter));
  return problems;
}

std::string DesktopLink::problem_of_keys() const {
  const std::string problem = desktop_.hotkeys ? desktop_.hotkeys->state().problem : "";
  return problem.empty() ? "" : "no hotkeys: " + problem;
}

}  // namespace diktate
