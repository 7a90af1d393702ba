// When a take begins and ends: what keys, clients and the takes themselves say goes in, what is to be done
// comes out. It does nothing itself.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace diktate {

// Counts the takes of a run of the daemon, from 1.
using TakeNumber = int;

enum class DaemonState { idle, listening, finishing };
std::string_view to_string(DaemonState state);

struct TakeAction {
  enum class Kind { begin, finish, cancel };
  Kind kind = Kind::begin;
  TakeNumber take = 0;
  bool operator==(const TakeAction&) const = default;
};

// What to do about an event: at most one thing. Nothing, without an error: it is as it should be already.
using TakeStep = Result<std::optional<TakeAction>>;

// One take listens at a time. Those before it may still be finishing; each of them costs a thread, so there
// are at most `most_finishing`.
class TakeMachine {
 public:
  struct Options {
    // A key that is down for less is a tap, and toggles; one that is held is push-to-talk.
    Nanoseconds tap = std::chrono::milliseconds(300);
    std::size_t most_finishing = 4;
  };

  TakeMachine() : options_{} {}
  explicit TakeMachine(const Options& options) : options_(options) {}

  // By command. `failed`: there is nothing to finish or cancel, or no room for another take.
  TakeStep start();
  TakeStep finish();
  TakeStep toggle();
  TakeStep cancel();  // the take that listens, else the last one that is finishing

  // A key of dictation. There may be several, told apart by their names: any of them ends a take by going
  // down, but only the one that began it by coming up.
  TakeStep press(Instant at, std::string_view key = {});
  TakeStep release(Instant at, std::string_view key = {});
  TakeStep release_all(Instant at);

  // What takes say: all is heard (it may have ended by itself); and the take is over.
  void heard(TakeNumber take);
  void ended(TakeNumber take);

  // No take begins any more. The one that listens is to be finished.
  TakeStep stop();

  DaemonState state() const;
  std::optional<TakeNumber> listening() const { return listening_; }
  // The last one that is not over.
  std::optional<TakeNumber> latest() const;
  std::size_t finishing() const { return finishing_.size(); }

 private:
  TakeStep end_listening();

  const Options options_;
  TakeNumber last_ = 0;
  std::optional<TakeNumber> listening_;
  std::set<TakeNumber> finishing_;
  std::set<TakeNumber> cancelled_;  // of those that are finishing
  struct KeyDown {
    Instant at;
    std::string key;
  };
  std::optional<KeyDown> key_down_;  // of the key that began the take which listens
  bool stopping_ = false;
};

}  // namespace diktate
