// English words by what they say of the place where two pieces meet. All are given, and compared, in lower
// case, but for those that ask about a capital.
#pragma once

#include <string_view>

namespace diktate {

// Opens the rest of a sentence far more often than a new one.
bool continues(std::string_view word);

// No sentence ends after it.
bool leaves_open(std::string_view word);

// As it is written: "I", "I'm".
bool is_i(std::string_view word);

// As it is written, a name: "I", what has another capital inside, days and months ("May" is left to the words
// around it).
bool keeps_capital(std::string_view word);

// Common enough to be no name; only these lose a capital that may be a name's.
bool is_common(std::string_view word);

// Common, and yet the beginning of a name where another capital follows: "New York", "Will Smith".
bool opens_names(std::string_view word);

// Comes after a person's name, and never after "will" or a verb like it: "Will was there".
bool follows_a_name(std::string_view word);

// As it is written; comes after the verb "may" far more often than after the month.
bool follows_may(std::string_view word);

// Comes before the month far more often than before the verb: "in May we went".
bool precedes_a_month(std::string_view word);

// Written with a full stop that is its own, of those that have no other inside: "Inc", "etc".
bool is_abbreviation(std::string_view word);

}  // namespace diktate
