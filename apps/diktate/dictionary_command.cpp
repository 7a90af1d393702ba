#include "dictionary_command.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "app/format.h"
#include "app/snippet_values.h"
#include "base/files.h"
#include "base/json_text.h"
#include "console.h"
#include "store/dictionary_csv.h"
#include "store/dictionary_file.h"
#include "text/clean.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

std::string one_line(const Json& json) { return json_text(json) + "\n"; }

std::string words_json(const DictionaryWords& words) {
  Json json = {{"file", dictionary_path().string()},
               {"replacements", Json::array()},
               {"words", words.favoured},
               {"snippets", Json::array()}};
  for (const auto& [spoken, written] : words.replacements)
    json["replacements"].push_back({{"spoken", spoken}, {"written", written}});
  for (const auto& [trigger, text] : words.snippets)
    json["snippets"].push_back({{"trigger", trigger}, {"text", text}});
  return one_line(json);
}

std::string table_line(std::string_view kind, const std::string& spoken, const std::string& written) {
  const std::string said = written.empty() ? printable(spoken) : printable(spoken + " -> " + written);
  return fmt::format("{:<12} {}\n", kind, said);
}

std::string words_table(const DictionaryWords& words) {
  std::string text;
  for (const auto& [spoken, written] : words.replacements) text += table_line("replacement", spoken, written);
  for (const std::string& word : words.favoured) text += table_line("word", word, "");
  for (const auto& [trigger, snippet] : words.snippets) text += table_line("snippet", trigger, snippet);
  return text;
}

Result<void> list(const DictionaryOptions& options) {
  const auto words = read_dictionary(dictionary_path());
  if (!words) return tl::unexpected(words.error());
  return print_result(options.json ? words_json(*words) : words_table(*words));
}

Result<void> put_in(DictionaryWords more) {
  auto words = read_dictionary(dictionary_path());
  if (!words) return tl::unexpected(words.error());
  merge(*words, std::move(more));
  return write_dictionary(dictionary_path(), *words);
}

// A hesitation or a spoken command is gone before the dictionary is asked. In the midst of a sentence: a
// command may be a word where it stands alone.
void warn_if_idle(const DictionaryWords& words, const std::string& spoken) {
  const auto language = built_in_language("en");
  if (!language || spoken == words.replacements.front().written) return;
  const Dictionary dictionary(words.replacements, {});
  CleanOptions how;
  how.dictionary = &dictionary;
  how.explain = true;
  const Cleaned cleaned = clean("we wrote " + spoken + " there", **language, how);
  const auto acts = [](const Change& change) { return change.rule == "dictionary"; };
  if (std::none_of(cleaned.changes.begin(), cleaned.changes.end(), acts))
    print_warning(fmt::format(
        "'{}' may never be replaced: other rules take it first, as those for hesitations and spoken "
        "commands (of English)",
        printable(spoken)));
}

Result<void> add(const DictionaryOptions& options) {
  DictionaryWords more;
  Result<void> added;
  switch (options.action) {
    case DictionaryAction::add_word:
      added = add_favoured(more, options.spoken);
      break;
    case DictionaryAction::add_snippet:
      added = add_snippet(more, options.spoken, options.written);
      break;
    default:
      added = add_replacement(more, options.spoken, options.written);
      if (added) warn_if_idle(more, options.spoken);
  }
  return added ? put_in(std::move(more)) : added;
}

Result<void> remove(const DictionaryOptions& options) {
  auto words = read_dictionary(dictionary_path());
  if (!words) return tl::unexpected(words.error());
  if (remove_spoken(*words, options.spoken) == 0)
    return fail(ErrorKind::invalid, fmt::format("'{}' is not in the dictionary", options.spoken));
  return write_dictionary(dictionary_path(), *words);
}

std::string cleaned_json(const Cleaned& cleaned) {
  Json json = {{"text", cleaned.text}, {"changes", Json::array()}, {"cursor", nullptr}};
  for (const Change& change : cleaned.changes)
    json["changes"].push_back({{"rule", change.rule}, {"from", change.from}, {"to", change.to}});
  if (cleaned.cursor) json["cursor"] = *cleaned.cursor;
  return one_line(json);
}

Result<void> test(const DictionaryOptions& options) {
  const auto words = read_dictionary(dictionary_path());
  if (!words) return tl::unexpected(words.error());
  const auto language = built_in_language(options.language);
  if (!language) return tl::unexpected(language.error());
  const Dictionary dictionary(words->replacements, words->favoured);
  const Snippets snippets(words->snippets);
  CleanOptions how;
  how.dictionary = &dictionary;
  how.snippets = &snippets;
  how.values = snippet_values();
  how.explain = true;
  const Cleaned cleaned = clean(options.spoken, **language, how);
  if (options.json) return print_result(cleaned_json(cleaned));
  for (const Change& change : cleaned.changes)
    print_note(fmt::format("{}: {} -> {}\n", change.rule, printable(change.from), printable(change.to)));
  return print_result(cleaned.text + "\n");
}

Result<void> import(const DictionaryOptions& options) {
  const auto text = read_file(options.file);
  if (!text) return tl::unexpected(text.error());
  auto more =
      options.format == DictionaryFormat::csv ? parse_dictionary_csv(*text) : parse_dictionary_toml(*text);
  if (!more) return fail(more.error().kind, fmt::format("{}: {}", options.file, more.error().message));
  return put_in(std::move(*more));
}

Result<void> export_words(const DictionaryOptions& options) {
  const auto words = read_dictionary(dictionary_path());
  if (!words) return tl::unexpected(words.error());
  const std::string text =
      options.format == DictionaryFormat::csv ? dictionary_csv(*words) : dictionary_toml(*words);
  return options.file.empty() ? print_result(text) : write_file_atomically(options.file, text);
}

Result<void> run(const DictionaryOptions& options) {
  switch (options.action) {
    case DictionaryAction::list:
      return list(options);
    case DictionaryAction::remove:
      return remove(options);
    case DictionaryAction::test:
      return test(options);
    case DictionaryAction::import:
      return import(options);
    case DictionaryAction::export_:
      return export_words(options);
    default:
      return add(options);
  }
}

}  // namespace

int run_dictionary(const DictionaryOptions& options) {
  const auto done = run(options);
  if (done) return kSuccess;
  print_error(done.error().message);
  return kFailure;
}

}  // namespace diktate
