#include "text/verify_corpus.h"

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "text/corpus.h"
#include "text/token.h"

namespace diktate {
namespace {

// Words of it that the language knows.
std::size_t known_words(const std::string& text, const Language& language) {
  const Tokens tokens = tokenise(text, language);
  return static_cast<std::size_t>(
      std::count_if(tokens.begin(), tokens.end(), [](const Token& token) { return token.entry != nullptr; }));
}

bool is_spanish(const std::string& text) {
  return known_words(text, corpus_language("es")) > known_words(text, corpus_language("en"));
}

VerifyCase parse(const std::string& line, int number, const std::string& file) {
  std::istringstream columns(line);
  std::vector<std::string> column;
  for (std::string text; std::getline(columns, text, '\t');) column.push_back(text);
  if (column.size() == 3) column.emplace_back();  // an empty result
  if (column.size() != 4) throw std::runtime_error(file + ":" + std::to_string(number) + ": four columns");
  const auto style = verify_style_called(column[0]);
  const auto* decision = std::find(kDecisionNames.begin(), kDecisionNames.end(), column[1]);
  if (!style || decision == kDecisionNames.end())
    throw std::runtime_error(file + ":" + std::to_string(number) + ": unknown style or decision");
  return {number, *style, static_cast<Decision>(decision - kDecisionNames.begin()), unescaped(column[2]),
          unescaped(column[3])};
}

}  // namespace

std::vector<VerifyCase> read_verify_cases(const std::string& file) {
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error(file + " cannot be read");
  std::vector<VerifyCase> cases;
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (!line.empty() && line[0] != '#') cases.push_back(parse(line, number, file));
  }
  return cases;
}

Verdict verified(const VerifyCase& one) {
  const bool spanish = is_spanish(one.said);
  VerifyOptions options;
  options.style = one.style;
  options.into = one.style == VerifyStyle::translate ? &corpus_language(spanish ? "en" : "es") : nullptr;
  return verify(one.said, one.got, corpus_language(spanish ? "es" : "en"), options);
}

void VerifyScore::count(const VerifyCase& one, Decision decision) {
  switch (one.decision) {
    case Decision::accept:
      ++accepts;
      false_rejects += decision == Decision::accept ? 0 : 1;
      break;
    case Decision::strip:
      ++strips;
      strips_missed += decision == Decision::strip ? 0 : 1;
      break;
    case Decision::reject:
      ++rejects;
      false_accepts += decision == Decision::reject ? 0 : 1;
      break;
  }
}

}  // namespace diktate
