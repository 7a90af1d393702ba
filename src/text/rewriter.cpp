#include "text/rewriter.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace diktate {
namespace {

// `token(i)` is the i-th token from where the phrase shall begin.
template <class TokenAt>
const Phrase* match(PhraseGroups wanted, const TokenAt& token) {
  const Token& first = token(0);
  if (first.entry == nullptr || first.fixed || (first.entry->groups & wanted) == 0) return nullptr;
  for (const Phrase& phrase : first.entry->phrases) {
    if ((wanted >> static_cast<unsigned>(phrase.group) & 1U) == 0) continue;
    bool same = true;
    for (std::size_t i = 1; i < phrase.words.size() && same; ++i) {
      const Token& next = token(i);
      same = next.is_word(phrase.words[i]) && !next.fixed && next.gap == Gap::space;
    }
    if (same) return &phrase;
  }
  return nullptr;
}

}  // namespace

Rewriter::~Rewriter() {
  if (next_ == 0 && written_.empty()) return;
  written_.insert(written_.end(),
                  std::make_move_iterator(tokens_.begin() + static_cast<std::ptrdiff_t>(next_)),
                  std::make_move_iterator(tokens_.end()));
  tokens_ = std::move(written_);
}

void Rewriter::inherit(const Token& from) {
  if (at_end()) return;
  next().gap = std::max(next().gap, from.gap);
  next().piece_start = next().piece_start || from.piece_start;
}

void Rewriter::drop(std::size_t count, std::string_view rule) {
  count = std::min(count, left());
  if (count == 0) return;
  const Token* first = &tokens_[next_];
  if (log_.wanted()) log_.add(rule, render(first, first + count), {});
  next_ += count;
  for (std::size_t i = 0; i < count; ++i) inherit(first[i]);
}

void Rewriter::replace(std::size_t count, std::string_view rule, Tokens with) {
  if (with.empty()) return drop(count, rule);
  const Token* first = &tokens_[next_];
  with.front().gap = first->gap;
  with.front().piece_start = first->piece_start;
  if (log_.wanted()) log_.add(rule, render(first, first + count), render(with));
  next_ += count;
  std::move(with.begin(), with.end(), std::back_inserter(written_));
}

void Rewriter::take_back(std::size_t count, std::string_view rule) {
  count = std::min(count, written_.size());
  if (count == 0) return;
  const Token* first = &*(written_.end() - static_cast<std::ptrdiff_t>(count));
  if (log_.wanted()) log_.add(rule, render(first, first + count), {});
  written_.resize(written_.size() - count);
}

void Rewriter::erase(std::size_t place, std::string_view rule) {
  const auto token = written_.begin() + static_cast<std::ptrdiff_t>(place);
  if (log_.wanted()) log_.add(rule, token->text, {});
  written_.erase(token);
}

void Rewriter::insert(std::size_t place, const Tokens& tokens) {
  written_.insert(written_.begin() + static_cast<std::ptrdiff_t>(place), tokens.begin(), tokens.end());
}

void Rewriter::move_back(std::size_t count, std::size_t place) {
  std::rotate(written_.begin() + static_cast<std::ptrdiff_t>(place),
              written_.end() - static_cast<std::ptrdiff_t>(count), written_.end());
}

const Phrase* match_phrase(const Rewriter& at, PhraseGroups groups, std::size_t ahead) {
  return match(groups, [&](std::size_t i) -> const Token& { return at.now(ahead + i); });
}

const Phrase* match_phrase(const Tokens& tokens, std::size_t index, PhraseGroups groups) {
  return match(groups, [&](std::size_t i) -> const Token& {
    return index + i < tokens.size() ? tokens[index + i] : kEndToken;
  });
}

}  // namespace diktate
