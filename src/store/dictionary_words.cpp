#include "store/dictionary_words.h"

#include <map>
#include <utility>

#include "text/phrase_index.h"
#include "text/unicode.h"

namespace diktate {
namespace {

const std::string& spoken_of(const Replacement& entry) { return entry.spoken; }
const std::string& spoken_of(const std::string& entry) { return entry; }
const std::string& spoken_of(const Snippet& entry) { return entry.trigger; }

bool is_well_formed(std::string_view text) {
  while (!text.empty()) {
    const auto [code, size] = first_character(text);
    if (code == kReplacement && size == 1) return false;
    text.remove_prefix(size);
  }
  return true;
}

Result<void> check(std::string_view spoken, std::string_view written) {
  if (!is_well_formed(spoken) || !is_well_formed(written)) return fail(ErrorKind::invalid, "it is not UTF-8");
  const std::string name = "'" + std::string(spoken) + "'";
  const std::size_t count = spoken_words(spoken).size();
  if (count == 0) return fail(ErrorKind::invalid, name + " has no word that can be said");
  if (count > kMostSpokenWords)
    return fail(ErrorKind::invalid, name + " has more than " + std::to_string(kMostSpokenWords) + " words");
  if (written.empty()) return fail(ErrorKind::invalid, name + " stands for nothing");
  return {};
}

template <class Entry>
void merge(std::vector<Entry>& entries, std::vector<Entry> more) {
  std::map<std::vector<std::string>, Entry> by_words;
  for (std::vector<Entry>* list : {&entries, &more}) {
    for (Entry& entry : *list) {
      auto words = spoken_words(spoken_of(entry));
      by_words.insert_or_assign(std::move(words), std::move(entry));
    }
  }
  entries.clear();
  for (auto& [words, entry] : by_words) entries.push_back(std::move(entry));
}

template <class Entry>
std::size_t remove(std::vector<Entry>& entries, const std::vector<std::string>& words) {
  return std::erase_if(entries, [&](const Entry& entry) { return spoken_words(spoken_of(entry)) == words; });
}

}  // namespace

Result<void> add_replacement(DictionaryWords& words, std::string_view spoken, std::string_view written) {
  if (auto good = check(spoken, written); !good) return good;
  words.replacements.push_back({std::string(spoken), std::string(written)});
  return {};
}

Result<void> add_favoured(DictionaryWords& words, std::string_view word) {
  if (auto good = check(word, word); !good) return good;
  words.favoured.emplace_back(word);
  return {};
}

Result<void> add_snippet(DictionaryWords& words, std::string_view trigger, std::string_view text) {
  if (auto good = check(trigger, text); !good) return good;
  words.snippets.push_back({std::string(trigger), std::string(text)});
  return {};
}

std::size_t remove_spoken(DictionaryWords& words, std::string_view spoken) {
  const auto said = spoken_words(spoken);
  return remove(words.replacements, said) + remove(words.favoured, said) + remove(words.snippets, said);
}

void merge(DictionaryWords& words, DictionaryWords more) {
  merge(words.replacements, std::move(more.replacements));
  merge(words.favoured, std::move(more.favoured));
  merge(words.snippets, std::move(more.snippets));
}

}  // namespace diktate
