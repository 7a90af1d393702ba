#include "daemon/takes.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "daemon/notices.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostRows = 100;

// Than the one that stands there: what was inserted, where that is another one already.
const std::string& other_version(const TakeReport& report, const std::string& there) {
  const Take& take = report.result;
  if (report.late && there != report.late->text) return report.late->text;
  if (there != take.text) return take.text;
  return take.text == take.raw_text ? take.clean_text : take.raw_text;
}

}  // namespace

Result<void> Takes::check_profile(const std::string& name) const {
  if (setup_->profile(name) != nullptr) return {};
  std::string names;
  for (const ProfileSetup& known : setup_->profiles) names += (names.empty() ? "" : ", ") + known.name;
  return fail(ErrorKind::invalid, "there is no profile '" + name + "'; there are " + names);
}

Result<TakeNumber> Takes::start(const std::string& profile) {
  if (const auto known = check_profile(profile); !known) return tl::unexpected(known.error());
  return perform(machine_.start(), now(), profile);
}

// Who began it was answered before it failed.
Result<void> Takes::tell_of_failure() {
  const std::string why = std::exchange(untold_failure_, {});
  if (machine_.listening() || why.empty()) return {};
  return fail(ErrorKind::failed, "the last take failed: " + why);
}

Result<TakeNumber> Takes::finish() {
  if (auto failed = tell_of_failure(); !failed) return tl::unexpected(failed.error());
  return perform(machine_.finish(), now());
}

// Whoever toggles wants the end of the take that failed; but where there is a microphone again, another take
// may work, and costs no words. The settings may have lost the profile of the take that it ends.
Result<TakeNumber> Takes::toggle(const std::string& profile) {
  if (microphone_problem_) {
    if (auto failed = tell_of_failure(); !failed) return tl::unexpected(failed.error());
  }
  const auto known = machine_.listening() ? Result<void>() : check_profile(profile);
  if (!known) return tl::unexpected(known.error());
  return perform(machine_.toggle(), now(), profile);
}

// The settings may have lost a profile whose key is still there.
void Takes::key(const std::string& profile, bool pressed, Instant at) {
  const auto known = pressed && !machine_.listening() ? check_profile(profile) : Result<void>();
  if (!known) return refuse_key(known.error());
  const auto done =
      perform(pressed ? machine_.press(at, profile) : machine_.release(at, profile), at, profile);
  if (!done && pressed) return refuse_key(done.error());
  if (!done) tell_error({}, done.error().message);
}

// Whoever speaks now speaks to nobody.
void Takes::refuse_key(const Error& error) {
  tell_error({}, error.message);
  tell({"No take began", error.message, true});
}

void Takes::release_keys(Instant at) { static_cast<void>(perform(machine_.release_all(at), at)); }

void Takes::last_key() {
  if (last_with_text() == nullptr) return tell({"Nothing was dictated yet", ""});
  static_cast<void>(insert_last([](TakeNumber, const std::string&, const Result<Insertion>&) {}));
}

void Takes::swap_key() {
  if (auto done = swap([](TakeNumber, const std::string&, const Result<Insertion>&) {}); !done)
    tell({"No text was swapped", done.error().message});
}

void Takes::stop() { static_cast<void>(perform(machine_.stop(), now())); }

void Takes::cancel_all() {
  for (auto& [take, job] : jobs_) job.cancel.request_stop();
  if (inserting_) inserting_->request_stop();
}

void Takes::await(TakeNumber take, OnReport on_report) {
  const auto known = std::find_if(history_.begin(), history_.end(),
                                  [&](const TakeReport& report) { return report.take == take; });
  if (known != history_.end()) return on_report(*known);
  awaited_.emplace(take, std::move(on_report));
}

const TakeReport* Takes::last_with_text() const {
  const auto last = std::find_if(history_.begin(), history_.end(), [](const TakeReport& report) {
    return report.result.outcome != Outcome::cancelled && !report.result.text.empty();
  });
  return last == history_.end() ? nullptr : &*last;
}

// Whether the profile of a take allows lines in a terminal, as the settings are now.
bool Takes::has_lines(const TakeReport& report) const {
  const ProfileSetup* const profile = setup_->profile(report.profile);
  return profile != nullptr && profile->terminal_lines;
}

Result<void> Takes::insert_last(OnInserted on_inserted) {
  const TakeReport* last = last_with_text();
  if (last == nullptr) return fail(ErrorKind::failed, "nothing was dictated yet");
  return insert({last->take, last->result.text, {}, has_lines(*last)}, std::move(on_inserted));
}

Result<void> Takes::swap(OnInserted on_inserted) {
  const TakeReport* last = last_with_text();
  if (last == nullptr) return fail(ErrorKind::failed, "nothing was dictated yet");
  const bool stands = standing_ && standing_->take == last->take;
  std::string there = stands ? standing_->text : last->result.text;
  std::string other = other_version(*last, there);
  if (there == other) return fail(ErrorKind::failed, "the last text has one version only");
  return insert({last->take, std::move(other), std::move(there), has_lines(*last)}, std::move(on_inserted));
}

// A key that repeats must not insert as often.
Result<void> Takes::insert(InsertedText text, OnInserted on_inserted) {
  if (inserting_) return fail(ErrorKind::failed, "a text is being inserted already");
  inserting_.emplace();
  struct Work {
    InsertedText text;
    Result<Insertion> done;
  };
  const auto work = std::make_shared<Work>(Work{std::move(text), Insertion{}});
  gate_.stir();  // a key of the desktop may have asked for it
  const DeliveryGate::Ticket ticket = gate_.enter();
  parts_.errands.run(
      "insert",
      [services = services(), work, ticket, cancel = inserting_->get_token()] {
        work->done = without_exceptions([&] { return insert_in_turn(services, ticket, work->text, cancel); });
      },
      [this, work, ticket, on_inserted = std::move(on_inserted)](const Result<void>& ran) {
        gate_.leave(ticket);
        inserting_.reset();
        if (!ran) work->done = tl::unexpected(ran.error());
        const InsertedText& inserted = work->text;
        if (work->done && !work->done->held) standing_ = Standing{inserted.take, inserted.text};
        if (const auto notice = notice_of(work->done)) tell(*notice);
        on_inserted(inserted.take, inserted.text, work->done);
      });
  return {};
}

Result<TakeNumber> Takes::perform(const TakeStep& step, Instant at, const std::string& profile) {
  if (!step) return tl::unexpected(step.error());
  if (*step) {
    const TakeAction& action = **step;
    if (action.kind == TakeAction::Kind::begin) untold_failure_.clear();
    if (action.kind == TakeAction::Kind::begin) begin(action.take, at, profile);
    gate_.stir();
    if (action.kind == TakeAction::Kind::finish) jobs_[action.take].finish.request_stop();
    if (action.kind == TakeAction::Kind::cancel) jobs_[action.take].cancel.request_stop();
    tell_state();
    return action.take;
  }
  return machine_.latest().value_or(0);
}

void Takes::begin(TakeNumber take, Instant key_down, const std::string& profile) {
  const Job& job = jobs_[take];
  const DeliveryGate::Ticket ticket = gate_.enter();
  auto order =
      std::make_shared<const TakeOrder>(TakeOrder{take, ticket, key_down, setup_, setup_->profile(profile)});
  const auto report = std::make_shared<TakeReport>(new_report(*order));
  Mailbox& mailbox = parts_.mailbox;
  const TakeListeners listeners{
      [this, take, &mailbox](double peak) {
        mailbox.post([=, this] {
          parts_.publish("level", json_text(Json{{"take", take}, {"peak_dbfs", std::round(peak * 10) / 10}}));
        });
      },
      [this, take, &mailbox](const Piece& piece, bool final) {
        mailbox.post([=, this] { parts_.publish("piece", piece_json(take, piece, final)); });
      },
      [this, take, &mailbox] { mailbox.post([=, this] { heard(take); }); },
      [this, take, &mailbox](LateText text) {
        mailbox.post([this, take, text = std::move(text)] { late(take, text); });
      }};
  parts_.errands.run(
      "take " + std::to_string(take),
      [services = services(), order = std::move(order), listeners, report, finish = job.finish.get_token(),
       cancel = job.cancel.get_token()]() mutable {
        *report = run_take(services, *order, listeners, finish, cancel);
        order.reset();  // here: settings that are not used any more may have a microphone to switch off
      },
      [this, ticket, report](const Result<void>& ran) {
        if (!ran) mark_failed(report->result, ran.error());
        ended(ticket, std::move(*report));
      });
  if (setup_->ducker != nullptr && setup_->duck) setup_->ducker->duck();
}

void Takes::heard(TakeNumber take) {
  machine_.heard(take);
  restore_playback();
  if (setup_->stop_sound) play(Cue::stop);
  tell_state();
}

void Takes::ended(DeliveryGate::Ticket ticket, TakeReport report) {
  gate_.leave(ticket);
  const TakeNumber take = report.take;
  const bool unasked = machine_.latest() == take && !jobs_[take].finish.stop_requested();
  if (unasked && report.result.outcome == Outcome::failed) untold_failure_ = report.result.cause;
  machine_.ended(take);
  restore_playback();
  jobs_.erase(take);
  note_microphone(report);
  const bool less_safe = report.unprotected != journal_problem_ && !report.unprotected.empty();
  const bool forgotten = report.unrecorded != history_problem_ && !report.unrecorded.empty();
  journal_problem_ = report.unprotected;
  history_problem_ = report.unrecorded;
  const TakeReport& row = remember(std::move(report));
  if (row.result.broken) tell_error(take, row.result.cause);
  parts_.publish("final", report_json(row));
  if (const auto notice = notice_of(row)) tell(*notice);
  if (less_safe) tell({"A crash would lose what you dictate", journal_problem_});
  if (forgotten) tell({"The history does not have what you dictated", history_problem_});
  const auto [first, last] = awaited_.equal_range(take);
  std::vector<OnReport> waiting;
  for (auto at = first; at != last; ++at) waiting.push_back(std::move(at->second));
  awaited_.erase(take);
  for (const OnReport& on_report : waiting) on_report(row);
  tell_state();
  if (auto early = early_.extract(take)) late(take, std::move(early.mapped()));
}

// By their numbers: takes may end in another order than they began.
const TakeReport& Takes::remember(TakeReport report) {
  if (history_.size() == kMostRows) history_.pop_back();
  const auto place = std::find_if(history_.begin(), history_.end(),
                                  [&](const TakeReport& row) { return row.take < report.take; });
  return *history_.insert(place, std::move(report));
}

// It is told after its take, and to the user while `swap` would put it in: he is not to be disturbed in the
// next one.
void Takes::late(TakeNumber take, LateText text) {
  if (jobs_.count(take) > 0) {
    early_.insert_or_assign(take, std::move(text));
    return;
  }
  const auto row = std::find_if(history_.begin(), history_.end(),
                                [&](const TakeReport& report) { return report.take == take; });
  if (row == history_.end() || row->result.outcome == Outcome::cancelled || row->result.text == text.text)
    return;
  const bool is_first = row->result.text.empty();  // an answer, where words of one's own are none
  if (is_first) row->result.text = text.text;
  row->late = std::move(text);
  parts_.publish("late", late_json(take, *row->late));
  if (last_with_text() == &*row && machine_.state() == DaemonState::idle) tell(notice_of_late_text(is_first));
}

// Takes may end in another order than they began.
void Takes::note_microphone(const TakeReport& report) {
  if (microphone_problem_ && microphone_problem_->take > report.take) return;
  microphone_problem_.reset();
  if (report.microphone_failure) microphone_problem_ = {report.take, *report.microphone_failure};
}

void Takes::microphone_is_back(TakeNumber take) {
  if (microphone_problem_ && microphone_problem_->take == take) microphone_problem_.reset();
}

// Not into the ears of a microphone that is on: it would cost words.
void Takes::play(Cue cue) {
  if (setup_->cues != nullptr && !machine_.listening()) setup_->cues->play(cue);
}

// Whatever the settings say by now.
void Takes::restore_playback() {
  if (setup_->ducker != nullptr && !machine_.listening()) setup_->ducker->restore();
}

void Takes::tell(const Notice& notice) {
  if (setup_->notifier != nullptr) setup_->notifier->show(notice);
  if (notice.failure && setup_->error_sound) play(Cue::error);
}

TakeServices Takes::services() { return {parts_.kits, *inserter_, gate_, parts_.clock, setup_->locked}; }

void Takes::tell_state() {
  const std::string state =
      json_text(Json{{"state", to_string(machine_.state())}, {"take", or_null<Json>(machine_.latest())}});
  if (std::exchange(told_state_, state) != state) parts_.publish("state", state);
}

void Takes::tell_error(std::optional<TakeNumber> take, const std::string& message) {
  parts_.publish("error", json_text(Json{{"take", or_null<Json>(take)}, {"message", message}}));
}

}  // namespace diktate
