#include "text/meanings.h"

#include <algorithm>

namespace diktate {
namespace {

constexpr std::size_t kShortestBeginning = 2;
constexpr std::size_t kLongestVerbEnding = 8;  // "escrib" and "iéndoselo"

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> words;
  while (!list.empty()) {
    const std::size_t space = std::min(list.find(' '), list.size());
    if (space > 0) words.emplace_back(list.substr(0, space));
    list.remove_prefix(std::min(space + 1, list.size()));
  }
  return words;
}

}  // namespace

void Meanings::add(std::string_view english, std::string_view words) {
  const std::vector<std::string> meanings = split(english);
  english_.insert(meanings.begin(), meanings.end());
  for (std::string& word : split(words)) {
    if (word.front() == '-') {
      endings_.push_back(word.substr(1));
      continue;
    }
    const bool beginning = word.back() == '-';
    if (beginning) word.pop_back();
    std::vector<std::string>& known = (beginning ? beginnings_ : words_)[word];
    known.insert(known.end(), meanings.begin(), meanings.end());
  }
}

const std::vector<std::string>* Meanings::of(std::string_view word) const {
  if (const auto* found = find(word)) return found;
  for (const std::string_view ending : endings_) {
    if (word.size() < ending.size() + 2 || !word.ends_with(ending)) continue;
    if (const auto* found = find(word.substr(0, word.size() - ending.size()))) return found;
  }
  return nullptr;
}

const std::vector<std::string>* Meanings::find(std::string_view word) const {
  for (std::size_t ending = 0; ending <= 2; ++ending) {
    if (word.size() <= ending || (ending > 0 && word.back() != 's')) break;
    const auto found = words_.find(word.substr(0, word.size() - ending));
    if (found != words_.end()) return &found->second;
  }
  const std::size_t least = word.size() > kLongestVerbEnding ? word.size() - kLongestVerbEnding : 0;
  for (std::size_t size = word.size(); size >= std::max(least, kShortestBeginning); --size) {
    const auto found = beginnings_.find(word.substr(0, size));
    if (found != beginnings_.end()) return &found->second;
  }
  return nullptr;
}

}  // namespace diktate
