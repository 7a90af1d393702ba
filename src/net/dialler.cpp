#include "net/dialler.h"

#include <algorithm>
#include <utility>

namespace diktate {
namespace {

// As long as libcurl trusts a lookup. getaddrinfo() does not tell what the name server said.
constexpr Nanoseconds kAddressesLast = std::chrono::seconds(60);

std::string seconds(Nanoseconds duration) {
  const auto tenths = std::chrono::round<std::chrono::milliseconds>(duration).count() / 100;
  return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10)) + " s";
}

}  // namespace

Dialler::Dialler(Endpoint host, Resolver& resolver, const DialLimits& limits, std::string favourite)
    : host_(std::move(host)), resolver_(resolver), limits_(limits), favourite_(std::move(favourite)) {}

void Dialler::dial(Instant now, ConnectObserver* observer) {
  if (observer != nullptr) {
    observer_ = observer;
    race_.reset();  // whoever waits for it gets the new one's winner
  }
  if (wanted_ && observer == nullptr) return;
  wanted_ = true;
  lookup_took_ = {};
  if (addresses_.empty() || now - looked_up_ > kAddressesLast) start_lookup(now);
  advance(now);
}

void Dialler::stop_observing() {
  observer_ = nullptr;
  if (race_) race_->stop_observing();
  observed_.reset();
}

void Dialler::start_lookup(Instant now) {
  if (lookup_) return;
  lookup_ = resolver_.start(host_.host, host_.port);
  lookup_began_ = now;
}

void Dialler::advance(Instant now) {
  take_lookup(now);
  // Addresses that are old are good enough when new ones are not there at once.
  const bool ready = !addresses_.empty() && (!lookup_ || now - lookup_began_ >= kHeadStart);
  if (wanted_ && !race_ && ready) start_race(now);
  if (wanted_ && !race_ && !lookup_ && addresses_.empty()) settle(tl::unexpected(lookup_error_));
  if (race_) take_race(now);
  if (observed_) {
    observed_->advance(now);
    if (observed_->done()) observed_.reset();
  }
}

void Dialler::take_lookup(Instant now) {
  if (!lookup_) return;
  if (auto answer = lookup_->answer()) {
    if (answer->has_value() && !(*answer)->empty()) {
      addresses_ = std::move(**answer);
      looked_up_ = now;
    } else {
      lookup_error_ = answer->has_value()
                          ? Error{ErrorKind::unavailable, "the name " + host_.host + " has no address"}
                          : answer->error();
    }
  } else if (now - lookup_began_ >= limits_.lookup) {
    lookup_error_ = {ErrorKind::timeout, "the name " + host_.host + " does not resolve: no answer within " +
                                             seconds(limits_.lookup)};
  } else {
    return;
  }
  lookup_.reset();
  lookup_took_ = now - lookup_began_;
}

void Dialler::start_race(Instant now) {
  race_.emplace(host_, addresses_, favourite_, now, limits_.connect, std::exchange(observer_, nullptr));
}

void Dialler::take_race(Instant now) {
  race_->advance(now);
  auto result = race_->take();
  if (!result) return;
  if (!*result) {
    race_.reset();
    addresses_.clear();  // a host may have moved: the next one asks again
    lookup_error_ = result->error();
    if (lookup_) return;  // these were old addresses, and new ones are on their way
    return settle(std::move(*result));
  }
  (*result)->lookup = lookup_took_;
  favourite_ = (*result)->address.text();
  ++connections_;
  if (!race_->done()) observed_ = std::move(race_);
  race_.reset();
  settle(std::move(*result));
}

void Dialler::settle(Result<Connection> result) {
  wanted_ = false;
  result_ = std::move(result);
}

std::optional<Result<Connection>> Dialler::take() { return std::exchange(result_, std::nullopt); }

Instant Dialler::next_event() const {
  if (result_) return {};
  Instant next = Instant::max();
  if (race_) next = std::min(next, race_->next_event());
  if (observed_) next = std::min(next, observed_->next_event());
  if (lookup_) {
    const bool old = wanted_ && !race_ && !addresses_.empty();
    next = std::min(next, lookup_began_ + (old ? kHeadStart : limits_.lookup));
  }
  return next;
}

void Dialler::add_fds(std::vector<pollfd>& fds) const {
  if (race_) race_->add_fds(fds);
  if (observed_) observed_->add_fds(fds);
}

}  // namespace diktate
