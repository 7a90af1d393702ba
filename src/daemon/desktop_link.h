// The daemon's hold on the desktop: keys go to the takes, and what is lost is looked for again.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file_watch.h"
#include "base/result.h"
#include "daemon/setup.h"
#include "daemon/takes.h"

namespace diktate {

// The main thread uses it.
class DesktopLink {
 public:
  using Warn = std::function<void(const std::string& line)>;

  // All is borrowed.
  DesktopLink(Takes& takes, const Clock& clock, Warn warn)
      : takes_(takes), clock_(clock), warn_(std::move(warn)) {}

  // From now on the backends are those that `make` gives: at once the first time, then as soon as nobody
  // dictates. Making them may wait for a display. What cannot be had is looked for again: soon after one of
  // the files `displays` came into being, and now and then; the rest stays. Lost keys are looked for during a
  // take, too.
  void use(std::function<Desktop(Desktop& had)> make, std::vector<std::filesystem::path> displays);

  // Readable when read_keys() has something to do; -1 where there are no keys.
  int descriptor() const { return desktop_.hotkeys ? desktop_.hotkeys->descriptor() : -1; }
  void read_keys();

  // Readable when read_displays() has something to do; -1 where nothing is watched.
  int displays() const { return displays_.descriptor(); }
  void read_displays();

  // To be called after everything that happened. `unused`: no text is under way.
  void follow(bool unused);

  // When follow() has something to do though nothing happens.
  std::optional<Instant> due() const;

  std::string inserter() const { return desktop_.inserter->name(); }
  std::optional<std::string> hotkeys() const;  // none: no key is heard
  std::optional<std::string> hotkey() const;   // as the desktop calls it, where the desktop chose it
  std::vector<std::string> problems() const;
  void warn_of_problems();  // at the start, once
  const std::vector<std::string>& notes() const { return desktop_.notes; }

 private:
  // Pauses double, so that what is missing for long wakes nobody.
  void look_soon();
  void look_later();
  bool is_whole() const {
    return desktop_.problems.empty() && !desktop_.lacks_keys && desktop_.inserter->problem().empty();
  }
  bool idle() const { return takes_.state() == DaemonState::idle; }
  // A take that was begun with a key that is lost could not be ended with one.
  bool may_connect() const { return idle() || (!stale_ && lost_keys_); }
  void connect();
  std::vector<std::string> problems_but_of_keys() const;
  std::string problem_of_keys() const;  // of those that are there; empty: none
  void follow_key(const HotkeyEvent& event);
  void lose_keys(const Error& error);
  void set_keys_down(bool down);
  void doubt_keys();
  void listen_for_cancel(bool on);

  Takes& takes_;
  const Clock& clock_;
  const Warn warn_;
  std::function<Desktop(Desktop&)> make_;
  Desktop desktop_;
  std::vector<std::unique_ptr<TextInserter>> retired_;  // until no text is under way
  bool stale_ = false;                                  // to be made anew as soon as nobody dictates
  bool lost_keys_ = false;
  FileWatch displays_;
  std::optional<Instant> retry_;
  Nanoseconds pause_{};           // before the next retry
  std::string told_;              // the last problem of the keys
  std::optional<Instant> doubt_;  // when keys have been down for long
  bool told_of_waiting_ = false;  // since they are
  bool listens_for_cancel_ = false;
};

}  // namespace diktate
