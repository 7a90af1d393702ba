#include "text/language.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <sstream>
#include <utility>

#include <toml++/toml.h>

#include "text/languages.h"

namespace diktate {
namespace {

template <std::size_t size>
std::optional<std::size_t> position(const std::array<std::string_view, size>& names, std::string_view name) {
  const auto* found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

std::vector<std::string> split_words(std::string_view spoken) {
  std::istringstream stream{std::string(spoken)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

auto unknown(std::string_view table, std::string_view key) {
  return fail(ErrorKind::invalid, "[" + std::string(table) + "] knows no '" + std::string(key) + "'");
}

auto wrong(std::string_view table, std::string_view key, std::string_view wanted) {
  return fail(ErrorKind::invalid,
              "[" + std::string(table) + "] '" + std::string(key) + "' is not " + std::string(wanted));
}

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool is_count(char c) { return c >= '1' && c <= '9'; }

bool is_clock_value(std::string_view value) {
  if (value == "+" || value == "-" || value == "stays" || value == "article stays") return true;
  const auto minutes = whole_number(value);
  return minutes && *minutes > -60 && *minutes < 60;
}

// "3-4" for a number of seven digits.
bool is_phone_shape(std::string_view digits, std::string_view value) {
  int sum = 0;
  for (const char c : value) {
    if (c != '-' && !is_count(c)) return false;
    if (c != '-') sum += c - '0';
  }
  return whole_number(digits) == sum;
}

// What else a phrase of that group must stand for; empty: the rules can read it.
std::string_view wanted_value(PhraseGroup group, std::string_view spoken, std::string_view value) {
  if (group == PhraseGroup::clock && !is_clock_value(value))
    return R"(minutes ("30"), "+", "-", "stays" or "article stays")";
  if (group == PhraseGroup::repeat && !(value.size() == 1 && is_count(value.front())))
    return R"(a digit, how often ("2"))";
  if (group == PhraseGroup::phone_shape && !is_phone_shape(spoken, value))
    return R"(how many digits = how they are parted ("7" = "3-4"))";
  return {};
}

// The readers of the file's three tables, each filling the same map.
class TableReader {
 public:
  explicit TableReader(Entries& entries) : entries_(entries) {}

  Result<void> classes(const toml::table& table) {
    for (const auto& [key, node] : table) {
      const auto which = position(kWordClassNames, key.str());
      if (!which) return unknown("classes", key.str());
      const toml::array* words = node.as_array();
      if (words == nullptr) return wrong("classes", key.str(), "a list of words");
      for (const auto& word : *words) {
        const auto text = word.value<std::string>();
        if (!text) return wrong("classes", key.str(), "a list of words");
        entries_[*text].classes |= WordClasses{1} << *which;
      }
    }
    return {};
  }

  Result<void> phrases(const toml::table& table) {
    for (const auto& [key, node] : table) {
      const auto which = position(kPhraseGroupNames, key.str());
      if (!which) return unknown("phrases", key.str());
      if (!node.is_table()) return wrong("phrases", key.str(), "a table");
      for (const auto& [spoken, value] : *node.as_table()) {
        auto words = split_words(spoken.str());
        const auto text = value.value<std::string>();
        if (words.empty() || !text) return wrong(key.str(), spoken.str(), "words = \"text\"");
        const auto group = static_cast<PhraseGroup>(*which);
        if (const auto wanted = wanted_value(group, spoken.str(), *text); !wanted.empty())
          return wrong(key.str(), spoken.str(), wanted);
        Entry& entry = entries_[words.front()];
        entry.groups |= PhraseGroups{1} << *which;
        entry.phrases.push_back({group, std::move(words), *text});
      }
    }
    return {};
  }

  Result<void> numbers(const toml::table& table) {
    for (const auto& [key, node] : table) {
      const auto which = position(kNumberKindNames, key.str());
      if (!which) return unknown("numbers", key.str());
      if (!node.is_table()) return wrong("numbers", key.str(), "a table");
      for (const auto& [word, value] : *node.as_table()) {
        const auto number = value.value<std::int64_t>();
        if (!number) return wrong(key.str(), word.str(), "word = number");
        const auto kind = static_cast<NumberKind>(*which);
        if (kind == NumberKind::fraction && *number < 2)
          return wrong(key.str(), word.str(), "2 or more (half = 2)");
        entries_[std::string(word.str())].numbers.push_back({kind, *number});
      }
    }
    return {};
  }

 private:
  Entries& entries_;
};

Result<Figures> read_figures(const toml::table& table) {
  Figures figures;
  for (const auto& [key, node] : table) {
    if (key == "group" && node.is_string()) {
      figures.group = **node.as_string();
    } else if (key == "decimal" && node.is_string()) {
      figures.decimal = **node.as_string();
    } else if (key == "currency_first" && node.is_boolean()) {
      figures.currency_first = **node.as_boolean();
    } else if (key == "ordinals" && node.is_array() && node.is_homogeneous<std::string>()) {
      for (const auto& suffix : *node.as_array()) figures.ordinals.push_back(**suffix.as_string());
    } else {
      return unknown("figures", key.str());
    }
  }
  return figures;
}

Result<void> read_meanings(const toml::table& table, Meanings& meanings) {
  for (const auto& [english, node] : table) {
    const auto words = node.value<std::string>();
    if (!words || words->empty()) return wrong("meanings", english.str(), "words");
    meanings.add(english.str(), *words);
  }
  return {};
}

Result<toml::table> parse_toml(std::string_view text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::invalid, "line " + std::to_string(error.source().begin.line) + ": " +
                                        std::string(error.description()));
  }
}

}  // namespace

Result<std::shared_ptr<const Language>> Language::parse(std::string_view toml) {
  const auto file = parse_toml(toml);
  if (!file) return tl::unexpected(file.error());
  auto language = std::make_shared<Language>();
  TableReader reader(language->entries_);
  for (const auto& [key, node] : *file) {
    Result<void> read;
    const toml::table* table = node.as_table();
    if (key == "name" && node.is_string()) {
      language->name_ = **node.as_string();
    } else if (key == "classes" && table != nullptr) {
      read = reader.classes(*table);
    } else if (key == "phrases" && table != nullptr) {
      read = reader.phrases(*table);
    } else if (key == "numbers" && table != nullptr) {
      read = reader.numbers(*table);
    } else if (key == "meanings" && table != nullptr) {
      read = read_meanings(*table, language->meanings_);
    } else if (key == "opposites" && table != nullptr) {
      read = read_meanings(*table, language->opposites_);
    } else if (key == "figures" && table != nullptr) {
      auto figures = read_figures(*table);
      if (figures) language->figures_ = std::move(*figures);
      if (!figures) read = tl::unexpected(figures.error());
    } else {
      read = fail(ErrorKind::invalid, "'" + std::string(key.str()) + "' is not understood here");
    }
    if (!read) return tl::unexpected(read.error());
  }
  for (auto& [word, entry] : language->entries_) {
    std::stable_sort(entry.phrases.begin(), entry.phrases.end(), [](const Phrase& one, const Phrase& other) {
      return one.words.size() > other.words.size();
    });
  }
  return language;
}

const Entry* Language::find(std::string_view folded) const {
  const auto found = entries_.find(folded);
  return found == entries_.end() ? nullptr : &found->second;
}

std::vector<std::string> language_names() {
  std::vector<std::string> names;
  for (const BuiltInLanguage& language : kBuiltInLanguages) names.emplace_back(language.name);
  return names;
}

Result<std::shared_ptr<const Language>> built_in_language(std::string_view name) {
  std::string known;
  for (const BuiltInLanguage& language : kBuiltInLanguages) {
    if (language.name == name) return Language::parse(language.toml);
    known += (known.empty() ? "" : ", ") + std::string(language.name);
  }
  return fail(ErrorKind::invalid, "unknown language '" + std::string(name) + "'; there are " + known);
}

}  // namespace diktate
