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

struct MicrophoneProblem {
  TakeNumber take = 0;  // that had it
  Error why;
};

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
  Takes(Parts parts, SharedSetup setup) : parts_(std::move(parts)), setup_(std::move(setup)) {}

  // For the takes that begin after it. The inserter outlives them, and is named before the first.
  void use(SharedSetup setup) { setup_ = std::move(setup); }
  void use(TextInserter& inserter) { inserter_ = &inserter; }

  // Each answers with the take that it is about. `profile` is that of a take which begins; empty: the one
  // that is used where none is named. `invalid`: there is none of that name.
  Result<TakeNumber> start(const std::string& profile);
  // `failed` too, once, where the last take failed before anybody asked for its end.
  Result<TakeNumber> finish();
  Result<TakeNumber> toggle(const std::string& profile);
  Result<TakeNumber> cancel() { return perform(machine_.cancel(), now()); }

  // Of the key that dictates with that profile. What it cannot do is told as an event, and to the user if no
  // take begins.
  void key(const std::string& profile, bool pressed, Instant at);
  void release_keys(Instant at);
  // Of the keys that insert the last text again, and swap it; that there is none is told to the user.
  void last_key();
  void swap_key();
  // No text is inserted while one is down.
  void set_keys_down(bool down) { gate_.set_keys_down(down); }
  // Whether a text is ready, and waits for its turn or a key.
  bool text_waits() const { return gate_.anybody_waits(); }

  // No take begins any more; the one that listens is finished.
  void stop();
  // All are thrown away, and what is being inserted is not.
  void cancel_all();

  // Calls back when that take is over; at once, if it is.
  void await(TakeNumber take, OnReport on_report);
  // Shows it to the user, as the settings have it.
  void tell(const Notice& notice);
  // Inserts the last text again, in its turn. `failed`: there is none, or one waits for its turn already.
  Result<void> insert_last(OnInserted on_inserted);
  // Puts another version of the last text in its place: the better one that came late, else the words as they
  // were recognised, or clean ones for those; and back. `failed`: there is none, or a text waits for its turn
  // already.
  Result<void> swap(OnInserted on_inserted);

  DaemonState state() const { return machine_.state(); }
  std::optional<TakeNumber> latest() const { return machine_.latest(); }
  std::size_t finishing() const { return machine_.finishing(); }
  const std::deque<TakeReport>& history() const { return history_; }  // the newest first
  // Why the last take could not use the microphone, or lost it; none: it could, or there is one again.
  const std::optional<MicrophoneProblem>& microphone_problem() const { return microphone_problem_; }
  // Since that take ended.
  void microphone_is_back(TakeNumber take);
  // Why a crash would lose takes, and why they are not in the history, as far as the last one showed; empty:
  // it would not, and they are.
  const std::string& journal_problem() const { return journal_problem_; }
  const std::string& history_problem() const { return history_problem_; }

 private:
  struct Job {
    std::stop_source finish;
    std::stop_source cancel;
  };

  Instant now() const { return parts_.clock.now(); }
  Result<void> check_profile(const std::string& name) const;
  Result<void> tell_of_failure();
  Result<TakeNumber> perform(const TakeStep& step, Instant at, const std::string& profile = {});
  void refuse_key(const Error& error);
  const TakeReport* last_with_text() const;
  bool has_lines(const TakeReport& report) const;
  Result<void> insert(InsertedText text, OnInserted on_inserted);
  void begin(TakeNumber take, Instant key_down, const std::string& profile);
  void heard(TakeNumber take);
  void ended(DeliveryGate::Ticket ticket, TakeReport report);
  const TakeReport& remember(TakeReport report);
  void note_microphone(const TakeReport& report);
  void late(TakeNumber take, LateText text);
  void play(Cue cue);
  void restore_playback();
  TakeServices services();
  void tell_state();
  void tell_error(std::optional<TakeNumber> take, const std::string& message);

  const Parts parts_;
  SharedSetup setup_;
  TextInserter* inserter_ = nullptr;
  TakeMachine machine_;
  DeliveryGate gate_;
  std::map<TakeNumber, Job> jobs_;
  std::multimap<TakeNumber, OnReport> awaited_;
  std::deque<TakeReport> history_;
  std::map<TakeNumber, LateText> early_;  // late texts of takes that are not over yet
  struct Standing {
    TakeNumber take = 0;
    std::string text;
  };
  std::optional<Standing> standing_;           // what was inserted last without a take
  std::optional<std::stop_source> inserting_;  // a text of a take that is over
  std::optional<MicrophoneProblem> microphone_problem_;
  std::string untold_failure_;  // why the last take failed, if it did while it listened and no client knows
  std::string journal_problem_;
  std::string history_problem_;
  std::string told_state_;
};

}  // namespace diktate
