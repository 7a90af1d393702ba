#include "bench/wer.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "bench/spoken_words.h"

namespace diktate::bench {
namespace {

// The best way so far to a cell of the edit matrix. `words` stays 0 until the end.
using Path = WordErrors;

Path step(Path from, int Path::*kind) {
  ++(from.*kind);
  return from;
}

// Equal costs are told apart in a fixed order, so that the three counts do not depend on the platform.
Path cheapest(const Path& diagonal, const Path& above, const Path& left) {
  if (diagonal.errors() <= above.errors() && diagonal.errors() <= left.errors())
    return step(diagonal, &Path::substitutions);
  if (above.errors() <= left.errors()) return step(above, &Path::deletions);
  return step(left, &Path::insertions);
}

std::vector<Path> first_row(std::size_t hypothesis_words) {
  std::vector<Path> row(hypothesis_words + 1);
  for (std::size_t column = 1; column < row.size(); ++column)
    row[column] = step(row[column - 1], &Path::insertions);
  return row;
}

}  // namespace

WordErrors& WordErrors::operator+=(const WordErrors& other) {
  words += other.words;
  substitutions += other.substitutions;
  deletions += other.deletions;
  insertions += other.insertions;
  return *this;
}

WordErrors align(std::span<const std::string> reference, std::span<const std::string> hypothesis) {
  std::vector<Path> above = first_row(hypothesis.size());
  std::vector<Path> row(above.size());
  for (const std::string& word : reference) {
    row[0] = step(above[0], &Path::deletions);
    for (std::size_t column = 1; column < row.size(); ++column) {
      const bool same = word == hypothesis[column - 1];
      row[column] = same ? above[column - 1] : cheapest(above[column - 1], above[column], row[column - 1]);
    }
    std::swap(above, row);
  }
  WordErrors result = above.back();
  result.words = static_cast<int>(reference.size());
  return result;
}

WordErrors score(std::string_view reference, std::string_view hypothesis) {
  return align(spoken_words(reference), spoken_words(hypothesis));
}

}  // namespace diktate::bench
