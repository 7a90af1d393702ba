#include "command_line.h"

#include <sstream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <fmt/format.h>

#include "app/backends.h"
#include "app/cleaning.h"
#include "checks.h"
#include "console.h"
#include "daemon_command.h"
#include "dictionary_options.h"
#include "history_command.h"
#include "insert_command.h"
#include "llm_command.h"
#include "mic_command.h"
#include "net_command.h"
#include "processing_options.h"
#include "prompt_command.h"
#include "recover_command.h"
#include "verify_options.h"

namespace diktate {
namespace {

constexpr double kSlowest = 0.01;
constexpr double kFastest = 1000;
constexpr int kMostThreads = 64;
constexpr double kLongestTake = 86400;  // s

std::string check_encoding(const std::string& name) {
  const auto encoding = parse_encoding(name);
  return encoding ? "" : encoding.error().message;
}

void add_engine(CLI::App& command, EngineOptions& engine) {
  engine.name = engine_names().front();
  command.add_option("--engine", engine.name, fmt::format("{}", fmt::join(engine_names(), " or ")))
      ->check(one_of(engine_names()))
      ->type_name("NAME")
      ->capture_default_str();
  command.add_option("--threads", engine.threads, "Threads of the engine; 0: as many as help, at most 2")
      ->check(number_between(0, kMostThreads))
      ->type_name("N")
      ->capture_default_str();
}

void add_raw_format(CLI::App& command, PcmFormat& format) {
  const std::string group = "Raw samples on standard input (a WAV header is understood without these)";
  command.add_option("--rate", format.rate, "Frames a second")
      ->check(number_between(kLowestRate, kHighestRate))
      ->type_name("HZ")
      ->capture_default_str()
      ->group(group);
  command.add_option("--channels", format.channels, "Samples in a frame, interleaved")
      ->check(number_between(1, kMostChannels))
      ->type_name("N")
      ->capture_default_str()
      ->group(group);
  const auto set = [&](const std::string& name) { format.encoding = *parse_encoding(name); };
  command.add_option_function<std::string>("--encoding", set, encoding_names())
      ->check(check_encoding)
      ->type_name("NAME")
      ->default_str(std::string(to_string(format.encoding)))
      ->group(group);
}

void add_output(CLI::App& command, bool& raw, std::string& trace) {
  command.add_flag("--raw", raw, "The words as recognised, without cleanup");
  command.add_option("--trace", trace, "Write the timeline to a file, for Perfetto or chrome://tracing")
      ->type_name("FILE");
}

void add_cleaning(CLI::App& command, CleaningChoice& cleaning) {
  command.add_option("--profile", cleaning.profile, fmt::format("{}", fmt::join(profile_names(), ", ")))
      ->check(one_of(profile_names()))
      ->type_name("NAME")
      ->capture_default_str();
  command.add_option("--language", cleaning.language, "Whose words the rules of cleanup know")
      ->check(one_of(cleaning_languages()))
      ->type_name("NAME")
      ->capture_default_str();
}

TranscriptFormat format_called(const std::string& name) {
  if (name == "json") return TranscriptFormat::json;
  if (name == "srt") return TranscriptFormat::srt;
  return name == "vtt" ? TranscriptFormat::vtt : TranscriptFormat::text;
}

void add_format(CLI::App& command, TranscriptFormat& format) {
  const auto set = [&](const std::string& name) { format = format_called(name); };
  auto* option =
      command.add_option_function<std::string>("--format", set, "text, json (a line a file), srt or vtt")
          ->check(one_of({"text", "json", "srt", "vtt"}))
          ->type_name("NAME")
          ->default_str("text");
  const auto set_json = [&](std::int64_t) { format = TranscriptFormat::json; };
  command.add_flag_function("--json", set_json, "The same as --format json")->excludes(option);
}

// The adders answer with the command; the options outlive `app`.
CLI::App* add_transcribe(CLI::App& app, TranscribeOptions& options) {
  CLI::App* command = app.add_subcommand("transcribe", "Recordings to text, as fast as possible");
  command->add_option("FILE", options.files, "WAV, FLAC, OGG or MP3; - is standard input")
      ->required()
      ->type_name("");
  add_format(*command, options.format);
  add_engine(*command, options.engine);
  add_cleaning(*command, options.cleaning);
  add_output(*command, options.raw, options.trace);
  add_raw_format(*command, options.stdin_format);
  command->callback([&] {
    const bool subtitles = options.format == TranscriptFormat::srt || options.format == TranscriptFormat::vtt;
    if (subtitles && options.files.size() > 1) {
      throw CLI::ValidationError("--format", "subtitles are of one FILE; run diktate once for each");
    }
  });
  return command;
}

// Where dictate hears: the microphone, or a recording instead.
void add_dictated(CLI::App& command, DictateOptions& options) {
  auto* from =
      command
          .add_option(
              "--from", options.input.file,
              "Instead of the microphone: WAV, FLAC, OGG or MP3; - is standard input, heard as it comes")
          ->type_name("FILE");
  command
      .add_option("--source", options.source,
                  "A microphone, by its name in 'diktate mic list'; else the default")
      ->excludes(from)
      ->type_name("NAME");
  command
      .add_option("--max-take", options.longest, "A take from the microphone ends by itself after so long")
      ->check(number_between(1.0, kLongestTake))
      ->excludes(from)
      ->type_name("SECONDS")
      ->capture_default_str();
  command
      .add_flag("--private", options.ghost, "Nothing of the take is written to the disk: a crash loses it")
      ->excludes(from);
  command.callback([&] {
    options.microphone = command.count("--from") == 0;
    if (!options.microphone) return;
    for (const std::string name : {"--speed", "--sequential", "--rate", "--channels", "--encoding"}) {
      if (command.count(name) > 0) throw CLI::ValidationError(name, "is for a recording: it needs --from");
    }
  });
}

CLI::App* add_dictate(CLI::App& app, DictateOptions& options) {
  CLI::App* command =
      app.add_subcommand("dictate", "Dictate from the microphone, or a recording as if spoken now");
  add_dictated(*command, options);
  command->add_option("--speed", options.input.speed, "How many times faster than real it is spoken")
      ->check(number_between(kSlowest, kFastest))
      ->type_name("N")
      ->capture_default_str();
  command->add_flag("--sequential", options.sequential, "Recognise nothing before the end, for comparison");
  command->add_flag("--timeline", options.timeline, "Show stop-to-text and where the time went");
  command->add_flag("--json", options.json, "Everything about the take, as JSON in one line");
  add_engine(*command, options.engine);
  add_processor_options(*command, options.processing);
  add_text_options(*command, options.processing);
  add_output(*command, options.raw, options.trace);
  add_raw_format(*command, options.input.raw);
  command->footer(
      "Ctrl-C, or Enter at the microphone, ends the take and delivers what was said; Ctrl-C after that "
      "throws it away.");
  return command;
}

CLI::App* add_clean(CLI::App& app, CleanCommand& clean) {
  CLI::App* command = app.add_subcommand("clean", "Recognised text on standard input to clean text");
  add_processor_options(*command, clean.processing);
  add_text_options(*command, clean.processing);
  command->add_option("--before", clean.before, "The text in front of the cursor")->type_name("TEXT");
  command->add_option("--clipboard", clean.clipboard, "What {clipboard} in a snippet stands for")
      ->type_name("TEXT");
  command->add_flag("--keys", clean.keys, "'press enter' at the end is a key, and not text");
  command->add_flag("--trailing-space", clean.trailing_space, "End with a space");
  command->add_flag("--explain", clean.explain, "Every change with its rule, on standard error");
  command->add_flag("--json", clean.json, "Text, changes and keys, as JSON in one line");
  return command;
}

// Answers with `prepare`; `list` is what `models` does by itself.
CLI::App* add_models(CLI::App& app, ListModelsOptions& list, PrepareModelsCommand& prepare) {
  CLI::App* command =
      app.add_subcommand("models", "What is installed (list), and how to install it (prepare)");
  command->require_subcommand(0, 1);
  command->add_flag("--json", list.json, "As JSON in one line");
  CLI::App* lister =
      command->add_subcommand("list", "What is installed, where, how big, under which licence");
  lister->add_flag("--json", list.json, "As JSON in one line");
  CLI::App* preparer = command->add_subcommand("prepare", "Install the models from their makers' packages");
  preparer
      ->add_option("--from", prepare.from,
                   "A folder in or below which the unpacked packages are: @usefulsensors/moonshine-js, "
                   "llama-tokenizer-js and @ricky0123/vad-web, of npm; once for each folder (default: .)")
      ->type_name("DIR")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  preparer->add_option("--to", prepare.to, "The folder to install into (default: the user's data folder)")
      ->type_name("DIR");
  return preparer;
}

// The command whose help answers the question that the error raises.
const CLI::App* deepest_parsed(const CLI::App* app) {
  while (!app->get_subcommands().empty()) app = app->get_subcommands().back();
  return app;
}

std::string full_name(const CLI::App* app) {
  return app->get_parent() == nullptr ? "diktate" : full_name(app->get_parent()) + " " + app->get_name();
}

// The first command of the line that was given what it does not know; null: none was.
const CLI::App* with_surplus(const CLI::App* app) {
  if (!app->remaining().empty()) return app;
  return app->get_subcommands().empty() ? nullptr : with_surplus(app->get_subcommands().back());
}

std::string about_surplus(const CLI::App& app) {
  const std::string word = app.remaining().front();
  const bool is_command = app.get_parent() == nullptr && !word.starts_with('-');
  return is_command ? fmt::format("there is no command '{}'", word)
                    : fmt::format("'{}' is not understood here", word);
}

// Of an option that has too few values, or too many; of a flag the parser says it in a sentence, without
// dashes.
std::string about_values(const CLI::App& app, const std::string& text) {
  const auto colon = text.find(':');
  if (colon == std::string::npos) return fmt::format("--{} takes no value", text.substr(0, text.find(' ')));
  const std::string name = text.substr(0, colon);
  const CLI::Option* option = app.get_option_no_throw(name);
  return name + (option != nullptr && option->count() > 1 ? " is given more than once" : " needs a value");
}

// The parser's own words for what is missing or too much are about its insides.
std::string message_of(const CLI::App& app, const CLI::ParseError& error) {
  const auto kind = static_cast<CLI::ExitCodes>(error.get_exit_code());
  if (kind == CLI::ExitCodes::ArgumentMismatch) return about_values(app, error.what());
  const bool is_word_missing = app.get_require_subcommand_min() > 0 && app.get_subcommands().empty();
  if (kind == CLI::ExitCodes::RequiredError && is_word_missing) return "a command is missing";
  const std::string text = error.what();
  return text.substr(0, text.find('\n'));
}

// A word that is misspelled is what is wrong, and not that another one is missing.
bool is_of_surplus(const CLI::ParseError& error) {
  const auto kind = static_cast<CLI::ExitCodes>(error.get_exit_code());
  return kind == CLI::ExitCodes::RequiredError || kind == CLI::ExitCodes::ExtrasError;
}

// Help, or the version.
int show(const CLI::App& app, const CLI::ParseError& wish) {
  std::ostringstream text;
  app.exit(wish, text, text);
  const auto printed = print_result(text.str());
  return printed ? kSuccess : failed(printed.error().message);
}

int report(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return show(app, error);
  const CLI::App* surplus = is_of_surplus(error) ? with_surplus(&app) : nullptr;
  const CLI::App* command = surplus != nullptr ? surplus : deepest_parsed(&app);
  const std::string message = surplus != nullptr ? about_surplus(*command) : message_of(*command, error);
  print_error(fmt::format("{} (see '{} --help')", message, full_name(command)));
  return kWrongUse;
}

// The parser would take --json=false, and end the program at --json=x.
void let_flags_take_no_value(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    if (option->get_expected_max() == 0) option->disable_flag_override();
  }
  for (CLI::App* command : app.get_subcommands({})) let_flags_take_no_value(*command);
}

}  // namespace

Command parse_command_line(int argc, char** argv) {
  CLI::App app("Voice dictation that stays on this machine.", "diktate");
  app.set_version_flag("--version", "diktate " DIKTATE_VERSION);
  app.require_subcommand(1);
  TranscribeOptions transcribe;
  DictateOptions dictate;
  CleanCommand clean;
  ListModelsOptions list;
  PrepareModelsCommand prepare;
  DictionaryOptions dictionary;
  VerifyCommand verify;
  NetProbeCommand net_probe;
  LlmCommand llm;
  PromptCommand prompt;
  MicCommand mic;
  RecoverCommand recover;
  HistoryCommand history;
  InsertCommand insert;
  HotkeysCommand hotkeys;
  const CLI::App* transcribe_command = add_transcribe(app, transcribe);
  const CLI::App* dictate_command = add_dictate(app, dictate);
  const CLI::App* clean_command = add_clean(app, clean);
  const CLI::App* prepare_command = add_models(app, list, prepare);
  const CLI::App* dictionary_command = add_dictionary_command(app, dictionary);
  const CLI::App* verify_command = add_verify_command(app, verify);
  const CLI::App* net_probe_command = add_net(app, net_probe);
  const CLI::App* prompt_command = add_prompt(app, prompt);
  const CLI::App* recover_command = add_recover(app, recover);
  const CLI::App* history_command = add_history(app, history);
  add_llm(app, llm);
  add_mic(app, mic);
  const CLI::App* daemon_command = add_daemon(app);
  add_insert(app, insert);
  add_hotkeys(app, hotkeys);
  let_flags_take_no_value(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return report(app, error);
  }
  if (transcribe_command->parsed()) return transcribe;
  if (dictate_command->parsed()) return dictate;
  if (clean_command->parsed()) return clean;
  if (prepare_command->parsed()) return prepare;
  if (dictionary_command->parsed()) return dictionary;
  if (verify_command->parsed()) return verify;
  if (net_probe_command->parsed()) return net_probe;
  if (prompt_command->parsed()) return prompt;
  if (daemon_command->parsed()) return DaemonCommand{};
  if (recover_command->parsed()) return recover;
  if (history_command->parsed()) return history;
  if (mic.action != MicCommand::Action::none) return mic;
  if (insert.action != InsertCommand::Action::none) return insert;
  if (hotkeys.action != HotkeysCommand::Action::none) return hotkeys;
  if (llm.action != LlmCommand::Action::none) return llm;
  return list;
}

}  // namespace diktate
