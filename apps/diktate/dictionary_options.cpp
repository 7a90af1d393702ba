#include "dictionary_options.h"

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "checks.h"
#include "text/language.h"

namespace diktate {
namespace {

CLI::App* add_action(CLI::App& command, DictionaryOptions& options, DictionaryAction action,
                     const std::string& name, const std::string& description) {
  CLI::App* sub = command.add_subcommand(name, description);
  sub->callback([&options, action] { options.action = action; });
  return sub;
}

void add_adder(CLI::App& command, DictionaryOptions& options) {
  CLI::App* sub = command.add_subcommand("add", "Add a replacement, or a favoured word, or a snippet");
  const auto count = [](std::int64_t) {};  // how often it was given is asked of the flag itself
  CLI::Option* word =
      sub->add_flag_function("--word", count, "SPOKEN is a favoured word: recognised, and written like this");
  const CLI::Option* snippet =
      sub->add_flag_function("--snippet", count, "SPOKEN is a trigger, WRITTEN the text that is put in")
          ->excludes(word);
  sub->add_option("SPOKEN", options.spoken, "What is said")->required()->type_name("");
  const CLI::Option* written = sub->add_option("WRITTEN", options.written, "What is written")->type_name("");
  sub->callback([&options, word, snippet, written] {
    const bool is_word = word->count() > 0;
    if (is_word && written->count() > 0)
      throw CLI::ValidationError("--word", "a favoured word is written as it is spoken");
    if (!is_word && written->count() == 0) throw CLI::RequiredError("WRITTEN");
    options.action = is_word ? DictionaryAction::add_word : DictionaryAction::add_replacement;
    if (snippet->count() > 0) options.action = DictionaryAction::add_snippet;
  });
}

void add_tester(CLI::App& command, DictionaryOptions& options) {
  CLI::App* sub = add_action(command, options, DictionaryAction::test, "test",
                             "Show what a dictation of TEXT would give");
  sub->add_option("TEXT", options.spoken, "As the recogniser writes it")->required()->type_name("");
  sub->add_option("--language", options.language, "Of the text")
      ->check(one_of(language_names()))
      ->type_name("NAME")
      ->capture_default_str();
  sub->add_flag("--json", options.json, "As JSON in one line");
}

// The format that is named, else the one that the file's name ends with.
CLI::Option* add_format(CLI::App& sub, DictionaryOptions& options) {
  const auto set = [&options](const std::string& name) {
    options.format = name == "csv" ? DictionaryFormat::csv : DictionaryFormat::toml;
  };
  return sub.add_option_function<std::string>("--format", set, "toml or csv (default: as FILE is called)")
      ->check(one_of({"toml", "csv"}))
      ->type_name("NAME");
}

bool take_format_of_name(DictionaryOptions& options) {
  const bool csv = options.file.ends_with(".csv");
  options.format = csv ? DictionaryFormat::csv : DictionaryFormat::toml;
  return csv || options.file.ends_with(".toml");
}

void add_importer(CLI::App& command, DictionaryOptions& options) {
  CLI::App* sub =
      command.add_subcommand("import", "Add all that a file holds; what is said alike is replaced");
  sub->add_option("FILE", options.file, "TOML or CSV")->required()->type_name("");
  const CLI::Option* format = add_format(*sub, options);
  sub->callback([&options, format] {
    options.action = DictionaryAction::import;
    if (format->count() == 0 && !take_format_of_name(options))
      throw CLI::ValidationError("FILE", "say with --format whether it is toml or csv");
  });
}

void add_exporter(CLI::App& command, DictionaryOptions& options) {
  CLI::App* sub = command.add_subcommand("export", "Write everything to a file, or to standard output");
  sub->add_option("FILE", options.file, "The file to write (default: standard output)")->type_name("");
  const CLI::Option* format = add_format(*sub, options);
  sub->callback([&options, format] {
    options.action = DictionaryAction::export_;
    if (format->count() == 0) take_format_of_name(options);
  });
}

}  // namespace

CLI::App* add_dictionary_command(CLI::App& app, DictionaryOptions& options) {
  CLI::App* command =
      app.add_subcommand("dictionary", "Your own words: replacements, favoured words, snippets");
  command->require_subcommand(0, 1);  // "1" would say that one is missing where one is misspelled
  command->callback([command] {
    if (command->get_subcommands().empty())
      throw CLI::RequiredError("add, list, remove, test, import or export");
  });
  add_adder(*command, options);
  add_action(*command, options, DictionaryAction::list, "list", "Show everything")
      ->add_flag("--json", options.json, "As JSON in one line");
  add_action(*command, options, DictionaryAction::remove, "remove", "Take out what is said like this")
      ->add_option("SPOKEN", options.spoken, "As it was added, in any case")
      ->required()
      ->type_name("");
  add_tester(*command, options);
  add_importer(*command, options);
  add_exporter(*command, options);
  return command;
}

}  // namespace diktate
