// What is said of an e-mail address or a URL: atoms ("john", "g mail", "e d u") and the signs between them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "text/language.h"
#include "text/rewriter.h"

namespace diktate {

// An atom or a sign.
struct ChainPart {
  std::string text;
  std::size_t end = 0;    // how many tokens it and those before it take
  bool spelled = false;   // an atom of two letters or more, said one by one
  bool weak = false;      // a sign that is a common word too: "at"
  bool numbered = false;  // an atom that is a word with a number after it
};

// Atoms at even places, signs at odd ones; it ends with an atom. Reads a bounded number of tokens from the
// next one on; a single atom means that nothing of an address is there.
std::vector<ChainPart> read_address_chain(const Rewriter& at, const Language& language);

// Whether `label` is a top-level domain.
bool is_domain(const Language& language, std::string_view label);
// One that is also a common word, and so needs better reasons: "me", "in".
bool is_weak_domain(const Language& language, std::string_view label);

}  // namespace diktate
