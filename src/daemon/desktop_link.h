// The daemon's hold on the desktop: keys go to the takes, and what is lost is looked for again.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
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
  // dictates. Making them may wait for a display. What cannot be had is looked for again; the rest stays.
  void use(std::function<Desktop(Desktop& had)> make);

  // Readable when read_keys() has something to do; -1 where there are no keys.
  int descriptor() const { return desktop_.hotkeys ? desktop_.hotkeys->descriptor() : -1; }
  void read_keys();

  // To be called after everything that happened. `unused`: no text is under way.
  void follow(bool unused);

  // When follow() has something to do though nothing happens.
  std::optional<Instant> due() const;

  std::string inserter() const { return desktop_.inserter->name(); }
  std::optional<std::string> hotkeys() const;  // none: no key is heard
  std::optional<std::string> hotkey() const;   // as the desktop calls it, where the desktop chose it
  std::vector<std::string> problems() const;

 private:
  bool idle() const { return takes_.state() == DaemonState::idle; }
  void connect();
  void lose_keys(const Error& error);
  void listen_for_cancel(bool on);

  Takes& takes_;
  const Clock& clock_;
  const Warn warn_;
  std::function<Desktop(Desktop&)> make_;
  Desktop desktop_;
  std::vector<std::unique_ptr<TextInserter>> retired_;  // until no text is under way
  bool stale_ = false;                                  // to be made anew as soon as nobody dictates
  std::optional<Instant> retry_;
  std::string told_;  // the last problem of the keys
  bool listens_for_cancel_ = false;
};

}  // namespace diktate
