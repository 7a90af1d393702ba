// The user's dictionary.toml.
//
//   [replacements]              # what is said = what is written
//   "cube control" = "kubectl"
//   [words]                     # favoured words: to be recognised, and written like this
//   favoured = ["Grafana", "Zoë"]
//   [snippets]                  # a trigger phrase = the text that is put in for it
//   "my signature" = "Best regards,\nAnna"
//
// A table may be missing; anything else is an error. Comments are lost when the program writes the file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/dictionary_words.h"

namespace diktate {

// dictionary.toml in the user's configuration folder.
std::filesystem::path dictionary_path();

// `invalid` begins with the line that is wrong: "line 3: ...".
Result<DictionaryWords> parse_dictionary_toml(std::string_view toml);
std::string dictionary_toml(const DictionaryWords& words);

// A file that does not exist is an empty dictionary; of one that cannot be understood the error names file
// and line. Waits on the disk.
Result<DictionaryWords> read_dictionary(const std::filesystem::path& path);
// The whole file or nothing, readable for its owner alone; a symbolic link stays one. Makes the folder. Waits
// on the disk.
Result<void> write_dictionary(const std::filesystem::path& path, const DictionaryWords& words);

}  // namespace diktate
