// Texts that look like dictation to the rules, made of nothing but chance and the tables of a language.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace diktate {

// Every word and phrase of a language's tables, and what they stand for; `language` is a name of
// language_names().
std::vector<std::string> vocabulary(std::string_view language);

class Texts {
 public:
  // The same seed gives the same texts.
  Texts(std::string_view language, unsigned seed);

  // Words and phrases of the tables, plain words, figures, marks and white space.
  std::string spoken(std::size_t most_parts);
  // The same with bytes in it that are no text.
  std::string broken(std::size_t most_parts);
  std::size_t below(std::size_t limit) { return random_() % limit; }

 private:
  const std::string& any(const std::vector<std::string>& list) { return list[below(list.size())]; }
  std::string word();

  std::mt19937 random_;
  std::vector<std::string> vocabulary_;
};

}  // namespace diktate
