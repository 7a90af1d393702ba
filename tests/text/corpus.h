// The corpus of cleanup: tests/data/clean/*.tsv, one case a line.
//
//   rule  language  profile  form  input  expected
//
// form: "text" as a recogniser writes it, "start" bare lower case at the start of a text, "bare" bare lower
// case in the middle of a sentence ("and then" stands before the cursor). expected "=" is the input: a trap.
// \n, \t and \\ are escapes. A line that starts with # is a comment.
#pragma once

#include <string>
#include <vector>

namespace diktate {

struct CleanCase {
  int line = 0;
  std::string rule;
  std::string language;
  std::string profile;
  std::string form;
  std::string input;
  std::string expected;
  bool trap = false;
};

// What \n, \t and \\ stand for.
std::string unescaped(const std::string& text);

// Throws std::runtime_error naming file and line of what is not understood.
std::vector<CleanCase> read_clean_cases(const std::string& file);

// What the rules make of a case's input.
std::string cleaned(const CleanCase& one);

}  // namespace diktate
