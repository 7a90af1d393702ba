// Runs one rule over a text, for tests of that rule alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "text/language.h"
#include "text/rules.h"

namespace diktate {

using Pass = void (*)(Tokens&, const RuleContext&);

inline std::string after(Pass pass, std::string_view text, std::string_view language = "en") {
  const auto known = built_in_language(language).value();
  CleanOptions options;
  options.profile = profile_called("code").value();
  ChangeLog log;
  Tokens tokens = tokenise(text, *known);
  pass(tokens, {*known, options, log});
  return render(tokens);
}

struct Pair {
  std::string said, written;
};

// Also that what is written is left alone.
inline void expect_pairs(Pass pass, const std::vector<Pair>& pairs, std::string_view language = "en") {
  for (const Pair& pair : pairs) {
    EXPECT_EQ(after(pass, pair.said, language), pair.written) << pair.said;
    EXPECT_EQ(after(pass, pair.written, language), pair.written) << "again";
  }
}

inline void expect_kept(Pass pass, const std::vector<std::string>& texts, std::string_view language = "en") {
  for (const std::string& text : texts) EXPECT_EQ(after(pass, text, language), text);
}

}  // namespace diktate
