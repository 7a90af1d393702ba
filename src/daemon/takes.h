// The takes of a run of the daemon: begins, finishes and cancels them as the state machine says, and keeps
// what became of them.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "daemon/delivery_gate.h"
#include "daemon/errands.h"
#include "daemon/mailbox.h"
#include "daemon/setup.h"
#include "daemon/take_job.h"
#include "daemon/take_kits.h"
#include "daemon/take_machine.h"
#include "daemon/take_report.h"

namespace diktate {

// The main thread uses it, and nothing here waits.
class Takes {
 public:
  // Told of every event; `data` is a JSON object.
  using Publish = std::function<void(std::string_view event, const std::string& data)>;
  using OnReport = std::function<void(const TakeReport& report)>;
  using OnInserted =
      std::function<void(TakeNumber take, const std::string& text, const Result<Insertion>& done)>;

  // All is borrowed.
  struct Parts {
    const Clock& clock;
    Mailbox& mailbox;
    Errands& errands;
    TakeKits& kits;
    Publish publish;
  };
  explicit Takes(Parts parts) : parts_(std::move(parts)) {}

  // For the takes that begin after it. The inserter outlives them.
  void use(DaemonSetup setup) { setup_ = std::move(setup); }
  void use(TextInserter& inserter) { inserter_ = &inserter; }

  // Each answers with the take that it is about.
  Result<TakeNumber> start() { return perform(machine_.start()); }
  Result<TakeNumber> finish() { return perform(machine_.finish()); }
  Result<TakeNumber> toggle() { return perform(machine_.toggle()); }
  Result<TakeNumber> cancel() { return perform(machine_.cancel()); }

  // Of the key of dictation; what it cannot do is told as an event.
  void key(bool pressed, Instant at);
  // No text is inserted while one is down.
  void set_keys_down(bool down) { gate_.set_keys_down(down); }
  // Whether a text is ready, and waits for its turn or a key.
  bool text_waits() const { return gate_.anybody_waits(); }

  // No take begins any more; the one that listens is finished.
  void stop();
  // All are thrown away.
  void cancel_all();

  // Calls back when that take is over; at once, if it is.
  void await(TakeNumber take, OnReport on_report);
  // Shows it to the user, as the settings have it.
  void tell(const Notice& notice);
  // Inserts the last text again, in its turn. `failed`: there is none.
  Result<void> insert_last(OnInserted on_inserted);
  // Puts the other version of the last text (as recognised, or clean) in its place. `failed`: there is none.
  Result<void> swap(OnInserted on_inserted);

  DaemonState state() const { return machine_.state(); }
  std::optional<TakeNumber> latest() const { return machine_.latest(); }
  std::size_t finishing() const { return machine_.finishing(); }
  const std::deque<TakeReport>& history() const { return history_; }  // the newest first
  // Why the last take could not use the microphone; empty: it could.
  const std::string& microphone_problem() const { return microphone_problem_; }

 private:
  struct Job {
    std::stop_source finish;
    std::stop_source cancel;
  };

  Result<TakeNumber> perform(const TakeStep& step);
  const TakeReport* last_with_text() const;
  void insert(InsertedText text, OnInserted on_inserted);
  void begin(TakeNumber take);
  void heard(TakeNumber take);
  void ended(DeliveryGate::Ticket ticket, TakeReport report);
  void play(Cue cue);
  void restore_playback();
  TakeServices services();
  void tell_state();
  void tell_error(std::optional<TakeNumber> take, const std::string& message);

  const Parts parts_;
  DaemonSetup setup_;
  TextInserter* inserter_ = nullptr;
  TakeMachine machine_;
  DeliveryGate gate_;
  std::map<TakeNumber, Job> jobs_;
  std::multimap<TakeNumber, OnReport> awaited_;
  std::deque<TakeReport> history_;
  std::optional<TakeNumber> swapped_;  // the other version of its text was inserted last
  std::string microphone_problem_;
  std::string told_state_;
};

}  // namespace diktate
