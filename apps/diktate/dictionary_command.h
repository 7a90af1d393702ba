// diktate dictionary: the user's replacements, favoured words and snippets.
#pragma once

#include <string>

namespace diktate {

enum class DictionaryAction : unsigned char {
  add_replacement,
  add_word,
  add_snippet,
  list,
  remove,
  test,
  import,
  export_
};

enum class DictionaryFormat : unsigned char { toml, csv };

struct DictionaryOptions {
  DictionaryAction action = DictionaryAction::list;
  std::string spoken;                                // add, remove: what is said; test: the text
  std::string written;                               // add: what is written
  std::string language = "en";                       // test
  bool json = false;                                 // list, test
  std::string file;                                  // import; export: empty is standard output
  DictionaryFormat format = DictionaryFormat::toml;  // import, export
};

// Answers with the exit code.
int run_dictionary(const DictionaryOptions& options);

}  // namespace diktate
