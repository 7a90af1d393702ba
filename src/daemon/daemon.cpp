#include "daemon/daemon.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <malloc.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <signal.h>

#include "daemon/errands.h"
#include "daemon/mailbox.h"
#include "daemon/methods.h"
#include "daemon/notify.h"
#include "daemon/take_kits.h"
#include "daemon/takes.h"
#include "rpc/server.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto kRetryDesktop = std::chrono::seconds(1);

class Daemon {
 public:
  Daemon(const DaemonOptions& options, DaemonSetup setup, SignalQueue& signals, const Clock& clock)
      : options_(options), setup_(std::move(setup)), signals_(signals), clock_(clock) {}

  Result<void> run() {
    auto server = RpcServer::listen(
        {options_.socket}, clock_,
        [this](RpcClientId client, const RpcRequest& request) { methods_->call(client, request); });
    if (!server) return tl::unexpected(server.error());
    server_ = std::move(*server);
    methods_.emplace(
        Methods::Parts{*server_, takes_, [this] { return status(); }, [this] { return setup_.shown; }});
    takes_.use(setup_);
    connect_desktop();
    idle_since_ = clock_.now();
    load_models();
    notify_service_manager("READY=1");
    while (!stopping_ || !errands_.none()) wait();
    return {};
  }

 private:
  void wait() {
    std::array<pollfd, 4> ready{{{server_->descriptor(), POLLIN, 0},
                                 {mailbox_.descriptor(), POLLIN, 0},
                                 {signals_.descriptor(), POLLIN, 0},
                                 {desktop_.hotkeys ? desktop_.hotkeys->descriptor() : -1, POLLIN, 0}}};
    ::poll(ready.data(), ready.size(), timeout());
    while (const auto signal = signals_.next()) handle(*signal);
    if (ready[3].revents != 0) handle_keys();
    mailbox_.deliver();
    if (ready[0].revents != 0) server_->serve();
    follow_state();
    handle_time();
  }

  void handle(int signal) {
    if (signal == SIGHUP) return reload();
    if (stopping_) return takes_.cancel_all();
    stopping_ = true;
    notify_service_manager("STOPPING=1");
    takes_.stop();
  }

  void handle_keys() {
    const auto events = desktop_.hotkeys->events();
    if (!events) return lose_keys(events.error());
    for (const HotkeyEvent& event : *events) {
      if (event.action == "dictate") takes_.key(event.pressed, event.at);
      if (event.action == "cancel" && event.pressed) static_cast<void>(takes_.cancel());
    }
    takes_.set_keys_down(desktop_.hotkeys->any_down());
  }

  // A key that is held when its display goes will never be seen to rise.
  void lose_keys(const Error& error) {
    options_.warn(error.message);
    takes_.key(false, clock_.now());
    takes_.set_keys_down(false);
    desktop_.hotkeys.reset();
    desktop_.problems.push_back(error.message);
    retry_desktop_ = clock_.now() + kRetryDesktop;
  }

  // The old backends go first: their keys are in the way of the new ones'. Texts under way still need their
  // inserter.
  void connect_desktop() {
    desktop_stale_ = false;
    if (desktop_.inserter) retired_.push_back(std::move(desktop_.inserter));
    desktop_ = {};
    desktop_ = setup_.desktop();
    takes_.use(*desktop_.inserter);
    takes_.set_keys_down(false);
    listens_for_cancel_ = false;
    retry_desktop_.reset();
    if (!desktop_.problems.empty()) retry_desktop_ = clock_.now() + kRetryDesktop;
  }

  void load_models() {
    const auto failed = std::make_shared<std::string>();
    errands_.run(
        "load",
        [this, failed] {
          if (auto loaded = kits_.load(); !loaded) *failed = loaded.error().message;
        },
        [this, failed] {
          models_problem_ = *failed;
          if (!failed->empty()) options_.warn(*failed);
        });
  }

  void reload() {
    auto setup = options_.read_setup();
    config_problem_ = setup ? "" : setup.error().message;
    if (!setup) return options_.warn(config_problem_ + "; the settings before it stay");
    setup_ = std::move(*setup);
    kits_.change(setup_);
    takes_.use(setup_);
    desktop_stale_ = true;
    if (!kits_.loaded() && !models_problem_.empty()) load_models();
  }

  void follow_state() {
    const bool busy = takes_.state() != DaemonState::idle;
    if (busy != listens_for_cancel_) {
      listens_for_cancel_ = busy;
      if (desktop_.hotkeys) listen_for_cancel(busy);
    }
    if (!errands_.none()) idle_since_ = clock_.now();
    if (errands_.none()) retired_.clear();
  }

  void listen_for_cancel(bool on) {
    if (auto done = desktop_.hotkeys->listen_for_cancel(on); !done) options_.warn(done.error().message);
  }

  void handle_time() {
    const Instant now = clock_.now();
    const bool idle = takes_.state() == DaemonState::idle;
    if (idle && (retry_desktop_ ? now >= *retry_desktop_ : desktop_stale_)) connect_desktop();
    if (const auto when = unload_at(); when && now >= *when && kits_.unload()) ::malloc_trim(0);
  }

  std::optional<Instant> unload_at() const {
    if (setup_.unload_after == Nanoseconds(0) || !kits_.loaded() || !errands_.none()) return {};
    return idle_since_ + setup_.unload_after;
  }

  // Idle, there is nothing to wake up for.
  int timeout() const {
    std::optional<Instant> next = unload_at();
    if (retry_desktop_ && takes_.state() == DaemonState::idle)
      next = next ? std::min(*next, *retry_desktop_) : *retry_desktop_;
    if (!next) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - clock_.now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, 3'600'000));
  }

  std::string status() const {
    Json degraded = desktop_.problems;
    for (const std::string& problem : {models_problem_, config_problem_, takes_.microphone_problem()}) {
      if (!problem.empty()) degraded.push_back(problem);
    }
    const auto latest = takes_.latest();
    const Json status = {{"state", to_string(takes_.state())},
                         {"take", latest ? Json(*latest) : Json()},
                         {"finishing", takes_.finishing()},
                         {"models", kits_.loaded()    ? "loaded"
                                    : errands_.none() ? "unloaded"
                                                      : "loading"},
                         {"insert", desktop_.inserter->name()},
                         {"hotkeys", desktop_.hotkeys ? Json(desktop_.hotkeys->name()) : Json()},
                         {"degraded", degraded},
                         {"notes", setup_.notes},
                         {"event", server_->events()},
                         {"version", options_.version}};
    return status.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  const DaemonOptions& options_;
  DaemonSetup setup_;
  SignalQueue& signals_;
  const Clock& clock_;
  std::unique_ptr<RpcServer> server_;
  std::optional<Methods> methods_;
  Desktop desktop_;
  std::vector<std::unique_ptr<TextInserter>> retired_;  // until no text is under way
  Mailbox mailbox_;
  TakeKits kits_{setup_};
  Errands errands_{mailbox_};
  Takes takes_{{clock_, mailbox_, errands_, kits_,
                [this](std::string_view event, const std::string& data) { server_->publish(event, data); }}};
  bool stopping_ = false;
  bool listens_for_cancel_ = false;
  bool desktop_stale_ = false;  // to be made anew as soon as nobody dictates
  std::optional<Instant> retry_desktop_;
  Instant idle_since_;
  std::string models_problem_;
  std::string config_problem_;
};

}  // namespace

Result<void> run_daemon(const DaemonOptions& options, SignalQueue& signals, const Clock& clock) {
  auto setup = options.read_setup();
  if (!setup) return tl::unexpected(setup.error());
  return Daemon(options, std::move(*setup), signals, clock).run();
}

}  // namespace diktate
