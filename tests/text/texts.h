// Texts that look like dictation to the rules, made of nothing but chance and the tables of a language.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "text/clean.h"
#include "text/dictionary.h"
#include "text/snippets.h"

namespace diktate {

// Every word and phrase of a language's tables, and what they stand for; `language` is a name of
// language_names().
std::vector<std::string> vocabulary(std::string_view language);

// A user's own words, for words of these texts; some hold what must never be written.
struct UserWords {
  Dictionary dictionary{{{"milk", "M\x1B[31mILK"}, {"green", "gr\ne\u202E"}, {"report", "report report"}},
                        {"Anja", "Berlyn"}};
  Snippets snippets{{{"coffee", "{clipboard}\r\n{cursor}{date} um um\n"}, {"invoice", "{time}"}}};
  SnippetValues values = {
      .date = "\x9B\x33\x31m1 May", .time = "", .clipboard = "rm\x1B]0;t\x07 -rf\n\u200B/"};

  void put_into(CleanOptions& options) const;
};

// Whether a rule wrote what is never read again: only without one does a second pass change nothing.
bool once(const Cleaned& cleaned);

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
