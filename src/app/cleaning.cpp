#include "app/cleaning.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "app/snippet_values.h"
#include "base/files.h"
#include "base/paths.h"
#include "store/dictionary_file.h"
#include "text/dictionary.h"
#include "text/rules_processor.h"
#include "text/snippets.h"

namespace diktate {
namespace {

std::filesystem::path languages_folder() { return config_folder() / "languages"; }

// The user's own file goes before one that ships.
Result<std::shared_ptr<const Language>> find_language(const std::string& name) {
  const auto file = languages_folder() / (name + ".toml");
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file, ignored)) return built_in_language(name);
  const auto toml = read_file(file);
  if (!toml) return tl::unexpected(toml.error());
  auto language = Language::parse(*toml);
  if (!language) return fail(ErrorKind::failed, file.string() + ": " + language.error().message);
  return language;
}

void add_own_words(Cleaner& cleaner, const OnWarning& on_warning) {
  auto words = read_dictionary(dictionary_path());
  if (!words) {
    if (on_warning) on_warning("going on without the dictionary: " + words.error().message);
    return;
  }
  cleaner.dictionary = std::make_shared<const Dictionary>(words->replacements, words->favoured);
  cleaner.favoured = words->favoured;
  cleaner.snippets = std::make_shared<const Snippets>(words->snippets);
  cleaner.options.dictionary = cleaner.dictionary.get();
  cleaner.options.snippets = cleaner.snippets.get();
}

}  // namespace

std::vector<std::string> cleaning_languages() {
  std::vector<std::string> names = language_names();
  for (const auto& file : entries_of(languages_folder())) {
    const std::string name = file.stem().string();
    if (file.extension() != ".toml" || std::count(names.begin(), names.end(), name) > 0) continue;
    names.push_back(name);
  }
  return names;
}

Result<void> check_language(const std::string& name) {
  if (auto language = find_language(name); !language) return tl::unexpected(language.error());
  return {};
}

Result<Cleaner> make_cleaner(const CleaningChoice& choice, const OnWarning& on_warning) {
  auto language = find_language(choice.language);
  if (!language) return tl::unexpected(language.error());
  auto profile = profile_called(choice.profile);
  if (!profile) return tl::unexpected(profile.error());
  Cleaner cleaner{.language = std::move(*language), .options = {.profile = std::move(*profile)}};
  cleaner.options.profile.actions = choice.keys;
  cleaner.options.values = snippet_values();
  add_own_words(cleaner, on_warning);
  return cleaner;
}

std::unique_ptr<TextProcessor> make_rules_processor(const Cleaner& cleaner) {
  return make_rules({.language = cleaner.language,
                     .dictionary = cleaner.dictionary,
                     .snippets = cleaner.snippets,
                     .clean = cleaner.options,
                     .values = [clipboard = cleaner.options.values.clipboard] {
                       SnippetValues values = snippet_values();
                       if (!clipboard.empty()) values.clipboard = clipboard;
                       return values;
                     }});
}

}  // namespace diktate
