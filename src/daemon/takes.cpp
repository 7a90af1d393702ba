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

}  // namespace

void Takes::key(bool pressed, Instant at) {
  const auto done = perform(pressed ? machine_.press(at) : machine_.release(at));
  if (!done) tell_error({}, done.error().message);
}

void Takes::stop() { static_cast<void>(perform(machine_.stop())); }

void Takes::cancel_all() {
  for (auto& [take, job] : jobs_) job.cancel.request_stop();
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

Result<void> Takes::insert_last(OnInserted on_inserted) {
  const TakeReport* last = last_with_text();
  if (last == nullptr) return fail(ErrorKind::failed, "nothing was dictated yet");
  insert({last->take, last->result.text, {}}, std::move(on_inserted));
  return {};
}

Result<void> Takes::swap(OnInserted on_inserted) {
  const TakeReport* last = last_with_text();
  if (last == nullptr) return fail(ErrorKind::failed, "nothing was dictated yet");
  const Take& take = last->result;
  std::string there = take.text;
  std::string other = take.text == take.raw_text ? take.clean_text : take.raw_text;
  if (there == other) return fail(ErrorKind::failed, "the last text has one version only");
  if (swapped_ == last->take) std::swap(there, other);
  insert({last->take, std::move(other), std::move(there)}, std::move(on_inserted));
  return {};
}

// `swapped_` is what stands in the window, as far as is known.
void Takes::insert(InsertedText text, OnInserted on_inserted) {
  struct Work {
    InsertedText text;
    Result<Insertion> done;
  };
  const auto work = std::make_shared<Work>(Work{std::move(text), Insertion{}});
  gate_.stir();  // a key of the desktop may have asked for it
  const DeliveryGate::Ticket ticket = gate_.enter();
  parts_.errands.run(
      "insert",
      [services = services(), work, ticket] {
        work->done = insert_in_turn(services, ticket, work->text, std::stop_token());
      },
      [this, work, ticket, on_inserted = std::move(on_inserted)] {
        gate_.leave(ticket);
        const InsertedText& inserted = work->text;
        if (work->done && !work->done->held) {
          const bool swapped = !inserted.replaced.empty() && swapped_ != inserted.take;
          swapped_ = swapped ? std::optional(inserted.take) : std::nullopt;
        }
        if (const auto notice = notice_of(work->done)) tell(*notice);
        on_inserted(inserted.take, inserted.text, work->done);
      });
}

Result<TakeNumber> Takes::perform(const TakeStep& step) {
  if (!step) return tl::unexpected(step.error());
  if (*step) {
    const TakeAction& action = **step;
    if (action.kind == TakeAction::Kind::begin) begin(action.take);
    gate_.stir();
    if (action.kind == TakeAction::Kind::finish) jobs_[action.take].finish.request_stop();
    if (action.kind == TakeAction::Kind::cancel) jobs_[action.take].cancel.request_stop();
    tell_state();
    return action.take;
  }
  return machine_.latest().value_or(0);
}

void Takes::begin(TakeNumber take) {
  const Job& job = jobs_[take];
  const auto order = std::make_shared<const TakeOrder>(TakeOrder{take, gate_.enter(), setup_});
  const auto report = std::make_shared<TakeReport>();
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
      [this, take, &mailbox] { mailbox.post([=, this] { heard(take); }); }};
  parts_.errands.run(
      "take " + std::to_string(take),
      [services = services(), order, listeners, report, finish = job.finish.get_token(),
       cancel = job.cancel.get_token()] { *report = run_take(services, *order, listeners, finish, cancel); },
      [this, order, report] { ended(order->ticket, std::move(*report)); });
  if (setup_.ducker != nullptr && setup_.duck) setup_.ducker->duck();
}

void Takes::heard(TakeNumber take) {
  machine_.heard(take);
  restore_playback();
  if (setup_.stop_sound) play(Cue::stop);
  tell_state();
}

void Takes::ended(DeliveryGate::Ticket ticket, TakeReport report) {
  gate_.leave(ticket);
  const TakeNumber take = report.take;
  machine_.ended(take);
  restore_playback();
  jobs_.erase(take);
  microphone_problem_ = report.microphone_failed ? report.result.cause : "";
  history_.push_front(std::move(report));
  if (history_.size() > kMostRows) history_.pop_back();
  const TakeReport& row = history_.front();
  if (row.result.broken) tell_error(take, row.result.cause);
  parts_.publish("final", report_json(row));
  if (const auto notice = notice_of(row)) tell(*notice);
  const auto [first, last] = awaited_.equal_range(take);
  std::vector<OnReport> waiting;
  for (auto at = first; at != last; ++at) waiting.push_back(std::move(at->second));
  awaited_.erase(take);
  for (const OnReport& on_report : waiting) on_report(row);
  tell_state();
}

// Not into the ears of a microphone that is on: it would cost words.
void Takes::play(Cue cue) {
  if (setup_.cues != nullptr && !machine_.listening()) setup_.cues->play(cue);
}

// Whatever the settings say by now.
void Takes::restore_playback() {
  if (setup_.ducker != nullptr && !machine_.listening()) setup_.ducker->restore();
}

void Takes::tell(const Notice& notice) {
  if (setup_.notifier != nullptr) setup_.notifier->show(notice);
  if (notice.failure && setup_.error_sound) play(Cue::error);
}

TakeServices Takes::services() { return {parts_.kits, *inserter_, gate_, parts_.clock, setup_.locked}; }

void Takes::tell_state() {
  const std::string state =
      json_text(Json{{"state", to_string(machine_.state())}, {"take", or_null<Json>(machine_.latest())}});
  if (std::exchange(told_state_, state) != state) parts_.publish("state", state);
}

void Takes::tell_error(std::optional<TakeNumber> take, const std::string& message) {
  parts_.publish("error", json_text(Json{{"take", or_null<Json>(take)}, {"message", message}}));
}

}  // namespace diktate
