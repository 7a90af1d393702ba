// The corpus of verification: tests/data/verify/*.tsv, one case a line.
//
//   style  decision  said  got
//
// \n, \t and \\ are escapes. A line that starts with # is a comment.
#pragma once

#include <string>
#include <vector>

#include "text/verify.h"

namespace diktate {

struct VerifyCase {
  int line = 0;
  VerifyStyle style{};
  Decision decision{};
  std::string said;
  std::string got;
};

// Throws std::runtime_error naming file and line of what is not understood.
std::vector<VerifyCase> read_verify_cases(const std::string& file);

// English, unless the words are Spanish; translations go into the other one.
Verdict verified(const VerifyCase& one);

struct VerifyScore {
  int accepts = 0, strips = 0, rejects = 0;
  int false_rejects = 0;  // an accept line that is not accepted
  int false_accepts = 0;  // a reject line that is accepted or stripped
  int strips_missed = 0;  // a strip line that is rejected, or taken as it is
  void count(const VerifyCase& one, Decision decision);
  double false_reject_rate() const { return accepts == 0 ? 0 : static_cast<double>(false_rejects) / accepts; }
  double false_accept_rate() const { return rejects == 0 ? 0 : static_cast<double>(false_accepts) / rejects; }
};

}  // namespace diktate
