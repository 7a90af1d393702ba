// A dictionary as CSV, for spreadsheets: the columns kind, spoken, written, quoted as RFC 4180 says.
//
// kind is replacement, word (a favoured word; its third column is empty) or snippet.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "store/dictionary_words.h"

namespace diktate {

// With or without the line that names the columns; lines may end in CR LF or LF, empty ones count for
// nothing. `invalid` begins with the line that is wrong, which is where its record begins: "line 3: ...".
Result<DictionaryWords> parse_dictionary_csv(std::string_view csv);
// With the line that names the columns; lines end in LF.
std::string dictionary_csv(const DictionaryWords& words);

}  // namespace diktate
