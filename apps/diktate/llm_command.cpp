#include "llm_command.h"

#include <algorithm>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <fmt/format.h>

#include "app/llm_report.h"
#include "app/processing.h"
#include "app/processors.h"
#include "checks.h"
#include "console.h"
#include "processing_options.h"
#include "store/settings_file.h"

namespace diktate {
namespace {

constexpr auto kStatusLimit = std::chrono::seconds(5);
constexpr int kMostRuns = 1000;

Instant now() { return std::chrono::steady_clock::now(); }

bool is_chosen(const ProcessingChoice& choice) {
  return !(choice.profile.empty() && choice.processor.empty() && choice.endpoint.empty() &&
           choice.model.empty());
}

// Of one processor: what it lacks is then wrong on the command line.
bool is_named(const ProcessingChoice& choice) {
  return !choice.processor.empty() || !choice.endpoint.empty();
}

// Those that `choice` names. For `status` where nothing is named: all of the settings, or Ollama where people
// have it.
Result<std::vector<ProcessorSettings>> chosen(const LlmCommand& command) {
  const auto settings = read_settings(settings_path());
  if (!settings) return fail(ErrorKind::failed, settings.error().message);
  const bool all = command.action == LlmCommand::Action::status && !is_chosen(command.choice);
  if (all && !settings->processors.empty()) return settings->processors;
  if (all) return std::vector<ProcessorSettings>{{.name = "ollama"}};
  ProcessingChoice choice = command.choice;
  if (choice.processor.empty() && !choice.endpoint.empty()) choice.processor = "ollama";
  auto profile = find_profile(*settings, choice);
  if (!profile) return tl::unexpected(profile.error());
  if (profile->models.empty()) {
    return fail(ErrorKind::invalid,
                fmt::format("the profile {} asks no language model; name one with --processor {}",
                            profile->name, fmt::join(processor_kinds(), ", ")));
  }
  return profile->models;
}

class Runner {
 public:
  explicit Runner(const LlmCommand& command) : command_(command) {}

  int run() {
    const auto rows = chosen(command_);
    if (!rows) return report_choice(rows.error(), called());
    SharedHttp shared;
    const auto http = shared.get();
    if (!http) return report_choice(http.error(), called());
    for (const ProcessorSettings& settings : *rows) {
      auto processor = make_processor(settings, *http);
      if (!processor && is_named(command_.choice)) return report_choice(processor.error(), called());
      if (!processor) processor = unusable_processor(settings, processor.error());
      act(*processor);
    }
    const auto printed = print_result(command_.json ? "{\"processors\":[" + json_ + "]}\n" : text_);
    if (!printed) print_error(printed.error().message);
    return printed && good_ ? kSuccess : kFailure;
  }

 private:
  std::string_view called() const {
    if (command_.action == LlmCommand::Action::status) return "llm status";
    return command_.action == LlmCommand::Action::warm ? "llm warm" : "llm bench";
  }

  void act(const Processor& processor) {
    switch (command_.action) {
      case LlmCommand::Action::status:
        return add(processor, processor.model->status(now() + kStatusLimit, {}));
      case LlmCommand::Action::warm:
        return add(processor, warm(processor));
      default:
        return add(processor, measure(processor, command_.runs));
    }
  }

  static bool is_good(const LlmResult<ServerStatus>& status) { return status.has_value(); }
  static bool is_good(const Warmed& warmed) { return warmed.ready.has_value(); }
  static bool is_good(const Measured& measured) { return !measured.error; }

  template <class What>
  void add(const Processor& processor, const What& what) {
    good_ = good_ && is_good(what);
    json_ += (json_.empty() ? "" : ",") + to_json(processor, what);
    text_ += to_text(processor, what);
  }

  const LlmCommand& command_;
  bool good_ = true;
  std::string json_;
  std::string text_;
};

}  // namespace

void add_llm(CLI::App& app, LlmCommand& command) {
  CLI::App* llm = app.add_subcommand("llm", "Language models: are they there, are they ready, how fast");
  llm->require_subcommand(1);
  const auto add = [&](const char* name, const char* about, LlmCommand::Action action) {
    CLI::App* sub = llm->add_subcommand(name, about);
    add_processor_options(*sub, command.choice);
    sub->add_flag("--json", command.json, "As JSON in one line");
    sub->callback([&command, action] { command.action = action; });
    return sub;
  };
  add("status", "What is at the other end: address, models in memory, how long they stay",
      LlmCommand::Action::status);
  add("warm", "Connect, load the model, have the prompt read", LlmCommand::Action::warm);
  CLI::App* bench =
      add("bench", "How long a first and later answers take, and where", LlmCommand::Action::bench);
  bench->add_option("--runs", command.runs, "Answers after the first")
      ->check(number_between(1, kMostRuns))
      ->type_name("N")
      ->capture_default_str();
}

int run_llm(const LlmCommand& command) { return Runner(command).run(); }

}  // namespace diktate
