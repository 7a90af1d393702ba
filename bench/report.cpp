#include "bench/report.h"

#include <cmath>
#include <cstdio>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "base/files.h"
#include "bench/tsv.h"

namespace diktate::bench {
namespace {

using nlohmann::json;

constexpr auto kProgressInterval = std::chrono::seconds(10);  // in a log; a terminal shows every line

bool on_terminal() { return ::isatty(STDERR_FILENO) == 1; }

void clear_progress() {
  if (on_terminal()) std::fputs("\r\033[K", stderr);
}

void print(const std::string& text) {
  clear_progress();
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

// Follows "a.b.c" down, making objects on the way.
json& place_of(json& root, const std::string& dotted) {
  json* place = &root;
  for (const std::string& name : split(dotted, '.')) place = &(*place)[name];
  return *place;
}

json number_or_null(double value) { return std::isfinite(value) ? json(value) : json(nullptr); }

const char* sign(Goal::Sense sense) { return sense == Goal::Sense::at_most ? "<= " : ">= "; }

}  // namespace

void Report::fact(const std::string& name, const std::string& value) {
  print(name + ": " + value + "\n");
  facts_.emplace_back(name, value);
}

void Report::section(const std::string& title, const std::string& explanation) {
  print("\n== " + title + "\n" + explanation + "\n");
}

void Report::table(const Row& head, const std::vector<Row>& rows) {
  print("\n");
  print(format_table(head, rows));
}

void Report::note(const std::string& line) { print(line + "\n"); }

void Report::progress(const std::string& line) {
  const auto now = std::chrono::steady_clock::now();
  if (!on_terminal() && now - last_progress_ < kProgressInterval) return;
  last_progress_ = now;
  std::fprintf(stderr, on_terminal() ? "\r\033[K%s" : "%s\n", line.c_str());
  std::fflush(stderr);
}

void Report::end_progress() { clear_progress(); }

void Report::figure(const std::string& name, double value) { figures_.emplace_back(name, value); }

void Report::goal(Goal goal) { goals_.push_back(std::move(goal)); }

void Report::text(const std::string& series, const std::string& name, const std::string& text) {
  texts_.push_back({series, name, text});
}

void Report::print_goals() {
  if (goals_.empty()) return;
  section("Goals", "What this run measured, against what is to be reached.");
  std::vector<Row> rows;
  for (const Goal& goal : goals_) {
    const int decimals = goal.limit < 20 ? 2 : 0;
    rows.push_back({goal.what, sign(goal.sense) + number(goal.limit, decimals) + goal.unit,
                    number(goal.measured, decimals) + goal.unit, goal.reached() ? "reached" : "MISSED"});
  }
  table({"", "goal", "measured", ""}, rows);
}

Result<void> Report::write_json(const std::filesystem::path& path) const {
  json root;
  for (const auto& [name, value] : facts_) root["about"][name] = value;
  for (const auto& [name, value] : figures_) place_of(root["figures"], name) = number_or_null(value);
  for (const Goal& goal : goals_) {
    root["goals"].push_back({{"what", goal.what},
                             {"sense", goal.sense == Goal::Sense::at_most ? "at_most" : "at_least"},
                             {"limit", goal.limit},
                             {"measured", number_or_null(goal.measured)},
                             {"reached", goal.reached()}});
  }
  for (const Text& text : texts_) place_of(root["texts"], text.series)[text.name] = text.text;
  return write_file_atomically(path, root.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

}  // namespace diktate::bench
