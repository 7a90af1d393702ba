// What a self-correction takes back: "on Tuesday, no wait, Wednesday". Only what is of the same kind as what
// comes after the marker, and nothing else is lost with it; where that is not sure, nothing is taken back.
#pragma once

#include <cstddef>

#include "text/language.h"
#include "text/rewriter.h"

namespace diktate {

struct CorrectionMarker {
  std::size_t tokens = 0;  // with the commas in and around it
  bool strong = false;     // says by itself that something is taken back
  bool of_a_kind = false;  // takes back a number or a day only: "three, scratch that, four"
  bool set_off = false;    // marks stand before and after it

  explicit operator bool() const { return tokens > 0; }
};

// The last `tokens` of what is written are taken back, but for the last `kept` of them: before these come the
// next `said` tokens behind the marker ("five milligrams, sorry, six" is "six milligrams").
struct TakenBack {
  std::size_t tokens = 0;
  std::size_t kept = 0;
  std::size_t said = 0;

  explicit operator bool() const { return tokens > 0; }
};

// `at` is at the marker.
TakenBack taken_back(const Rewriter& at, const CorrectionMarker& marker, const Language& language);

}  // namespace diktate
