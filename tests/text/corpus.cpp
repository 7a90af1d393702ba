#include "text/corpus.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>

#include "text/clean.h"
#include "text/token.h"

namespace diktate {
namespace {

// How often each word occurs.
std::map<std::string, int> words_in(const std::string& text, const Language& known) {
  std::map<std::string, int> count;
  for (const Token& token : tokenise(text, known)) {
    if (token.is_word()) ++count[token.folded];
  }
  return count;
}

}  // namespace

const Language& corpus_language(const std::string& name) {
  static std::map<std::string, std::shared_ptr<const Language>> known;
  auto& found = known[name];
  if (!found) found = built_in_language(name).value();
  return *found;
}

std::string unescaped(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      result += text[i];
      continue;
    }
    const char next = text[++i];
    result += next == 'n' ? '\n' : next == 't' ? '\t' : next;
  }
  return result;
}

std::vector<CleanCase> read_clean_cases(const std::string& file) {
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error(file + " cannot be read");
  std::vector<CleanCase> cases;
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    std::istringstream columns(line);
    std::vector<std::string> column;
    for (std::string text; std::getline(columns, text, '\t');) column.push_back(text);
    if (column.size() == 5) column.emplace_back();  // an empty result
    if (column.size() != 6) throw std::runtime_error(file + ":" + std::to_string(number) + ": six columns");
    CleanCase one{number, column[0],       column[1], column[2], column[3], unescaped(column[4]),
                  {},     column[5] == "="};
    one.expected = one.trap ? one.input : unescaped(column[5]);
    cases.push_back(one);
  }
  return cases;
}

std::string cleaned(const CleanCase& one) {
  CleanOptions options;
  options.profile = profile_called(one.profile).value();
  if (one.form == "bare") options.before = "and then ";
  return clean(one.input, corpus_language(one.language), options).text;
}

std::string clean_corpus(const std::string& part) { return DIKTATE_TEST_DATA "/clean/" + part + ".tsv"; }

std::map<std::string, CorpusScore> score_corpus(const std::vector<CleanCase>& cases) {
  std::map<std::string, CorpusScore> scores;
  for (const CleanCase& one : cases) {
    const bool right = cleaned(one) == one.expected;
    for (const std::string& name : {one.rule, std::string("all")}) {
      CorpusScore& score = scores[name];
      ++(one.trap ? score.traps : score.changed);
      if (right) ++(one.trap ? score.traps_right : score.changed_right);
    }
  }
  return scores;
}

DeletionScore score_deletions(const std::vector<CleanCase>& cases) {
  static const std::set<std::string> kRules = {"hesitation", "filler",     "repeat",
                                               "cutoff",     "correction", "scratch"};
  DeletionScore score;
  for (const CleanCase& one : cases) {
    if (!kRules.contains(one.rule)) continue;
    const Language& known = corpus_language(one.language);
    auto left = words_in(cleaned(one), known);
    auto wanted = words_in(one.expected, known);
    for (const auto& [word, count] : words_in(one.input, known)) {
      const int deleted = count - left[word];
      score.deleted += std::max(deleted, 0);
      score.wrong += std::max(0, std::min(deleted, wanted[word] - left[word]));
    }
  }
  return score;
}

}  // namespace diktate
