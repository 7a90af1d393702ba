#include "text/texts.h"

#include <algorithm>

#include "text/languages.h"
#include "text/unicode.h"

namespace diktate {
namespace {

const std::vector<std::string> kPlain = {
    "milk",    "Anna",   "coffee", "report", "Berlin",     "invoice", "green", "walks",       "I",
    "the",     "and",    "the",    "José",   "niño",       "über",    "A",     "casa",        "verde",
    "PDF",     "iPhone", "it's",   "it’s",   "well-known", "p.m.",    "e.g.",  "recei-",      "a@b.org",
    "x",       "foo",    "bar",    "naïve",  "日本語",     "שלום",    "مرحبا", "👩‍🔬", "1️⃣",
    "*️⃣", "v2",     "/usr",   "--help", "snake_case"};
const std::vector<std::string> kFigures = {"0",   "5",    "12",   "2025", "3.5",   "1,200",
                                           "$5",  "25%",  "5:30", "3/4",  "21st",  "3.2.1",
                                           "007", "1998", "-4",   "5 km", "1.200", "3,5"};
const std::vector<std::string> kMarks = {",", ".", "?", "!",  ":", ";", "…", "...", "-", "–",
                                         "—", "(", ")", "\"", "'", "¿", "¡", "*",   "%", "/",
                                         "#", "@", "&", "[",  "]", "“", "”", "_"};
const std::vector<std::string> kSpaces = {" ",  " ",  " ",    " ",  " ", " ",   " ",
                                          "  ", "\n", "\n\n", "\t", "",  " \n "};
const std::vector<std::string> kBroken = {"\x1B[31m",
                                          "\x1B]0;t\x07",
                                          "\x1B",
                                          "\x07",
                                          "\r\n",
                                          "\r",
                                          "\x9B",
                                          "\xC3",
                                          "\xE2\x80",
                                          "\xFF",
                                          "\u200B",
                                          "\u202E",
                                          "\uFEFF",
                                          "\u200D",
                                          "\u200C",
                                          "\uFE0F",
                                          "\u2028",
                                          "\u0085",
                                          std::string(1, '\0')};

// The string that begins at the front of `text`, with what is escaped in it; takes it off.
std::string take_string(std::string_view& text) {
  std::string result;
  std::size_t at = 1;
  for (; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
    if (at < text.size()) result += text[at];
  }
  text.remove_prefix(std::min(at + 1, text.size()));
  return result;
}

// Every word and phrase of a language's file: the strings, and the words before "=".
std::vector<std::string> vocabulary_of(std::string_view toml) {
  std::vector<std::string> words;
  std::string word;
  while (!toml.empty()) {
    if (toml[0] == '#') toml.remove_prefix(std::min(toml.find('\n'), toml.size() - 1));
    if (toml[0] == '"') {
      words.push_back(take_string(toml));
      continue;
    }
    if (toml.starts_with(" =")) words.push_back(word);
    if (toml[0] == ' ' || toml[0] == '\n') {
      word.clear();
    } else {
      word += toml[0];
    }
    toml.remove_prefix(1);
  }
  std::erase_if(words, [](const std::string& one) { return one.empty(); });
  return words;
}

}  // namespace

std::vector<std::string> vocabulary(std::string_view language) {
  for (const BuiltInLanguage& one : kBuiltInLanguages) {
    if (one.name == language) return vocabulary_of(one.toml);
  }
  return {};
}

void UserWords::put_into(CleanOptions& options) const {
  options.dictionary = &dictionary;
  options.snippets = &snippets;
  options.values = values;
}

bool once(const Cleaned& cleaned) {
  return std::any_of(cleaned.changes.begin(), cleaned.changes.end(), [](const Change& change) {
    return change.rule == "literal" || change.rule == "dictionary" || change.rule == "favoured" ||
           change.rule == "snippet";
  });
}

Texts::Texts(std::string_view language, unsigned seed) : random_(seed), vocabulary_(vocabulary(language)) {}

std::string Texts::word() {
  const std::size_t kind = below(16);
  const std::string& chosen = any(kind < 9    ? vocabulary_
                                  : kind < 13 ? kPlain
                                  : kind < 14 ? kMarks
                                              : kFigures);
  const std::size_t shape = below(12);
  return shape == 0 ? uppered(chosen) : shape < 3 ? capitalised(chosen) : chosen;
}

std::string Texts::spoken(std::size_t most_parts) {
  std::string text;
  std::string last;
  for (std::size_t left = below(most_parts + 1); left > 0; --left) {
    std::string next = below(12) == 0 && !last.empty() ? last : word();
    text += next;
    if (below(5) == 0) text += any(kMarks);
    text += any(kSpaces);
    last = std::move(next);
  }
  return text;
}

std::string Texts::broken(std::size_t most_parts) {
  std::string text = spoken(most_parts);
  for (std::size_t left = below(6); left > 0; --left) {
    const std::string part = below(3) == 0 ? std::string(1, static_cast<char>(below(256))) : any(kBroken);
    text.insert(below(text.size() + 1), part);
  }
  return text;
}

}  // namespace diktate
