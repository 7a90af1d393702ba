// The corpus of cleanup: tests/data/clean/*.tsv, one case a line.
//
//   rule  language  profile  form  input  expected
//
// form: "text" as a recogniser writes it, "start" bare lower case at the start of a text, "bare" bare lower
// case in the middle of a sentence ("and then" stands before the cursor). expected "=" is the input: a trap.
// \n, \t and \\ are escapes. A line that starts with # is a comment.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "text/language.h"

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

// A built-in one, which lives as long as the program.
const Language& corpus_language(const std::string& name);

// What the rules make of a case's input.
std::string cleaned(const CleanCase& one);

// The file of a part: "dev" or "test".
std::string clean_corpus(const std::string& part);

struct CorpusScore {
  int changed = 0, changed_right = 0, traps = 0, traps_right = 0;

  double recall() const { return changed == 0 ? 1 : static_cast<double>(changed_right) / changed; }
  double traps_kept() const { return traps == 0 ? 1 : static_cast<double>(traps_right) / traps; }
};
// By rule, and of "all".
std::map<std::string, CorpusScore> score_corpus(const std::vector<CleanCase>& cases);

// Of the words that the rules of disfluencies leave out, how many the expected text has.
struct DeletionScore {
  int deleted = 0, wrong = 0;

  double precision() const { return deleted == 0 ? 1 : 1 - static_cast<double>(wrong) / deleted; }
};
DeletionScore score_deletions(const std::vector<CleanCase>& cases);

}  // namespace diktate
