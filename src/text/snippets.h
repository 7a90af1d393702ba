// Snippets: text that is put in for a trigger phrase.
//
// A text may hold {date}, {time}, {clipboard} and {cursor}: the first three are put in as the caller gives
// them, once (what they contain is not read again); {cursor} is taken out, and where it stood is reported in
// Cleaned::cursor. Of several in one text the first counts, of several snippets the last. Other names in
// braces stay as they are.
//
// A trigger counts where it is an utterance of its own, between ends of sentences, lines, or the ends of the
// text, or right after one of the language's words for it (the phrase group `snippet`: "insert my address").
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/phrase_index.h"
#include "text/rewriter.h"

namespace diktate {

struct Snippet {
  std::string trigger;
  std::string text;
};

// What the names in braces stand for. Sanitised where they are used.
struct SnippetValues {
  std::string date;
  std::string time;
  std::string clipboard;
};

// Stands for the cursor inside this folder: sanitised text has no control characters.
inline constexpr char kCursorMark = '\x01';

// Takes every kCursorMark out; where the last one stood, in bytes.
std::optional<std::size_t> take_cursor(std::string& text);

// Immutable; any thread.
class Snippets {
 public:
  explicit Snippets(const std::vector<Snippet>& snippets);

  struct Match {
    std::string_view text;  // sanitised, the names in braces still in it; lives as long as this object
    std::size_t words = 0;
  };
  // The trigger that the tokens from `at.now(ahead)` on begin with, wherever it stands.
  std::optional<Match> find(const Rewriter& at, std::size_t ahead = 0) const;

 private:
  std::vector<std::string> texts_;
  PhraseIndex index_;
};

// A text with its values, and kCursorMark for the cursor.
std::string expanded(std::string_view text, const SnippetValues& values);

}  // namespace diktate
