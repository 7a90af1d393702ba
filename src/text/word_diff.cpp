#include "text/word_diff.h"

#include <algorithm>
#include <utility>

#include "text/alignment.h"
#include "text/compare.h"
#include "text/sanitise.h"
#include "text/token.h"

namespace diktate {
namespace {

// A word with the marks around it.
struct DiffWord {
  std::size_t first = 0, end = 0;  // tokens
  std::size_t word = 0;            // the token that is the word
};

std::vector<DiffWord> diff_words(const Tokens& tokens) {
  std::vector<DiffWord> words;
  std::size_t first = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i > first && tokens[i].gap != Gap::none && tokens[i].is_mark()) first = i;
    if (!tokens[i].is_word()) {
      if (!words.empty() && tokens[i].gap == Gap::none && first == words.back().end)
        first = ++words.back().end;
      continue;
    }
    words.push_back({first, i + 1, i});
    first = i + 1;
  }
  if (!words.empty()) words.back().end = tokens.size();
  return words;
}

class Differ {
 public:
  Differ(const Tokens& said, const Tokens& got, const Language& language) : said_(said), got_(got) {
    Keys keys;
    const CompareWords said_words = compare_words(said, language, keys);
    const CompareWords got_words = compare_words(got, language, keys);
    const Alignment alignment = align(said_words, got_words, language, keys);
    partner_.assign(said.size(), kUnmatched);
    for (std::size_t i = 0; i < said_words.size(); ++i) {
      if (alignment.said[i] == kUnmatched) continue;
      const std::size_t other = got_words[alignment.said[i]].token;
      // Only where the whole token is the same: "25%" was changed from "twenty five percent".
      if (said[said_words[i].token].folded == got[other].folded) partner_[said_words[i].token] = other;
    }
  }

  std::vector<DiffRun> run() {
    const std::vector<DiffWord> said = diff_words(said_);
    const std::vector<DiffWord> got = diff_words(got_);
    std::size_t next = 0;
    for (const DiffWord& word : said) {
      const std::size_t partner = partner_[word.word];
      std::size_t kept = next;
      while (partner != kUnmatched && kept < got.size() && got[kept].word != partner) ++kept;
      if (partner == kUnmatched || kept == got.size()) {
        add(DiffKind::removed, said_, word);
        continue;
      }
      for (; next < kept; ++next) add(DiffKind::added, got_, got[next]);
      add(DiffKind::kept, got_, got[next++]);
    }
    for (; next < got.size(); ++next) add(DiffKind::added, got_, got[next]);
    return std::move(runs_);
  }

 private:
  void add(DiffKind kind, const Tokens& tokens, const DiffWord& word) {
    const std::string text = render(tokens.data() + word.first, tokens.data() + word.end);
    if (runs_.empty() || runs_.back().kind != kind) {
      runs_.push_back({kind, text});
    } else {
      runs_.back().text += std::string(white_space(std::max(tokens[word.first].gap, Gap::none))) + text;
    }
  }

  const Tokens& said_;
  const Tokens& got_;
  std::vector<std::size_t> partner_;
  std::vector<DiffRun> runs_;
};

}  // namespace

std::vector<DiffRun> word_diff(std::string_view said, std::string_view got, const Language& language) {
  const Tokens said_tokens = tokenise(sanitised(said), language);
  const Tokens got_tokens = tokenise(sanitised(got), language);
  return Differ(said_tokens, got_tokens, language).run();
}

}  // namespace diktate
