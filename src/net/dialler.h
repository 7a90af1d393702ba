// Makes connections to one host: looks its name up, races its addresses, remembers which one won.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <poll.h>

#include "net/address_race.h"
#include "net/connecting.h"
#include "net/resolver.h"
#include "net/url.h"

namespace diktate {

struct DialLimits {
  Nanoseconds lookup{};
  Nanoseconds connect{};
};

// Belongs to the I/O thread, never waits. One connection at a time: dial(), then advance() until take() has
// it.
class Dialler {
 public:
  Dialler(Endpoint host, Resolver& resolver, const DialLimits& limits, std::string favourite);

  // Does nothing if it is dialling, unless there is an observer, which gets a race of its own.
  void dial(Instant now, ConnectObserver* observer);

  // Nobody is told any more.
  void stop_observing();

  void advance(Instant now);
  std::optional<Result<Connection>> take();

  bool looking_up() const { return wanted_ && !race_; }
  bool several() const { return addresses_.size() > 1; }
  Instant next_event() const;
  void add_fds(std::vector<pollfd>& fds) const;

  // The address that won last; it starts first in the next race.
  const std::string& favourite() const { return favourite_; }
  int connections() const { return connections_; }  // made so far

 private:
  void start_lookup(Instant now);
  void take_lookup(Instant now);
  void start_race(Instant now);
  void settle(Result<Connection> result);
  void take_race(Instant now);

  Endpoint host_;
  Resolver& resolver_;
  DialLimits limits_;
  std::string favourite_;
  int connections_ = 0;

  bool wanted_ = false;
  ConnectObserver* observer_ = nullptr;
  std::shared_ptr<const Lookup> lookup_;
  Instant lookup_began_{};
  Nanoseconds lookup_took_{};
  Error lookup_error_;
  Addresses addresses_;
  Instant looked_up_{};
  std::optional<AddressRace> race_;
  std::optional<AddressRace> observed_;  // won already; the others are being timed
  std::optional<Result<Connection>> result_;
};

}  // namespace diktate
