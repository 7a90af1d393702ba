#include "audio/pulse_connection.h"

#include <cstdint>
#include <cstdlib>
#include <utility>

#include <pulse/context.h>
#include <pulse/error.h>
#include <pulse/introspect.h>
#include <pulse/rtclock.h>
#include <pulse/subscribe.h>
#include <pulse/thread-mainloop.h>
#include <pulse/timeval.h>

namespace diktate {
namespace {

constexpr pa_usec_t kAnswerLimit = 3 * PA_USEC_PER_SEC;

std::string state_name(pa_source_state_t state) {
  switch (state) {
    case PA_SOURCE_RUNNING:
      return "running";
    case PA_SOURCE_IDLE:
      return "idle";
    case PA_SOURCE_SUSPENDED:
      return "suspended";
    default:
      return "unknown";
  }
}

Microphone microphone_of(const pa_source_info& info) {
  Microphone microphone;
  microphone.name = info.name;
  microphone.description = info.description != nullptr ? info.description : info.name;
  microphone.state = state_name(info.state);
  microphone.muted = info.mute != 0 || pa_cvolume_is_muted(&info.volume) != 0;
  microphone.monitor = info.monitor_of_sink != PA_INVALID_INDEX;
  return microphone;
}

// The answers to a question, as the callbacks collect them.
struct Sources {
  const PulseConnection& connection;
  std::vector<Microphone> found;
};

void on_source(pa_context*, const pa_source_info* info, int end, void* data) {
  auto& sources = *static_cast<Sources*>(data);
  if (info != nullptr && end == 0) sources.found.push_back(microphone_of(*info));
  if (end != 0) sources.connection.wake();
}

struct DefaultSource {
  const PulseConnection& connection;
  std::string name;
};

void on_server(pa_context*, const pa_server_info* info, void* data) {
  auto& answer = *static_cast<DefaultSource*>(data);
  if (info != nullptr && info->default_source_name != nullptr) answer.name = info->default_source_name;
  answer.connection.wake();
}

// A stream or microphone that changes itself is not one that comes or goes.
void on_event(pa_context*, pa_subscription_event_type_t event, std::uint32_t, void* on_change) {
  const auto facility = event & PA_SUBSCRIPTION_EVENT_FACILITY_MASK;
  const auto type = event & PA_SUBSCRIPTION_EVENT_TYPE_MASK;
  if (facility == PA_SUBSCRIPTION_EVENT_SINK_INPUT && type != PA_SUBSCRIPTION_EVENT_NEW) return;
  if (facility == PA_SUBSCRIPTION_EVENT_SOURCE && type == PA_SUBSCRIPTION_EVENT_CHANGE) return;
  (*static_cast<std::function<void()>*>(on_change))();
}

void on_subscribed(pa_context*, int, void* self) { static_cast<PulseConnection*>(self)->wake(); }

tl::unexpected<Error> no_microphone(const std::string& name) {
  const std::string named = source_of_environment();
  if (name.empty() && named.empty()) return fail(ErrorKind::unavailable, "there is no microphone");
  return fail(ErrorKind::unavailable,
              "there is no microphone '" +
                  (name.empty() ? named + "', which PULSE_SOURCE names" : name + "'") +
                  " ('diktate mic list' shows those there are)");
}

}  // namespace

std::string source_of_environment() {
  const char* name = std::getenv("PULSE_SOURCE");
  return name == nullptr ? "" : name;
}

PulseConnection::Lock::Lock(PulseConnection& connection) : loop_(connection.loop_) {
  pa_threaded_mainloop_lock(loop_);
}

PulseConnection::Lock::~Lock() { pa_threaded_mainloop_unlock(loop_); }

Result<std::unique_ptr<PulseConnection>> PulseConnection::open(Servers servers) {
  std::unique_ptr<PulseConnection> connection(new PulseConnection);
  if (auto connected = connection->connect(servers); !connected) return tl::unexpected(connected.error());
  return connection;
}

PulseConnection::~PulseConnection() {
  if (loop_ == nullptr) return;
  pa_threaded_mainloop_stop(loop_);
  if (context_ != nullptr) {
    pa_context_set_state_callback(context_, nullptr, nullptr);
    pa_context_set_subscribe_callback(context_, nullptr, nullptr);
    pa_context_disconnect(context_);
    pa_context_unref(context_);
  }
  pa_threaded_mainloop_free(loop_);
}

Result<void> PulseConnection::connect(Servers servers) {
  loop_ = pa_threaded_mainloop_new();
  if (loop_ == nullptr) return fail(ErrorKind::failed, "libpulse cannot start");
  pa_threaded_mainloop_set_name(loop_, "pulse");
  context_ = pa_context_new(pa_threaded_mainloop_get_api(loop_), "diktate");
  if (context_ == nullptr || pa_threaded_mainloop_start(loop_) < 0)
    return fail(ErrorKind::failed, "libpulse cannot start");
  const Lock lock(*this);
  const auto on_state = [](pa_context*, void* self) { static_cast<PulseConnection*>(self)->on_state(); };
  pa_context_set_state_callback(context_, on_state, this);
  const auto flags = servers == Servers::any ? PA_CONTEXT_NOFLAGS : PA_CONTEXT_NOAUTOSPAWN;
  const bool begun = pa_context_connect(context_, nullptr, flags, nullptr) >= 0;
  const auto ready = begun ? wait([&] { return pa_context_get_state(context_) == PA_CONTEXT_READY; })
                           : fail(ErrorKind::unavailable, last_error());
  if (ready) return {};
  return fail(ErrorKind::unavailable,
              "the microphone needs a sound server (PulseAudio or PipeWire): " + ready.error().message);
}

std::string PulseConnection::last_error() const { return pa_strerror(pa_context_errno(context_)); }

void PulseConnection::on_state() const {
  wake();
  if (on_change_ && PA_CONTEXT_IS_GOOD(pa_context_get_state(context_)) == 0) on_change_();
}

bool PulseConnection::alive() {
  const Lock lock(*this);
  return PA_CONTEXT_IS_GOOD(pa_context_get_state(context_)) != 0;
}

Result<void> PulseConnection::watch(Watched what, std::function<void()> on_change) {
  const Lock lock(*this);
  on_change_ = std::move(on_change);
  pa_context_set_subscribe_callback(context_, on_event, &on_change_);
  const auto mask =
      what == Watched::playback
          ? PA_SUBSCRIPTION_MASK_SINK_INPUT
          : static_cast<pa_subscription_mask_t>(PA_SUBSCRIPTION_MASK_SOURCE | PA_SUBSCRIPTION_MASK_SERVER);
  return wait_for(pa_context_subscribe(context_, mask, on_subscribed, this));
}

Result<std::unique_ptr<PulseConnection>> PulseConnection::open_watched(Servers servers, Watched what,
                                                                       std::function<void()> on_change) {
  auto connection = open(servers);
  if (!connection) return connection;
  if (auto watched = (*connection)->watch(what, std::move(on_change)); !watched)
    return tl::unexpected(watched.error());
  return connection;
}

void PulseConnection::wake() const { pa_threaded_mainloop_signal(loop_, 0); }

Result<void> PulseConnection::wait(const std::function<bool()>& done) {
  struct Alarm {
    pa_threaded_mainloop* loop;
    bool rung = false;
  } alarm{loop_};
  const auto ring = [](pa_mainloop_api*, pa_time_event*, const timeval*, void* data) {
    static_cast<Alarm*>(data)->rung = true;
    pa_threaded_mainloop_signal(static_cast<Alarm*>(data)->loop, 0);
  };
  pa_time_event* timer = pa_context_rttime_new(context_, pa_rtclock_now() + kAnswerLimit, ring, &alarm);
  bool good = PA_CONTEXT_IS_GOOD(pa_context_get_state(context_)) != 0;
  while (good && !alarm.rung && !done()) {
    pa_threaded_mainloop_wait(loop_);
    good = PA_CONTEXT_IS_GOOD(pa_context_get_state(context_)) != 0;
  }
  if (timer != nullptr) pa_threaded_mainloop_get_api(loop_)->time_free(timer);
  if (!good) return fail(ErrorKind::unavailable, last_error());
  if (!done()) return fail(ErrorKind::timeout, "it does not answer");
  return {};
}

Result<void> PulseConnection::wait_for(pa_operation* operation) {
  if (operation == nullptr) return fail(ErrorKind::failed, "the sound server: " + last_error());
  const auto done = wait([&] { return pa_operation_get_state(operation) != PA_OPERATION_RUNNING; });
  pa_operation_cancel(operation);  // what it would write to is gone after this call
  pa_operation_unref(operation);
  if (!done) return fail(done.error().kind, "the sound server: " + done.error().message);
  return {};
}

Result<std::string> PulseConnection::default_source() {
  if (auto named = source_of_environment(); !named.empty()) return named;
  const Lock lock(*this);
  DefaultSource answer{*this, {}};
  if (auto asked = wait_for(pa_context_get_server_info(context_, on_server, &answer)); !asked)
    return tl::unexpected(asked.error());
  return answer.name;
}

Result<Microphone> PulseConnection::source(const std::string& name) {
  auto standard = default_source();
  if (!standard) return tl::unexpected(standard.error());
  const std::string wanted = name.empty() ? *standard : name;
  if (wanted.empty()) return no_microphone(name);
  const Lock lock(*this);
  Sources sources{*this, {}};
  if (auto asked =
          wait_for(pa_context_get_source_info_by_name(context_, wanted.c_str(), on_source, &sources));
      !asked)
    return tl::unexpected(asked.error());
  if (sources.found.empty()) return no_microphone(name);
  sources.found.front().is_default = sources.found.front().name == *standard;
  return std::move(sources.found.front());
}

Result<std::vector<Microphone>> PulseConnection::sources() {
  auto standard = default_source();
  if (!standard) return tl::unexpected(standard.error());
  const Lock lock(*this);
  Sources sources{*this, {}};
  if (auto asked = wait_for(pa_context_get_source_info_list(context_, on_source, &sources)); !asked)
    return tl::unexpected(asked.error());
  for (Microphone& microphone : sources.found) microphone.is_default = microphone.name == *standard;
  return std::move(sources.found);
}

}  // namespace diktate
