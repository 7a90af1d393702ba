#include "text/number_parts.h"

#include <algorithm>
#include <string_view>

#include "text/number_words.h"

namespace diktate {

bool NumberParts::add(const Token& token) {
  if (!token.is_word() || token.fixed || (count_ > 0 && token.gap != Gap::space)) return false;
  const std::size_t count = count_;
  std::string_view rest = token.folded;
  bool all = true;
  if (token.entry == nullptr) {
    for (std::size_t hyphen = rest.find('-'); all && hyphen != std::string_view::npos;
         hyphen = rest.find('-')) {
      all = push(language_.find(rest.substr(0, hyphen)), 0);
      rest.remove_prefix(hyphen + 1);
    }
  }
  all = all && push(token.entry != nullptr ? token.entry : language_.find(rest), tokens_ + 1);
  if (all) ++tokens_;
  if (!all) count_ = count;
  return all;
}

bool NumberParts::push(const Entry* entry, std::size_t tokens) {
  if (entry == nullptr || entry->numbers.empty() || count_ == kMost) return false;
  parts_[count_++] = {entry, tokens};
  return true;
}

std::int64_t NumberParts::value(std::size_t index, NumberKind kind) {
  while (index >= count_ && !ended_) ended_ = !add(token_(tokens_));
  return index < count_ ? number_value(parts_[index].entry, kind) : -1;
}

bool NumberParts::is_any(std::size_t index, std::initializer_list<NumberKind> kinds) {
  return std::any_of(kinds.begin(), kinds.end(), [&](NumberKind kind) { return value(index, kind) >= 0; });
}

std::size_t NumberParts::tokens_up_to(std::size_t count) const {
  return count == 0 ? 0 : parts_[count - 1].tokens;
}

}  // namespace diktate
