// What a run of the benchmark says: tables as they are ready, and every figure once more for programs to
// read.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "bench/table.h"

namespace diktate::bench {

// A figure that the program is meant to reach.
struct Goal {
  enum class Sense { at_most, at_least };
  std::string what;
  Sense sense = Sense::at_most;
  double limit = 0;
  std::string unit;
  double measured = 0;

  bool reached() const { return sense == Sense::at_most ? measured <= limit : measured >= limit; }
};

// Prints to standard output at once; progress goes to standard error. One thread.
class Report {
 public:
  // About the run as a whole: machine, versions, date.
  void fact(const std::string& name, const std::string& value);
  void section(const std::string& title, const std::string& explanation);
  void table(const Row& head, const std::vector<Row>& rows);
  void note(const std::string& line);
  // On a terminal each line takes the place of the one before, until end_progress(); elsewhere most are left
  // out.
  void progress(const std::string& line);
  void end_progress();

  // `name` is dotted: "stop.tight.p50_ms". Each name once.
  void figure(const std::string& name, double value);
  void goal(Goal goal);
  // What was recognised, so that other scorers can be held against ours. `series` is dotted as figures are.
  void text(const std::string& series, const std::string& name, const std::string& text);

  // The goals that were measured, as the last table.
  void print_goals();
  Result<void> write_json(const std::filesystem::path& path) const;

 private:
  std::chrono::steady_clock::time_point last_progress_;
  std::vector<std::pair<std::string, std::string>> facts_;
  std::vector<std::pair<std::string, double>> figures_;
  std::vector<Goal> goals_;
  struct Text {
    std::string series;
    std::string name;
    std::string text;
  };
  std::vector<Text> texts_;
};

}  // namespace diktate::bench
