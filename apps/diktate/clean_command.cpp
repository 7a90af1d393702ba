#include "clean_command.h"

#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/cleaning.h"
#include "app/format.h"
#include "app/json_values.h"
#include "app/processing.h"
#include "base/json_text.h"
#include "console.h"
#include "processing_options.h"
#include "text/clean.h"
#include "text/sanitise.h"

namespace diktate {
namespace {

// All of standard input, without the line end that closes it.
Result<std::string> read_input() {
  std::string text;
  std::string block(1 << 16, '\0');
  for (;;) {
    const ssize_t count = ::read(STDIN_FILENO, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return fail(ErrorKind::failed, fmt::format("standard input cannot be read: {}", std::strerror(errno)));
    }
    if (count == 0) break;
    text.append(block, 0, static_cast<std::size_t>(count));
  }
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

// What came out, and how.
struct Output {
  Cleaned rules;
  std::optional<ProcessedText> processed;  // if a language model was asked

  const std::string& text() const { return processed ? processed->text : rules.text; }
};

std::string to_json(const Output& output) {
  using Json = nlohmann::ordered_json;
  Json json = {{"text", output.text()}, {"changes", Json::array()}, {"actions", Json::array()}};
  for (const Change& change : output.rules.changes)
    json["changes"].push_back({{"rule", change.rule}, {"from", change.from}, {"to", change.to}});
  for (const Action& action : output.rules.actions)
    json["actions"].push_back({{"kind", action.kind}, {"key", action.key}});
  if (output.processed) {
    json["processor"] = output.processed->by;
    json["notes"] = output.processed->notes;
    json["parts"] = Json::array();
    for (const ProcessedPart& part : output.processed->parts)
      json["parts"].push_back({{"name", to_string(part.name)}, {"duration_ms", to_ms(part.duration)}});
  }
  return json_text(json) + "\n";
}

void explain(const Output& output) {
  for (const Change& change : output.rules.changes)
    print_note(fmt::format("{:<12} {} -> {}\n", change.rule, shown(change.from), shown(change.to)));
  for (const Action& action : output.rules.actions) print_note(fmt::format("{:<12} {}\n", "key", action.key));
  if (!output.processed) return;
  print_note(fmt::format("{:<12} {}\n", "processor", output.processed->by));
  for (const ProcessedPart& part : output.processed->parts)
    print_note(fmt::format("  {:<10} {:>10}\n", to_string(part.name), format_duration(part.duration)));
}

// What the command line asks for, beside the profile. A model gets no space to tidy up: it is added behind
// it.
void set_up(const CleanCommand& command, bool models, CleanOptions& options) {
  options.profile.actions = options.profile.actions || command.keys;
  options.before = command.before;
  options.values.clipboard = command.clipboard;
  options.explain = command.explain || command.json;
  options.trailing_space = command.trailing_space && !models;
}

void end_with_space(std::string& text) {
  if (!text.empty() && !text.ends_with(' ')) text += ' ';
}

// What the rules make of it; where the chain ends raw they do nothing.
Cleaned ruled(const std::string& text, const TakeProfile& profile, const Cleaner& cleaner) {
  if (!profile.ends_raw) return clean(text, *cleaner.language, cleaner.options);
  Cleaned words{.text = sanitised(text)};
  if (cleaner.options.trailing_space) end_with_space(words.text);
  return words;
}

// Where a model was wanted, and none is set: an error in the modes whose words are no text.
Result<void> tell_of_lack(const TakeProfile& profile, const std::string& text) {
  const std::string lack = lack_of_model(profile);
  if (lack.empty() || text.empty()) return {};
  if (is_about_a_text(profile.prompt.mode)) return fail(ErrorKind::failed, lack);
  print_warning(lack);
  return {};
}

Result<Output> clean_input(const CleanCommand& command) {
  const auto profile = chosen_profile(command.processing);
  if (!profile) return tl::unexpected(profile.error());
  auto cleaner = make_cleaner(profile->cleaning, print_warning);
  if (!cleaner) return tl::unexpected(cleaner.error());
  set_up(command, !profile->models.empty(), cleaner->options);
  std::unique_ptr<TextProcessor> processor;
  if (!profile->models.empty()) {
    auto made = make_text_processor(*profile, *cleaner);
    if (!made) return tl::unexpected(made.error());
    processor = std::move(*made);
    static_cast<void>(processor->prepare());  // while the text is still coming; process() says what failed
  }
  const auto text = read_input();
  if (!text) return tl::unexpected(text.error());
  if (auto told = tell_of_lack(*profile, *text); !told) return tl::unexpected(told.error());
  Output output{ruled(*text, *profile, *cleaner), {}};
  if (!processor) return output;
  auto processed = processor->process({.text = *text, .pieces = {}, .before = command.before}, {});
  if (!processed) return tl::unexpected(processed.error());
  for (const std::string& note : processed->notes) print_warning(note);
  if (command.trailing_space) end_with_space(processed->text);
  output.processed = std::move(*processed);
  return output;
}

}  // namespace

int run_clean(const CleanCommand& command) {
  const auto output = clean_input(command);
  if (!output) return report_choice(output.error(), "clean");
  if (command.explain && !command.json) explain(*output);
  const auto printed = print_result(command.json ? to_json(*output) : output->text() + "\n");
  if (printed) return kSuccess;
  print_error(printed.error().message);
  return kFailure;
}

}  // namespace diktate
