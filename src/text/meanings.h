// What common words of a language mean in English: for comparing a translation with what was said.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace diktate {

struct WordHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view word) const { return std::hash<std::string_view>{}(word); }
};

class Meanings {
 public:
  // Both are lists of words. One that ends with "-" is how words begin, one that begins with "-" what is
  // joined to words and means nothing of its own here ("ver" and "verte"); another may get an "s" or "es".
  void add(std::string_view english, std::string_view words);
  bool empty() const { return english_.empty(); }

  // Of a word without accents; nullptr where it is not known. The longest beginning counts.
  const std::vector<std::string>* of(std::string_view word) const;
  // Whether some word means this.
  bool is_meant(std::string_view english) const { return english_.find(english) != english_.end(); }

 private:
  const std::vector<std::string>* find(std::string_view word) const;
  using Words = std::unordered_map<std::string, std::vector<std::string>, WordHash, std::equal_to<>>;
  Words words_;
  Words beginnings_;
  std::vector<std::string> endings_;
  std::unordered_set<std::string, WordHash, std::equal_to<>> english_;
};

}  // namespace diktate
