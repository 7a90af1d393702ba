#include "history_command.h"

#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "app/format.h"
#include "app/history_json.h"
#include "checks.h"
#include "console.h"
#include "store/journal.h"

namespace diktate {
namespace {

constexpr int kMost = 1'000'000;

std::string to_json(const std::vector<HistoryRow>& rows) {
  std::string takes;
  for (const HistoryRow& row : rows) takes += (takes.empty() ? "" : ",") + history_json(row);
  return "{\"takes\":[" + takes + "]}\n";
}

std::string to_line(const HistoryRow& row) {
  const std::string what = row.clean_text ? printable(*row.clean_text) : printable(row.cause);
  const std::string wait = row.stop_to_text_ms ? fmt::format("{:.0f} ms", *row.stop_to_text_ms) : "-";
  return fmt::format("{:>5}  {}  {:>7.1f} s  {:>8}  {:<18}  {}\n", row.id, format_local_time(row.started_ms),
                     static_cast<double>(row.audio_ms) / 1000, wait, row.outcome, what);
}

Result<void> show(Journal& journal, const HistoryCommand& command) {
  const auto rows = journal.history(static_cast<std::size_t>(command.limit));
  if (!rows) return tl::unexpected(rows.error());
  if (command.json) return print_result(to_json(*rows));
  std::string text;
  for (const HistoryRow& row : *rows) text += to_line(row);
  return print_result(text);
}

}  // namespace

CLI::App* add_history(CLI::App& app, HistoryCommand& options) {
  CLI::App* command = app.add_subcommand("history", "What was dictated, the newest first");
  auto* limit = command->add_option("--limit", options.limit, "At most so many takes")
                    ->check(number_between(1, kMost))
                    ->type_name("N")
                    ->capture_default_str();
  auto* json = command->add_flag("--json", options.json, "As JSON in one line");
  command->add_flag("--wipe", options.wipe, "Remove every trace of every take, unfinished ones included")
      ->excludes(limit)
      ->excludes(json);
  return command;
}

int run_history(const HistoryCommand& command) {
  Journal journal;
  const auto done = command.wipe ? journal.wipe() : show(journal, command);
  for (const auto& warning : journal.take_warnings()) print_warning(warning);
  if (done) return kSuccess;
  print_error(done.error().message);
  return kFailure;
}

}  // namespace diktate
