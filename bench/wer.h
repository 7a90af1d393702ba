// Word error rate: how many of the spoken words a recogniser got wrong, whatever way it writes them.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace diktate::bench {

// The cheapest way to turn the reference into the hypothesis, counted in words. Adds up over texts.
struct WordErrors {
  int words = 0;  // of the reference
  int substitutions = 0;
  int deletions = 0;
  int insertions = 0;

  int errors() const { return substitutions + deletions + insertions; }
  // In percent of the reference's words; over 100 is possible.
  double rate() const { return words == 0 ? 0.0 : 100.0 * errors() / words; }
  WordErrors& operator+=(const WordErrors& other);
};

WordErrors align(std::span<const std::string> reference, std::span<const std::string> hypothesis);

// Both texts are brought to spoken words first (bench/spoken_words.h).
WordErrors score(std::string_view reference, std::string_view hypothesis);

}  // namespace diktate::bench
