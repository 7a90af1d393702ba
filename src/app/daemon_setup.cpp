#include "app/daemon_setup.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/desktop.h"
#include "app/history_json.h"
#include "app/processing.h"
#include "app/processors.h"
#include "app/profiles.h"
#include "app/take_keeper.h"
#include "audio/microphones.h"
#include "audio/pulse_source.h"
#include "audio/warm_microphone.h"
#include "base/json_text.h"
#include "desktop/displays.h"
#include "desktop/session_lock.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

std::string or_else(const std::string& set, const std::string& otherwise) {
  return set.empty() ? otherwise : set;
}

DesktopChoice desktop_of(const Settings& settings) {
  DesktopChoice choice;
  choice.insert = or_else(settings.insert.method, choice.insert);
  choice.command = settings.insert.command.value_or(choice.command);
  choice.follow_focus = settings.insert.follow_focus;
  choice.programs = settings.insert.programs;
  choice.hotkeys = or_else(settings.hotkeys.method, choice.hotkeys);
  choice.dictate_key = settings.hotkeys.dictate.value_or(choice.dictate_key);
  const std::string cancel = choice.hotkeys == "evdev" ? "" : choice.cancel_key;  // it does not read Escape
  choice.cancel_key = settings.hotkeys.cancel.value_or(cancel);
  choice.profile_keys = settings.hotkeys.profiles;
  choice.last_key = settings.hotkeys.last.value_or(default_last_key(choice));
  choice.swap_key = settings.hotkeys.swap.value_or(default_swap_key(choice));
  choice.devices = settings.hotkeys.devices;
  return choice;
}

std::int64_t whole_seconds(Nanoseconds time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

Json by_name(const std::vector<NamedText>& lines) {
  Json json = Json::object();
  for (const NamedText& line : lines) json[line.name] = line.text;
  return json;
}

std::string shown(const DaemonSetup& setup, const Settings& settings, const DesktopChoice& desktop) {
  const Json hotkeys = {{"method", desktop.hotkeys},    {"dictate", desktop.dictate_key},
                        {"cancel", desktop.cancel_key}, {"last", desktop.last_key},
                        {"swap", desktop.swap_key},     {"profiles", by_name(desktop.profile_keys)},
                        {"devices", desktop.devices}};
  const Json json = {{"path", settings_path().string()},
                     {"profile", setup.profiles.front().name},
                     {"daemon",
                      {{"source", settings.daemon.source},
                       {"engine", setup.engine_name},
                       {"max_take_s", whole_seconds(setup.longest_take)},
                       {"unload_after_s", whole_seconds(setup.unload_after)},
                       {"preroll_ms", settings.daemon.preroll_ms.value_or(0)}}},
                     {"audio", {{"duck", settings.audio.duck}}},
                     {"insert",
                      {{"method", desktop.insert},
                       {"command", desktop.command},
                       {"follow_focus", desktop.follow_focus},
                       {"programs", by_name(desktop.programs)}}},
                     {"hotkeys", hotkeys},
                     {"feedback",
                      {{"notifications", settings.feedback.notifications},
                       {"error_sound", settings.feedback.error_sound},
                       {"start_sound", settings.feedback.start_sound},
                       {"stop_sound", settings.feedback.stop_sound}}},
                     {"privacy", {{"level", static_cast<int>(settings.privacy)}}}};
  return json_text(json);
}

Result<void> check_engine(const std::string& name) {
  const auto names = engine_names();
  if (std::find(names.begin(), names.end(), name) != names.end()) return {};
  return fail(ErrorKind::invalid,
              fmt::format("[daemon] engine: there is no '{}'; there are {}", name, fmt::join(names, ", ")));
}

void add_microphone(DaemonSetup& setup, const DaemonSettings& settings, const Clock& clock) {
  PulseSourceOptions options{settings.source,
                             samples_of(std::chrono::duration<double>(setup.longest_take).count())};
  options.preroll = std::chrono::milliseconds(settings.preroll_ms.value_or(0));
  options.on_at_once = options.preroll == Nanoseconds::zero();
  setup.await_microphone = [source = settings.source](std::stop_token stop) {
    return await_microphone(source, std::move(stop));
  };
  if (!options.on_at_once) {
    const auto warm = std::make_shared<WarmMicrophone>(options, clock);
    setup.microphone = [warm] { return warm->take(); };
    setup.microphone_problem = [warm] { return warm->problem(); };
    return;
  }
  setup.microphone = [options, &clock]() -> Result<std::unique_ptr<AudioSource>> {
    auto opened = open_pulse(options, clock);
    if (!opened) return tl::unexpected(opened.error());
    return std::move(opened->source);
  };
}

ProfileSetup profile_setup_of(const TakeProfile& profile, const DaemonParts& parts) {
  const auto make = [profile, on_warning = parts.on_warning,
                     &http = parts.http]() -> Result<std::unique_ptr<TextProcessor>> {
    const auto cleaner = make_cleaner(profile.cleaning, on_warning);
    if (!cleaner) return tl::unexpected(cleaner.error());
    auto client = profile.models.empty() ? Result<std::shared_ptr<HttpClient>>() : http.get();
    if (!client) return tl::unexpected(client.error());
    return make_text_processor(profile, *cleaner, *client);
  };
  return {profile.name, make, profile.terminal_lines, profile.terminal_enter};
}

tl::unexpected<Error> wrong_settings(const std::string& why) {
  return fail(ErrorKind::invalid, settings_path().string() + ": " + why);
}

// All that there are, the default one first: each may be asked for.
Result<std::vector<TakeProfile>> profiles_of(const Settings& settings) {
  auto first = find_profile(settings, {});
  if (!first) return tl::unexpected(first.error());
  std::vector<TakeProfile> profiles{std::move(*first)};
  for (const std::string& name : take_profile_names(settings)) {
    if (name == profiles.front().name) continue;
    auto profile = find_profile(settings, {.profile = name});
    if (!profile) return tl::unexpected(profile.error());
    profiles.push_back(std::move(*profile));
  }
  return profiles;
}

// What a take would stumble over at key down.
Result<void> check_profiles(const Settings& settings, const std::vector<TakeProfile>& profiles) {
  for (const TakeProfile& profile : profiles) {
    for (const ProcessorSettings& model : profile.models) {
      if (auto good = check_processor(model); !good)
        return wrong_settings(fmt::format("[profiles.{}] {}", profile.name, good.error().message));
    }
  }
  for (const NamedText& key : settings.hotkeys.profiles) {
    const auto profile = find_profile(settings, {.profile = key.name});
    if (!profile) return wrong_settings("[hotkeys.profiles] " + profile.error().message);
  }
  return {};
}

// Of the profiles that somebody means to use: the one without a name, those with a key, and the user's own.
std::vector<std::string> lacks_of(const Settings& settings, const std::vector<TakeProfile>& profiles) {
  const auto names = [](const auto& rows, const std::string& name) {
    return std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row.name == name; });
  };
  std::vector<std::string> lacks;
  for (const TakeProfile& profile : profiles) {
    const bool is_meant = &profile == &profiles.front() || names(settings.hotkeys.profiles, profile.name) ||
                          names(settings.profiles, profile.name);
    std::string lack = lack_of_model(profile);
    if (is_meant && !lack.empty()) lacks.push_back(std::move(lack));
  }
  return lacks;
}

void add_backends(DaemonSetup& setup, const Settings& settings, const DaemonParts& parts) {
  const OnWarning& on_warning = parts.on_warning;
  setup.engine = [name = setup.engine_name, on_warning] {
    EngineChoice choice;
    choice.name = name;
    choice.on_warning = on_warning;
    return make_engine(choice);
  };
  setup.detector = [on_warning] { return make_detector(on_warning); };
  add_microphone(setup, settings.daemon, parts.clock);
  setup.unfinished = [&journal = parts.journal] {
    const auto takes = journal.unfinished();
    return static_cast<std::size_t>(
        std::count_if(takes.begin(), takes.end(), [](const TakeState& take) { return !take.in_use; }));
  };
  setup.stored = [&journal = parts.journal](std::size_t limit) -> Result<std::vector<std::string>> {
    const auto takes = journal.history(limit);
    if (!takes) return tl::unexpected(takes.error());
    std::vector<std::string> rows;
    for (const HistoryRow& take : *takes) rows.push_back(history_json(take));
    return rows;
  };
  setup.keeper = [&journal = parts.journal, engine = setup.engine_name,
                  on_warning](const std::string& profile) {
    return keep_in_journal(journal, TakeHeader{engine, profile}, on_warning);
  };
}

void add_feedback(DaemonSetup& setup, const FeedbackSettings& wanted, const DaemonParts& parts) {
  if (wanted.notifications) setup.notifier = &parts.notifier;
  setup.cues = &parts.cues;
  setup.error_sound = wanted.error_sound;
  setup.start_sound = wanted.start_sound;
  setup.stop_sound = wanted.stop_sound;
}

}  // namespace

Result<DaemonSetup> make_daemon_setup(const Settings& settings, const DaemonParts& parts) {
  const auto profiles = profiles_of(settings);
  if (!profiles) return tl::unexpected(profiles.error());
  if (auto good = check_profiles(settings, *profiles); !good) return tl::unexpected(good.error());
  const DesktopChoice desktop = desktop_of(settings);
  if (auto good = check_desktop(desktop); !good) return wrong_settings(good.error().message);
  DaemonSetup setup;
  for (const TakeProfile& profile : *profiles) setup.profiles.push_back(profile_setup_of(profile, parts));
  setup.engine_name = or_else(settings.daemon.engine, engine_names().front());
  if (auto known = check_engine(setup.engine_name); !known) return wrong_settings(known.error().message);
  if (settings.daemon.max_take_s) setup.longest_take = std::chrono::seconds(*settings.daemon.max_take_s);
  if (settings.daemon.unload_after_s)
    setup.unload_after = std::chrono::seconds(*settings.daemon.unload_after_s);
  add_backends(setup, settings, parts);
  parts.journal.set_privacy(settings.privacy);
  if (settings.privacy == PrivacyLevel::ghost)
    setup.notes.emplace_back("privacy level 0: takes are in memory alone, and a crash loses them");
  if (settings.daemon.preroll_ms.value_or(0) > 0)
    setup.notes.emplace_back("preroll_ms: the microphone is on between takes, and nothing of that is kept");
  for (std::string& lack : lacks_of(settings, *profiles)) setup.notes.push_back(std::move(lack));
  parts.journal.get_ready();
  add_feedback(setup, settings.feedback, parts);
  setup.ducker = &parts.ducker;
  setup.duck = settings.audio.duck;
  setup.desktop = [desktop, &clock = parts.clock](Desktop& had) { return make_desktop(desktop, clock, had); };
  setup.displays = display_sockets();
  setup.locked = [lock = std::make_shared<SessionLock>()] { return lock->locked(); };
  setup.shown = shown(setup, settings, desktop);
  return setup;
}

}  // namespace diktate
