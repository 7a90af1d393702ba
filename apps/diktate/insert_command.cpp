#include "insert_command.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/format.h"
#include "base/json_text.h"
#include "console.h"
#include "desktop/insert_test.h"
#include "signals.h"
#include "store/settings_file.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const InsertTrial& trial) {
  return {{"backend", trial.backend}, {"method", trial.method},
          {"found", trial.found},     {"tried", trial.tried},
          {"works", trial.works},     {"receipt", trial.receipt.empty() ? Json() : Json(trial.receipt)},
          {"why", trial.why}};
}

std::string verdict(const InsertTrial& trial) {
  if (!trial.found) return "not found";
  if (!trial.tried) return "not tried";
  return trial.works ? fmt::format("works ({})", trial.receipt) : "refused";
}

std::string to_line(const InsertTrial& trial) {
  return fmt::format("{:<10} {:<29} {:<15} {}\n", trial.backend, trial.method, verdict(trial),
                     printable(trial.why));
}

std::string report(const std::vector<InsertTrial>& trials, bool json) {
  Json items = Json::array();
  std::string text;
  for (const InsertTrial& trial : trials) {
    items.push_back(to_json(trial));
    text += to_line(trial);
  }
  if (!json) return text;
  return json_text(Json{{"methods", items}}) + "\n";
}

TrialCommand command_of(const InsertCommand& command) {
  if (!command.command.empty()) return {{"sh", "-c", command.command}, command.command, true};
  const auto settings = read_settings(settings_path());
  if (!settings) print_warning(settings.error().message);
  std::vector<std::string> words =
      settings ? settings->insert.command.value_or(std::vector<std::string>()) : std::vector<std::string>();
  std::string name = fmt::format("{}", fmt::join(words, " "));
  return {std::move(words), std::move(name)};
}

}  // namespace

void add_insert(CLI::App& app, InsertCommand& command) {
  CLI::App* insert = app.add_subcommand("insert", "Whether text can be put into windows here, and how");
  insert->require_subcommand(1);
  CLI::App* tester =
      insert->add_subcommand("test", "Try every method on a window of its own, and read back what came");
  tester->add_option("--command", command.command, "A command to try too: it gets a text on standard input")
      ->type_name("LINE");
  tester->add_flag("--json", command.json, "As JSON in one line");
  tester->callback([&] { command.action = InsertCommand::Action::test; });
}

int run_insert(const InsertCommand& command) {
  const Signals signals;  // before anything that starts threads
  const auto trials = test_insertion({}, command_of(command), signals.finish());
  if (signals.finish().stop_requested()) {
    print_error("cancelled");
    return kFailure;
  }
  if (const auto printed = print_result(report(trials, command.json)); !printed) {
    print_error(printed.error().message);
    return kFailure;
  }
  const bool any = std::any_of(trials.begin(), trials.end(), [](const auto& trial) { return trial.works; });
  return any ? kSuccess : kFailure;
}

}  // namespace diktate
