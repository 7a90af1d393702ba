// How a rule changes tokens: it reads on from left to right, and writes what shall stand. One pass is linear
// in the length of the text, however much is dropped.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/token.h"

namespace diktate {

// What a rule did, for `--explain`.
struct Change {
  std::string rule;  // "hesitation", "repeat", ...: the names in docs/cleanup.md
  std::string from;
  std::string to;
};

// Collects changes where they are wanted; without a list it costs next to nothing.
class ChangeLog {
 public:
  explicit ChangeLog(std::vector<Change>* changes = nullptr) : changes_(changes) {}
  bool wanted() const { return changes_ != nullptr; }
  void add(std::string_view rule, std::string from, std::string to) {
    if (changes_ != nullptr && from != to)
      changes_->push_back({std::string(rule), std::move(from), std::move(to)});
  }
  // A rule wrote words that may look like its own input ("literal comma" is "comma"): the text must not be
  // gone over again.
  void mark_once() { once_ = true; }
  bool once() const { return once_; }

 private:
  std::vector<Change>* changes_;
  bool once_ = false;
};

// What stands on either side of a text.
inline const Token kEndToken{};

// What takes the place of so many tokens.
struct Written {
  std::size_t tokens = 0;
  std::string text;

  explicit operator bool() const { return tokens > 0; }
};

// One pass of one rule. The tokens are the rule's result once the pass is destroyed; what was not read yet
// stays as it is.
class Rewriter {
 public:
  Rewriter(Tokens& tokens, ChangeLog& log) : tokens_(tokens), log_(log) { written_.reserve(tokens.size()); }
  ~Rewriter();
  Rewriter(const Rewriter&) = delete;
  Rewriter& operator=(const Rewriter&) = delete;

  bool at_end() const { return next_ >= tokens_.size(); }
  std::size_t left() const { return tokens_.size() - next_; }
  // The token `ahead` of the next one; of kind `end` beyond the text.
  const Token& now(std::size_t ahead = 0) const {
    return next_ + ahead < tokens_.size() ? tokens_[next_ + ahead] : kEndToken;
  }
  // The token written `back` before the last one; of kind `end` beyond the start.
  const Token& before(std::size_t back = 0) const {
    return back < written_.size() ? written_[written_.size() - 1 - back] : kEndToken;
  }
  std::size_t written() const { return written_.size(); }

  // Writes the next tokens as they are.
  void keep(std::size_t count = 1) {
    for (; count > 0 && next_ < tokens_.size(); --count) written_.push_back(std::move(tokens_[next_++]));
  }
  // Leaves out the next `count` tokens. The gap before them goes to the token after them, if it is larger.
  void drop(std::size_t count, std::string_view rule);
  // Writes `with` in place of the next `count` tokens (>= 1). The first one takes the gap and piece_start of
  // the first replaced.
  void replace(std::size_t count, std::string_view rule, Tokens with);
  // Takes back the last `count` written tokens.
  void take_back(std::size_t count, std::string_view rule);
  // Adds a token.
  void write(Token token) { written_.push_back(std::move(token)); }

  // Changes in the middle of what is written; `place` is below written(). They cost what stands after it.
  void erase(std::size_t place, std::string_view rule);
  void insert(std::size_t place, const Tokens& tokens);  // or equal to it
  void move_back(std::size_t count, std::size_t place);  // the last `count` tokens to there
  void reset_gap(std::size_t place) { written_[place].gap = Gap::space; }

  // The last written token, and the next one, for small changes (a gap, a case); the caller logs what
  // matters.
  Token& last() { return written_.back(); }
  Token& next() { return tokens_[next_]; }
  ChangeLog& log() { return log_; }

 private:
  void inherit(const Token& from);

  Tokens& tokens_;
  ChangeLog& log_;
  Tokens written_;
  std::size_t next_ = 0;
};

// The phrase of one of these groups that the tokens from `now(ahead)` on begin with: the longest; nullptr for
// none. Its words stand next to each other, without a mark or line between, and none is fixed.
const Phrase* match_phrase(const Rewriter& at, PhraseGroups groups, std::size_t ahead = 0);
// The same in a list of tokens, at `index`.
const Phrase* match_phrase(const Tokens& tokens, std::size_t index, PhraseGroups groups);

}  // namespace diktate
