#include "hotkeys_command.h"

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/format.h"
#include "app/profiles.h"
#include "base/json_text.h"
#include "base/paths.h"
#include "checks.h"
#include "console.h"
#include "desktop/make_desktop.h"
#include "desktop/portal/hotkeys.h"
#include "desktop/setup/hotkey_setup.h"
#include "hotkeys_test.h"
#include "processing_options.h"
#include "store/settings_file.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

// As the desktop is to start it, whose PATH may not be ours.
std::string program() {
  const auto small = program_folder().parent_path() / "bin" / "diktate";
  std::error_code ignored;
  return std::filesystem::exists(small, ignored) ? small.string() : "diktate";
}

Json to_json(const ProposedKey& key) {
  Json conflicts = Json::array();
  for (const BoundKey& bound : key.conflicts)
    conflicts.push_back({{"keys", bound.keys}, {"what", bound.what}});
  return {{"keys", key.keys}, {"free", key.is_free}, {"conflicts", conflicts}};
}

Json to_json(const HotkeySetupOptions& options, const HotkeySetup& setup, const PresentBindings& present) {
  Json json = {{"desktop", options.desktop}};
  json.update(to_json(setup.dictate));
  json["last"] = to_json(setup.last);
  json["swap"] = to_json(setup.swap);
  json["profiles"] = Json::array();
  for (const ProfileKey& profile : setup.profiles) {
    Json key = {{"name", profile.name}};
    key.update(to_json(profile.key));
    json["profiles"].push_back(std::move(key));
  }
  json["cancel"] = setup.cancel ? to_json(*setup.cancel) : Json();
  json["read"] = present.read;
  json["daemon_listens"] = options.daemon_listens;
  json["place"] = setup.place;
  json["snippet"] = setup.snippet;
  json["push_to_talk"] = setup.push_to_talk;
  return json;
}

// A line for each key that is taken, and one for that which is proposed.
std::string to_text(std::string_view what, const ProposedKey& key, std::string_view way_out) {
  std::string text;
  for (const BoundKey& bound : key.conflicts)
    text += fmt::format("conflict   {} is taken: {}\n", bound.keys, printable(bound.what));
  return text + fmt::format("{:<10} {}{}\n", what, key.keys,
                            key.is_free ? "" : fmt::format(" (taken: {})", way_out));
}

std::string for_profiles(const HotkeySetupOptions& options) {
  if (options.desktop == "x11") return "For another profile: its name = \"KEYS\" in [hotkeys.profiles].\n";
  return fmt::format("For another profile bind '{} toggle --profile NAME' to a key in the same way.\n",
                     options.program);
}

// What has a key of its own as soon as a model does it.
std::string for_modes(const std::vector<KeyedMode>& modes) {
  std::vector<std::string_view> missing;
  for (const KeyedMode& mode : modes) {
    if (mode.profile.empty()) missing.push_back(mode.what);
  }
  if (missing.empty()) return "";
  return fmt::format(
      "No profile asks a model to: {}. With [profiles.{}] and chain = [\"ollama\", \"rules\"], say, in "
      "config.toml\nthere is one, and a key for it is proposed here.\n",
      fmt::join(missing, ", "), missing.front());
}

std::vector<KeyedMode> modes_of_settings() {
  const auto settings = read_settings(settings_path());
  auto modes = settings ? keyed_modes(*settings) : tl::unexpected(settings.error());
  if (!modes) print_warning(modes.error().message + "; no keys for profiles are proposed");
  return modes.value_or(std::vector<KeyedMode>());
}

std::string looked_at(const PresentBindings& present) {
  if (!present.read.empty()) return fmt::format("{}", fmt::join(present.read, ", "));
  const std::string why = present.missing.empty()
                              ? "its keys cannot be read"
                              : fmt::format("there is no {}", fmt::join(present.missing, ", no "));
  return "nothing: " + why + "; whether these keys are free is not known";
}

void warn_of_typing(const std::string& keys) {
  const auto chord = parse_chord(keys);
  if (chord && types_text(*chord))
    print_warning(
        fmt::format("'{0}' is a key for typing: each {0} would begin or end a dictation; put Super, Ctrl "
                    "or Alt in front of it",
                    to_string(*chord)));
}

std::string to_text(const HotkeySetupOptions& options, const HotkeySetup& setup,
                    const PresentBindings& present, const std::vector<KeyedMode>& modes) {
  std::string text = fmt::format("desktop    {}\n", options.desktop);
  text += fmt::format("looked at  {}\n", looked_at(present));
  text += to_text("key", setup.dictate, "choose another with --key");
  text += to_text("last text", setup.last, "choose another");
  text += to_text("swap", setup.swap, "choose another");
  for (const ProfileKey& profile : setup.profiles)
    text += to_text(profile.name, profile.key, "choose another");
  if (setup.cancel) text += to_text("cancel", *setup.cancel, "choose another");
  if (options.daemon_listens) {
    text += fmt::format(
        "\nThe daemon {} {} itself here. Only to have the desktop do it instead (with 'method = "
        "\"none\"' in\n"
        "[hotkeys] of config.toml):\n",
        options.by_portal ? "asks the desktop for" : "listens for", setup.dictate.keys);
  }
  text += fmt::format("\nWrite {}:\n\n{}\n", setup.place, setup.snippet);
  text += setup.push_to_talk ? "Hold the key and speak, or tap it to begin and to end.\n"
                             : "Tap the key to begin, and again to end.\n";
  return text + for_profiles(options) + for_modes(modes);
}

std::vector<std::string> methods_with_keys() {
  std::vector<std::string> names = hotkey_names();
  std::erase(names, "none");
  return names;
}

int set_up(const HotkeysCommand& command) {
  const Environment environment = [](const char* name) { return std::getenv(name); };
  const std::string here = desktop_of(environment);
  HotkeySetupOptions options;
  options.desktop = command.desktop.empty() ? here : command.desktop;
  if (options.desktop.empty()) {
    print_error("there is no desktop session here; name one with --for (see 'diktate hotkeys setup --help')");
    return kFailure;
  }
  const bool on_wayland = environment("WAYLAND_DISPLAY") != nullptr;
  options.by_portal = options.desktop == here && on_wayland && portal_has_shortcuts();
  const bool by_x11 =
      options.desktop == here && here != "x11" && !on_wayland && environment("DISPLAY") != nullptr;
  options.daemon_listens = options.by_portal || by_x11;
  options.program = program();
  options.keys = command.keys;
  const std::vector<KeyedMode> modes = modes_of_settings();
  for (const KeyedMode& mode : modes) {
    if (!mode.profile.empty()) options.profiles.push_back({mode.profile, mode.letter});
  }
  const PresentBindings present = present_bindings(options.desktop);
  const auto setup = set_up_hotkeys(options, present);
  if (!setup) return report_choice(setup.error(), "hotkeys setup");
  warn_of_typing(options.keys);
  const std::string text = command.json ? json_text(to_json(options, *setup, present)) + "\n"
                                        : to_text(options, *setup, present, modes);
  if (const auto printed = print_result(text); !printed) {
    print_error(printed.error().message);
    return kFailure;
  }
  return kSuccess;
}

}  // namespace

void add_hotkeys(CLI::App& app, HotkeysCommand& command) {
  CLI::App* hotkeys =
      app.add_subcommand("hotkeys", "A key of the desktop for dictation: how to set it up, and a test");
  hotkeys->require_subcommand(1);
  CLI::App* setup = hotkeys->add_subcommand("setup", "What to write where, so that a key begins a dictation");
  setup
      ->add_option("--for", command.desktop,
                   fmt::format("Another desktop: {}", fmt::join(desktop_names(), ", ")))
      ->check(one_of(desktop_names()))
      ->type_name("NAME");
  setup->add_option("--key", command.keys, "The keys you want, such as Super+Alt+D")->type_name("KEYS");
  setup->add_flag("--json", command.json, "As JSON in one line");
  setup->callback([&] { command.action = HotkeysCommand::Action::setup; });
  CLI::App* test =
      hotkeys->add_subcommand("test", "Press the key: is it heard, and for how long was it held?");
  test->add_option("--key", command.keys, "Other keys than those of the settings")->type_name("KEYS");
  test->add_option("--method", command.method, "Another method than that of the settings, such as evdev")
      ->check(one_of(methods_with_keys()))
      ->type_name("NAME");
  test->callback([&] { command.action = HotkeysCommand::Action::test; });
}

int run_hotkeys(const HotkeysCommand& command) {
  return command.action == HotkeysCommand::Action::setup ? set_up(command) : test_hotkeys(command);
}

}  // namespace diktate
