#include "text/corpus.h"

#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "text/clean.h"

namespace diktate {
namespace {

const Language& language(const std::string& name) {
  static std::map<std::string, std::shared_ptr<const Language>> known;
  auto& found = known[name];
  if (!found) found = built_in_language(name).value();
  return *found;
}

}  // namespace

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
  return clean(one.input, language(one.language), options).text;
}

}  // namespace diktate
