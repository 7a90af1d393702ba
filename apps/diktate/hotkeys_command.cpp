#include "hotkeys_command.h"

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/format.h"
#include "base/json_text.h"
#include "base/paths.h"
#include "checks.h"
#include "console.h"
#include "desktop/make_desktop.h"
#include "desktop/portal/hotkeys.h"
#include "desktop/setup/hotkey_setup.h"
#include "hotkeys_test.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

// As the desktop is to start it, whose PATH may not be ours.
std::string program() {
  const auto small = program_folder().parent_path() / "bin" / "diktate";
  std::error_code ignored;
  return std::filesystem::exists(small, ignored) ? small.string() : "diktate";
}

Json to_json(const HotkeySetupOptions& options, const HotkeySetup& setup, const PresentBindings& present) {
  Json conflicts = Json::array();
  for (const BoundKey& bound : setup.conflicts)
    conflicts.push_back({{"keys", bound.keys}, {"what", bound.what}});
  return {
      {"desktop", options.desktop}, {"keys", setup.keys},       {"free", setup.is_free},
      {"conflicts", conflicts},     {"read", present.read},     {"daemon_listens", options.daemon_listens},
      {"place", setup.place},       {"snippet", setup.snippet}, {"push_to_talk", setup.push_to_talk}};
}

std::string to_text(const HotkeySetupOptions& options, const HotkeySetup& setup,
                    const PresentBindings& present) {
  std::string text = fmt::format("desktop    {}\n", options.desktop);
  text +=
      fmt::format("looked at  {}\n", present.read.empty() ? "nothing: its keys cannot be read"
                                                          : fmt::format("{}", fmt::join(present.read, ", ")));
  for (const BoundKey& bound : setup.conflicts)
    text += fmt::format("conflict   {} is taken: {}\n", bound.keys, printable(bound.what));
  text += fmt::format("key        {}{}\n", setup.keys,
                      setup.is_free ? "" : " (taken: choose another with --key)");
  if (options.daemon_listens) {
    text += fmt::format(
        "\nThe daemon {} {} itself here. Only to have the desktop do it instead (with 'method = "
        "\"none\"' in\n"
        "[hotkeys] of config.toml):\n",
        options.by_portal ? "asks the desktop for" : "listens for", setup.keys);
  }
  text += fmt::format("\nWrite {}:\n\n{}\n", setup.place, setup.snippet);
  return text + (setup.push_to_talk ? "Hold the key and speak, or tap it to begin and to end.\n"
                                    : "Tap the key to begin, and again to end.\n");
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
  const PresentBindings present = present_bindings(options.desktop);
  const auto setup = set_up_hotkeys(options, present);
  if (!setup) {  // nothing else of it can be wrong
    print_error(setup.error().message);
    return kWrongUse;
  }
  const std::string text =
      command.json ? json_text(to_json(options, *setup, present)) + "\n" : to_text(options, *setup, present);
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
      ->check(one_of(hotkey_names()))
      ->type_name("NAME");
  test->callback([&] { command.action = HotkeysCommand::Action::test; });
}

int run_hotkeys(const HotkeysCommand& command) {
  return command.action == HotkeysCommand::Action::setup ? set_up(command) : test_hotkeys(command);
}

}  // namespace diktate
