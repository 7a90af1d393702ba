// A user's own words: what is written for what is said, and the words to be recognised (text/favoured.h).
//
// Words are compared folded, whole, and in a row: no mark, no line stands between them. The longest spoken
// form wins; of the same form, a replacement goes before a favoured word, and the later entry before the
// earlier. What is written is taken as given. Only where it is all lower case, and a replacement, does it get
// a capital at the start of a sentence. A "'s" after the last word stays.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/favoured.h"
#include "text/phrase_index.h"
#include "text/rewriter.h"

namespace diktate {

struct Replacement {
  std::string spoken;
  std::string written;
};

// Immutable; any thread.
class Dictionary {
 public:
  // What is written is sanitised. An entry without a word in its spoken form is left out.
  Dictionary(const std::vector<Replacement>& replacements, const std::vector<std::string>& favoured);

  struct Match {
    std::string_view written;  // lives as long as the dictionary
    std::size_t words = 0;     // of the text
    std::string_view ending;   // as in PhraseIndex::Match
    bool favoured = false;
  };
  // What the next tokens are replaced by. Of a single favoured word that the language knows as well ("Will"),
  // nobody can tell whether it was meant: it stays as it is.
  std::optional<Match> find(const Rewriter& at) const;

 private:
  struct Entry {
    std::string written;
    bool favoured = false;
  };
  void add(std::string_view spoken, std::string_view written, bool favoured);

  std::vector<Entry> entries_;
  PhraseIndex index_;
  FavouredWords favoured_;
};

}  // namespace diktate
