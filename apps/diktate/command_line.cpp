#include "command_line.h"

#include <cctype>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "app/backends.h"
#include "console.h"

namespace diktate {
namespace {

constexpr double kSlowest = 0.01;
constexpr double kFastest = 1000;
constexpr int kMostThreads = 64;

void add_engine(CLI::App& command, EngineOptions& engine) {
  engine.name = engine_names().front();
  command.add_option("--engine", engine.name, "What recognises the speech")
      ->check(CLI::IsMember(engine_names()))
      ->capture_default_str();
  command.add_option("--threads", engine.threads, "Threads of the engine; 0: as many as help, at most 2")
      ->check(CLI::Range(0, kMostThreads))
      ->capture_default_str();
}

// Wrong names are the option's own error, as with every other one.
std::string check_encoding(const std::string& name) {
  const auto encoding = parse_encoding(name);
  return encoding ? "" : encoding.error().message;
}

void add_raw_format(CLI::App& command, PcmFormat& format) {
  const std::string group = "Raw samples on standard input (a WAV header is understood without these)";
  command.add_option("--rate", format.rate, "Frames a second")
      ->check(CLI::Range(kLowestRate, kHighestRate))
      ->capture_default_str()
      ->group(group);
  command.add_option("--channels", format.channels, "Samples in a frame, interleaved")
      ->check(CLI::Range(1, kMostChannels))
      ->capture_default_str()
      ->group(group);
  command
      .add_option_function<std::string>(
          "--encoding", [&](const std::string& name) { format.encoding = *parse_encoding(name); },
          fmt::format("One of {}", encoding_names()))
      ->check(check_encoding)
      ->default_str(std::string(to_string(format.encoding)))
      ->group(group);
}

void add_output(CLI::App& command, bool& raw, std::string& trace) {
  command.add_flag("--raw", raw, "The words as recognised, without cleanup");
  command.add_option("--trace", trace, "Write the timeline to this file, for Perfetto or chrome://tracing");
}

TranscriptFormat format_called(const std::string& name) {
  if (name == "json") return TranscriptFormat::json;
  if (name == "srt") return TranscriptFormat::srt;
  return name == "vtt" ? TranscriptFormat::vtt : TranscriptFormat::text;
}

// Adds the command and answers with it. `options` outlives `app`.
CLI::App* add_transcribe(CLI::App& app, TranscribeOptions& options) {
  CLI::App* command = app.add_subcommand("transcribe", "Recordings to text, as fast as possible");
  command->add_option("FILE", options.files, "WAV, FLAC, OGG or MP3; - is standard input")->required();
  auto* format = command->add_option_function<std::string>(
      "--format", [&](const std::string& name) { options.format = format_called(name); },
      "text, json (a line a file), srt or vtt");
  format->check(CLI::IsMember({"text", "json", "srt", "vtt"}))->default_str("text");
  command
      ->add_flag_function(
          "--json", [&](std::int64_t) { options.format = TranscriptFormat::json; },
          "The same as --format json")
      ->excludes(format);
  add_engine(*command, options.engine);
  add_output(*command, options.raw, options.trace);
  add_raw_format(*command, options.stdin_format);
  command->callback([&] {
    const bool subtitles = options.format == TranscriptFormat::srt || options.format == TranscriptFormat::vtt;
    if (subtitles && options.files.size() > 1)
      throw CLI::ValidationError("--format", "subtitles are of one FILE");
  });
  return command;
}

CLI::App* add_dictate(CLI::App& app, DictateOptions& options) {
  CLI::App* command = app.add_subcommand("dictate", "Dictate a recording as if it were spoken now");
  command
      ->add_option("--from", options.input.file,
                   "WAV, FLAC, OGG or MP3; - is standard input, heard as it comes")
      ->required();
  command
      ->add_option("--speed", options.input.speed, "How many times faster than real the recording is spoken")
      ->check(CLI::Range(kSlowest, kFastest))
      ->capture_default_str();
  command->add_flag("--sequential", options.sequential, "Recognise nothing before the end, for comparison");
  command->add_flag("--timeline", options.timeline, "Show stop-to-text and where the time went");
  command->add_flag("--json", options.json, "Everything about the take, as JSON in one line");
  add_engine(*command, options.engine);
  add_output(*command, options.raw, options.trace);
  add_raw_format(*command, options.input.raw);
  command->footer("Ctrl-C ends the take and delivers what was said; a second one throws it away.");
  return command;
}

struct ModelsCommands {
  CLI::App* list;
  CLI::App* prepare;
};

ModelsCommands add_models(CLI::App& app, ListModelsOptions& list, PrepareModelsCommand& prepare) {
  CLI::App* command =
      app.add_subcommand("models", "What is installed (list), and how to install it (prepare)");
  command->require_subcommand(0, 1);
  command->add_flag("--json", list.json, "As JSON in one line");
  CLI::App* lister =
      command->add_subcommand("list", "What is installed, where, how big, under which licence");
  lister->add_flag("--json", list.json, "As JSON in one line");
  CLI::App* preparer = command->add_subcommand("prepare", "Install the models from their makers' packages");
  preparer->add_option("--from", prepare.from, "A folder in or below which the unpacked packages are")
      ->capture_default_str();
  preparer->add_option("--to", prepare.to, "The folder to install into (default: the user's data folder)");
  return {command, preparer};
}

// The command whose help answers the question that the error raises.
const CLI::App* deepest_parsed(const CLI::App* app) {
  while (!app->get_subcommands().empty()) app = app->get_subcommands().back();
  return app;
}

std::string full_name(const CLI::App* app) {
  return app->get_parent() == nullptr ? "diktate" : full_name(app->get_parent()) + " " + app->get_name();
}

std::string first_line(std::string text) {
  text.resize(std::min(text.find('\n'), text.size()));
  if (text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0) {
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

int report(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return app.exit(error);  // help or version
  print_error(fmt::format("{} (see '{} --help')", first_line(error.what()), full_name(deepest_parsed(&app))));
  return kWrongUse;
}

}  // namespace

Command parse_command_line(int argc, char** argv) {
  CLI::App app("Voice dictation that stays on this machine.", "diktate");
  app.set_version_flag("--version", "diktate " DIKTATE_VERSION);
  app.require_subcommand(1);
  TranscribeOptions transcribe_options;
  DictateOptions dictate_options;
  ListModelsOptions list_options;
  PrepareModelsCommand prepare_options;
  const CLI::App* transcribe_command = add_transcribe(app, transcribe_options);
  const CLI::App* dictate_command = add_dictate(app, dictate_options);
  const ModelsCommands models = add_models(app, list_options, prepare_options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return report(app, error);
  }
  if (transcribe_command->parsed()) return transcribe_options;
  if (dictate_command->parsed()) return dictate_options;
  if (models.prepare->parsed()) return prepare_options;
  return list_options;
}

}  // namespace diktate
