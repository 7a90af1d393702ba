// Connects to several addresses of a host and keeps the connection that is there first.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <poll.h>

#include "base/clock.h"
#include "base/result.h"
#include "net/connecting.h"
#include "net/url.h"

namespace diktate {

// How far behind each other the addresses start. RFC 8305 (5) says 250 ms, at least 10: a stalled first
// address would then cost more than all the rest of a request. A SYN too many costs nobody anything.
inline constexpr Nanoseconds kStagger = std::chrono::milliseconds(10);
// What the winner of the last time is ahead of the others.
inline constexpr Nanoseconds kHeadStart = std::chrono::milliseconds(25);

// Never waits; somebody else polls. Loopback addresses start together, unless one is the favourite: then the
// others follow it by kHeadStart. Addresses of other hosts follow each other by kStagger, and a favourite by
// kHeadStart, the families in turn (RFC 8305, 4); a failure starts the next at once.
class AddressRace {
 public:
  // `favourite` (the text of an address, may be empty) starts first. With an observer all addresses are
  // timed, also after one has won, until `observe_limit`.
  AddressRace(Endpoint host, Addresses addresses, const std::string& favourite, Instant now,
              Nanoseconds limit, ConnectObserver* observer);

  // Starts what is due, and looks who has answered.
  void advance(Instant now);

  void stop_observing() { observer_ = nullptr; }

  // The winner, or why there is none; once.
  std::optional<Result<Connection>> take();

  bool done() const;           // nothing is under way any more
  Instant next_event() const;  // advance() has something to do then, whatever the sockets say
  void add_fds(std::vector<pollfd>& fds) const;

 private:
  struct Attempt {
    Address address;
    Instant due;
    Instant started{};
    UniqueFd socket = {};
    bool finished = false;
    int error = 0;  // errno
  };

  void start(Attempt& attempt, Instant now);
  void check_sockets(Instant now);
  void finish(Attempt& attempt, int error, Instant now);
  void hurry(Instant now);
  void give_up(Instant now);
  void drop_losers();
  Error failure() const;

  Endpoint host_;
  Instant began_;
  Instant end_;
  ConnectObserver* observer_;
  std::vector<Attempt> attempts_;
  std::optional<Result<Connection>> result_;
  bool won_ = false;
  bool timed_out_ = false;
};

}  // namespace diktate
