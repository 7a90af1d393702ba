#include "daemon/take_job.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <thread>
#include <tuple>
#include <utility>

#include "base/thread_name.h"
#include "daemon/awake_source.h"
#include "daemon/loud_source.h"

namespace diktate {
namespace {

constexpr auto kHandsOff = std::chrono::milliseconds(250);  // from the last key to the last modifier

Nanoseconds quiet_for(const TextInserter& inserter) {
  return inserter.mixes_with_held_keys() ? Nanoseconds(kHandsOff) : Nanoseconds::zero();
}

// A key may go down after the gate was passed, too.
std::function<bool()> waiting_for_keys(const TakeServices& services, DeliveryGate::Ticket ticket,
                                       std::stop_token cancel) {
  return [&services, ticket, cancel = std::move(cancel)] {
    const Nanoseconds quiet = quiet_for(services.inserter);
    if (services.gate.hands_are_off(quiet)) return false;
    (void)services.gate.wait(ticket, quiet, cancel);
    return true;
  };
}

// What the text would be typed into is the field for a password. Nothing: it is not locked, or nobody knows.
std::optional<Insertion> held_by_lock(const TakeServices& services) {
  if (!services.locked || !services.locked()) return {};
  return Insertion{"none", Receipt::none, true,
                   "the session is locked: 'diktate last' inserts the text later"};
}

class TakeJob {
 public:
  TakeJob(const TakeServices& services, const TakeOrder& order, const TakeListeners& listeners,
          std::stop_token finish, std::stop_token cancel)
      : services_(services),
        order_(order),
        listeners_(listeners),
        finish_(std::move(finish)),
        cancel_(std::move(cancel)),
        report_(new_report(order)) {}

  TakeReport run() {
    auto ran = without_exceptions([&]() -> Result<TakeReport> { return listen_and_insert(); });
    return ran ? std::move(*ran) : failed(ran.error());
  }

 private:
  TakeReport listen_and_insert() {
    Result<std::unique_ptr<AudioSource>> microphone;
    std::jthread opening([&] {
      set_thread_name("microphone");
      microphone = without_exceptions([&] { return order_.setup->microphone(); });
    });
    target_ = services_.inserter.remember();  // beside it: a slow display costs no word
    report_.target = target_->name();
    opening.join();
    if (!microphone) {
      report_.microphone_failure = microphone.error();
      return not_heard(microphone.error());
    }
    auto kit = services_.kits.borrow(*order_.profile);
    if (!kit) return not_heard(kit.error());
    if (CuePlayer* const cues = order_.setup->cues) {
      cues->hush();  // those of the take before
      if (order_.setup->start_sound) cues->play(Cue::start);
    }
    listen(std::move(*microphone), **kit);
    return std::move(report_);
  }

  void listen(std::unique_ptr<AudioSource> microphone, TakeKit& kit) {
    const auto source = make_awake(
        make_loud(std::move(microphone), {listeners_.on_level, listeners_.on_heard,
                                          [this](const Error& why) { report_.microphone_failure = why; }}),
        order_.setup->time_asleep);
    const auto keeper = make_keeper();
    const TakeParts parts{*source,
                          *kit.detector,
                          *kit.recogniser,
                          services_.clock,
                          [&](const InsertRequest& request) { return deliver(request); },
                          listeners_.on_piece,
                          kit.processor.get(),
                          keeper ? &keeper->record() : nullptr,
                          own_sounds(),
                          listeners_.on_late};
    TakeOptions options;
    options.key_down = order_.key_down;
    report_.result = dictate(parts, options, finish_, cancel_);
    services_.gate.leave(order_.ticket);  // the next text is not to wait for this one's place in the history
    if (thrown_away_) throw_away(report_.result);
    add_insertion_span();
    admit_what_is_held();
    if (keeper) close(*keeper);
  }

  std::unique_ptr<TakeKeeper> make_keeper() const {
    return order_.setup->keeper ? order_.setup->keeper(order_.profile->name) : nullptr;
  }

  void close(TakeKeeper& keeper) {
    for (const std::string& warning : keeper.record().warnings()) report_.unprotected = warning;
    if (auto closed = keeper.close(report_); !closed) {
      report_.unrecorded = closed.error().message;
      report_.result.warnings.push_back(closed.error().message);
    }
  }

  std::function<bool(Instant)> own_sounds() const {
    const CuePlayer* cues = order_.setup->cues;
    if (cues == nullptr) return {};
    return [cues](Instant captured) { return cues->sounded_at(captured); };
  }

  // The rest of the delivery was waiting: for the takes before, and for keys to rise.
  void add_insertion_span() {
    auto& spans = report_.result.spans;
    const auto deliver = std::find_if(spans.begin(), spans.end(),
                                      [](const Span& span) { return span.name == SpanName::deliver; });
    if (!inserting_ || deliver == spans.end()) return;
    Span insertion{SpanName::insert, 0, static_cast<std::size_t>(deliver - spans.begin()), deliver->thread};
    std::tie(insertion.start, insertion.end) = *inserting_;
    spans.push_back(std::move(insertion));
  }

  // A text that waits somewhere is not where it was wanted.
  void admit_what_is_held() {
    Take& take = report_.result;
    if (!report_.insertion || !report_.insertion->held || take.outcome != Outcome::delivered) return;
    take.outcome = Outcome::delivered_fallback;
    take.cause = report_.insertion->note;
  }

  Result<void> deliver(const InsertRequest& request) {
    if (!services_.gate.wait(order_.ticket, quiet_for(services_.inserter), cancel_)) return thrown_away();
    const Instant began = services_.clock.now();
    auto inserted = insert(request);
    inserting_ = {began, services_.clock.now()};
    const bool arrived = inserted && !inserted->held;
    if (!arrived && cancel_.stop_requested()) return thrown_away();
    if (!inserted) return tl::unexpected(inserted.error());
    report_.insertion = std::move(*inserted);
    return {};
  }

  Result<Insertion> insert(const InsertRequest& request) {
    if (auto held = held_by_lock(services_)) return std::move(*held);
    if (cancel_.stop_requested()) return fail(ErrorKind::cancelled, "cancelled");  // while that was asked
    const InsertRequest allowed{request.text, request.keys, order_.profile->terminal_lines,
                                order_.profile->terminal_enter,
                                waiting_for_keys(services_, order_.ticket, cancel_)};
    return services_.inserter.insert(*target_, allowed, cancel_);
  }

  tl::unexpected<Error> thrown_away() {
    thrown_away_ = true;
    return fail(ErrorKind::cancelled, "cancelled");
  }

  TakeReport failed(const Error& error) {
    note_failure(error);
    return std::move(report_);
  }

  // It failed before it could listen: no sound is kept, but that it was so.
  TakeReport not_heard(const Error& error) {
    note_failure(error);
    if (const auto keeper = make_keeper()) close(*keeper);
    return std::move(report_);
  }

  void note_failure(const Error& error) {
    if (cancel_.stop_requested()) return throw_away(report_.result);
    mark_failed(report_.result, error);
  }

  const TakeServices& services_;
  const TakeOrder& order_;
  const TakeListeners& listeners_;
  const std::stop_token finish_;
  const std::stop_token cancel_;
  TakeReport report_;
  std::unique_ptr<TextTarget> target_;
  std::optional<std::pair<Instant, Instant>> inserting_;  // from when to when
  bool thrown_away_ = false;
};

}  // namespace

TakeReport new_report(const TakeOrder& order) {
  TakeReport report;
  report.take = order.take;
  report.profile = order.profile->name;
  report.began = utc_now();
  report.result.key_down = order.key_down;
  return report;
}

void mark_failed(Take& take, const Error& error) {
  take.outcome = Outcome::failed;
  take.broken = true;
  take.cause = error.message;
}

TakeReport run_take(const TakeServices& services, const TakeOrder& order, const TakeListeners& listeners,
                    std::stop_token finish, std::stop_token cancel) {
  return TakeJob(services, order, listeners, std::move(finish), std::move(cancel)).run();
}

Result<Insertion> insert_in_turn(const TakeServices& services, DeliveryGate::Ticket ticket,
                                 const InsertedText& text, std::stop_token cancel) {
  const auto target = services.inserter.remember();
  if (!services.gate.wait(ticket, quiet_for(services.inserter), cancel))
    return fail(ErrorKind::cancelled, "cancelled");
  if (auto held = held_by_lock(services)) return std::move(*held);
  const InsertRequest request{
      text.text, {}, text.terminal_lines, false, waiting_for_keys(services, ticket, cancel)};
  if (text.replaced.empty()) return services.inserter.insert(*target, request, std::move(cancel));
  return services.inserter.replace(*target, text.replaced, request, std::move(cancel));
}

}  // namespace diktate
