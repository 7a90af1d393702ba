#include "daemon/daemon.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <poll.h>
#include <signal.h>

#include "base/json_text.h"
#include "base/memory.h"
#include "daemon/desktop_link.h"
#include "daemon/errands.h"
#include "daemon/mailbox.h"
#include "daemon/methods.h"
#include "daemon/microphone_watch.h"
#include "daemon/notices.h"
#include "daemon/notify.h"
#include "daemon/take_kits.h"
#include "daemon/takes.h"
#include "rpc/server.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

class Daemon {
 public:
  Daemon(const DaemonOptions& options, SharedSetup setup, SignalQueue& signals, const Clock& clock)
      : options_(options), setup_(std::move(setup)), signals_(signals), clock_(clock) {}

  Result<void> run() {
    auto server = RpcServer::listen(
        {options_.socket}, clock_,
        [this](RpcClientId client, const RpcRequest& request) { methods_->call(client, request); });
    if (!server) return tl::unexpected(server.error());
    server_ = std::move(*server);
    const auto answer_status = [this] {
      count_unfinished();  // for the next one: 'diktate recover' may have been here
      return status();
    };
    methods_.emplace(Methods::Parts{*server_, takes_, readings_, answer_status,
                                    [this] { return setup_->shown; }, [this] { return setup_->stored; }});
    microphone_.use(setup_->await_microphone);
    desktop_.use(setup_->desktop, setup_->displays);
    idle_since_ = clock_.now();
    count_unfinished();
    load_models();
    if (setup_->ducker != nullptr) setup_->ducker->restore();
    notify_service_manager("READY=1");
    while (!stopping_ || !errands_.none() || !readings_.none() || !upkeep_.none()) wait();
    return {};
  }

 private:
  void wait() {
    std::array<pollfd, 5> ready{{{server_->descriptor(), POLLIN, 0},
                                 {mailbox_.descriptor(), POLLIN, 0},
                                 {signals_.descriptor(), POLLIN, 0},
                                 {desktop_.descriptor(), POLLIN, 0},
                                 {desktop_.displays(), POLLIN, 0}}};
    ::poll(ready.data(), ready.size(), timeout());
    while (const auto signal = signals_.next()) handle(*signal);
    if (ready[3].revents != 0) desktop_.read_keys();
    if (ready[4].revents != 0) desktop_.read_displays();
    mailbox_.deliver();
    if (ready[0].revents != 0) server_->serve();
    follow();
  }

  void handle(int signal) {
    if (signal == SIGHUP) return reload();
    if (signal == SIGPIPE) return;  // whoever wrote knows
    if (stopping_) return takes_.cancel_all();
    stopping_ = true;
    notify_service_manager("STOPPING=1");
    takes_.stop();
  }

  void load_models() {
    loading_ = true;
    const auto failed = std::make_shared<std::string>();
    errands_.run(
        "load",
        [this, failed] {
          if (auto loaded = without_exceptions([this] { return kits_.load(); }); !loaded)
            *failed = loaded.error().message;
        },
        [this, failed](const Result<void>& ran) {
          loading_ = false;
          models_problem_ = ran ? *failed : ran.error().message;
          if (!models_problem_.empty()) options_.warn(models_problem_);
          tell_of_start();
        });
  }

  // Main waits for no disk: what is told is the last count.
  void count_unfinished() {
    if (!setup_->unfinished) unfinished_ = 0;
    if (stopping_ || !setup_->unfinished) return;
    count_due_ = std::exchange(counting_, true);
    if (count_due_) return;  // again, when the one that runs is over: it may have missed something
    const auto count = std::make_shared<Result<std::size_t>>(0);
    upkeep_.run(
        "unfinished",
        [count, read = setup_->unfinished] {
          *count = without_exceptions([&]() -> Result<std::size_t> { return read(); });
        },
        [this, count](const Result<void>& ran) {
          counting_ = false;
          unfinished_ = ran && *count ? **count : unfinished_.value_or(0);
          tell_of_start();
          if (count_due_) count_unfinished();
        });
  }

  // Only now: what comes with the desktop may be a moment later than the daemon.
  void tell_of_start() {
    if (loading_ || !unfinished_ || std::exchange(told_of_start_, true)) return;
    desktop_.warn_of_problems();
    if (const auto notice = notice_of_start(problems(), unfinished())) takes_.tell(*notice);
  }

  void reload() {
    auto setup = options_.read_setup();
    config_problem_ = setup ? "" : setup.error().message;
    if (!setup) return options_.warn(config_problem_ + "; the settings before it stay");
    const bool other_engine = setup->engine_name != setup_->engine_name;
    models_due_ = models_due_ || other_engine || !models_problem_.empty();
    auto old = std::exchange(setup_, std::make_shared<const DaemonSetup>(std::move(*setup)));
    kits_.change(setup_);
    takes_.use(setup_);
    microphone_.use(setup_->await_microphone);
    upkeep_.run(
        "settings", [old = std::move(old)]() mutable { old.reset(); },
        [](const Result<void>&) {});  // its microphone waits
    desktop_.use(setup_->desktop, setup_->displays);
  }

  void follow() {
    desktop_.follow(errands_.none());
    microphone_.follow();
    if (errands_.none() && std::exchange(models_due_, false) && !kits_.loaded()) load_models();
    const Instant now = clock_.now();
    if (!errands_.none()) idle_since_ = now;
    if (kits_.loaded()) models_problem_.clear();
    if (const auto when = unload_at(); !when || now < *when) return;
    if (kits_.unload()) return_memory();
    idle_since_ = now;  // where they are lent they are in use
  }

  std::optional<Instant> unload_at() const {
    if (setup_->unload_after == Nanoseconds(0) || !kits_.loaded() || !errands_.none()) return {};
    return idle_since_ + setup_->unload_after;
  }

  // Idle, there is nothing to wake up for.
  int timeout() const {
    std::optional<Instant> next = unload_at();
    if (const auto due = desktop_.due()) next = next ? std::min(*next, *due) : *due;
    if (!next) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - clock_.now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, 3'600'000));
  }

  std::vector<std::string> problems() const {
    std::vector<std::string> problems = desktop_.problems();
    const std::string models = kits_.loaded() ? "" : models_problem_;
    for (const std::string& problem : {models, config_problem_, microphone_problem(),
                                       takes_.journal_problem(), takes_.history_problem()}) {
      if (!problem.empty()) problems.push_back(problem);
    }
    return problems;
  }

  // Of a take, else of now.
  std::string microphone_problem() const {
    if (const auto& of_take = takes_.microphone_problem()) return of_take->why.message;
    return setup_->microphone_problem ? setup_->microphone_problem() : "";
  }

  // What costs no words.
  std::vector<std::string> notes() const {
    std::vector<std::string> notes = setup_->notes;
    notes.insert(notes.end(), desktop_.notes().begin(), desktop_.notes().end());
    const std::string untold = setup_->notifier == nullptr ? "" : setup_->notifier->problem();
    if (!untold.empty()) notes.push_back(untold);
    if (const std::string waiting = unfinished(); !waiting.empty()) notes.push_back(waiting);
    return notes;
  }

  std::string unfinished() const {
    if (unfinished_.value_or(0) == 0) return {};
    return "takes that are unfinished: " + std::to_string(*unfinished_) + " ('diktate recover' has them)";
  }

  std::string models_state() const {
    if (kits_.loaded()) return "loaded";
    return loading_ || kits_.lent() ? "loading" : "unloaded";
  }

  std::string status() const {
    const auto latest = takes_.latest();
    const auto keys = desktop_.hotkeys();
    const auto key = desktop_.hotkey();
    const Json status = {{"state", to_string(takes_.state())},
                         {"take", latest ? Json(*latest) : Json()},
                         {"finishing", takes_.finishing()},
                         {"models", models_state()},
                         {"insert", desktop_.inserter()},
                         {"hotkeys", keys ? Json(*keys) : Json()},
                         {"hotkey", key ? Json(*key) : Json()},
                         {"degraded", problems()},
                         {"notes", notes()},
                         {"event", server_->events()},
                         {"version", options_.version}};
    return json_text(status);
  }

  const DaemonOptions& options_;
  SharedSetup setup_;
  SignalQueue& signals_;
  const Clock& clock_;
  std::unique_ptr<RpcServer> server_;
  std::optional<Methods> methods_;
  Mailbox mailbox_;
  TakeKits kits_{setup_};
  Errands errands_{mailbox_};
  Errands readings_{mailbox_};  // for clients: they are no work of the daemon's, and so many at most
  Errands upkeep_{mailbox_};    // neither are these
  Takes takes_{{clock_, mailbox_, errands_, kits_,
                [this](std::string_view event, const std::string& data) {
                  server_->publish(event, data);
                  if (event == "final") count_unfinished();
                }},
               setup_};
  DesktopLink desktop_{takes_, clock_, options_.warn};
  MicrophoneWatch microphone_{takes_, mailbox_};
  bool stopping_ = false;
  bool told_of_start_ = false;
  bool loading_ = false;
  bool models_due_ = false;                // to be loaded as soon as nobody uses those before
  std::optional<std::size_t> unfinished_;  // takes, when they were counted last; none: not yet
  bool counting_ = false;
  bool count_due_ = false;
  Instant idle_since_;
  std::string models_problem_;
  std::string config_problem_;
};

}  // namespace

Result<void> run_daemon(const DaemonOptions& options, SignalQueue& signals, const Clock& clock) {
  auto setup = options.read_setup();
  if (!setup) return tl::unexpected(setup.error());
  return Daemon(options, std::make_shared<const DaemonSetup>(std::move(*setup)), signals, clock).run();
}

}  // namespace diktate
