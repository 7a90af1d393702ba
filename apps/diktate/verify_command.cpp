#include "verify_command.h"

#include <cmath>
#include <memory>

#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/terminal.h"
#include "base/json_text.h"
#include "console.h"
#include "text/word_diff.h"

namespace diktate {
namespace {

double rounded(double value) { return std::round(value * 1000) / 1000; }

std::string to_json(const Verdict& verdict) {
  const nlohmann::ordered_json json = {{"decision", to_string(verdict.decision)},
                                       {"reason", to_string(verdict.reason)},
                                       {"sentence", verdict.sentence},
                                       {"text", verdict.text},
                                       {"kept", rounded(verdict.kept)},
                                       {"inserted", rounded(verdict.inserted)},
                                       {"length", rounded(verdict.length)},
                                       {"order", rounded(verdict.order)}};
  return json_text(json) + "\n";
}

// "[-um-] so {+we+}", or in colours.
std::string diff_line(const std::vector<DiffRun>& runs, bool colour) {
  std::string line;
  for (const DiffRun& run : runs) {
    if (!line.empty()) line += ' ';
    switch (run.kind) {
      case DiffKind::kept:
        line += run.text;
        break;
      case DiffKind::removed:
        line += colour ? fmt::format("\x1b[31;9m{}\x1b[0m", run.text) : fmt::format("[-{}-]", run.text);
        break;
      case DiffKind::added:
        line += colour ? fmt::format("\x1b[32m{}\x1b[0m", run.text) : fmt::format("{{+{}+}}", run.text);
        break;
    }
  }
  return line;
}

std::string in_words(const Verdict& verdict, const std::string& diff) {
  std::string text = fmt::format("{} ({}): {}\nkept {:.0f} %, inserted {:.0f} %\n\n{}\n",
                                 to_string(verdict.decision), to_string(verdict.reason), verdict.sentence,
                                 100 * verdict.kept, 100 * verdict.inserted, diff);
  if (verdict.decision == Decision::strip) text += fmt::format("\n{}\n", verdict.text);
  return text;
}

struct Languages {
  std::shared_ptr<const Language> said, into;
};

// A translation goes into the first other language that ships.
Result<Languages> languages_of(const VerifyCommand& command, VerifyStyle style) {
  auto said = built_in_language(command.language);
  if (!said) return tl::unexpected(said.error());
  Languages languages{*said, nullptr};
  if (style != VerifyStyle::translate) return languages;
  for (const std::string& name : language_names()) {
    if (name == command.language) continue;
    auto into = built_in_language(name);
    if (!into) return tl::unexpected(into.error());
    languages.into = *into;
    break;
  }
  return languages;
}

int failed(const Error& error) {
  print_error(error.message);
  return kFailure;
}

}  // namespace

int run_verify(const VerifyCommand& command) {
  const auto style = verify_style_called(command.style);
  if (!style) return failed(style.error());
  const auto languages = languages_of(command, *style);
  if (!languages) return failed(languages.error());
  VerifyOptions options;
  options.style = *style;
  options.prompt = command.prompt;
  options.into = languages->into.get();
  const Verdict verdict = verify(command.said, command.got, *languages->said, options);
  const bool colour = terminal_style(STDOUT_FILENO).colour;
  const auto diff = [&] { return diff_line(word_diff(command.said, command.got, *languages->said), colour); };
  const auto printed = print_result(command.json ? to_json(verdict) : in_words(verdict, diff()));
  return printed ? kSuccess : failed(printed.error());
}

}  // namespace diktate
