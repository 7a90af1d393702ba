// Words that a user favours - names, terms of a trade - recognised where the recogniser wrote something that
// is spelled or sounds like them.
//
// Only a word that the language does not know (it is nowhere in its file; the class `common` holds the most
// common words) may be a misheard one, and it has letters alone. It is taken for a favoured word when
//   - their letters are the same but for accents ("zoe" for "Zoë"), or
//   - both sound alike: their sound keys (below) are equal, with three codes or more, and the edit distance
//     is at most a share of the longer word's letters that grows with the key: a quarter for three codes, a
//     third for four, two fifths for five, half for six and more ("coopernetties" for "Kubernetes"). The
//     more consonants agree, the less it is by chance, and the more the vowels may differ: with three codes
//     a third would already make "Redis" of "radius"; or
//   - one slip (a letter more, less, other, or two swapped) parts them, both have seven letters or more and
//     the same first letter, and neither is the other with an ending ("dockers" keeps its plural). Among
//     shorter words one letter parts too many names: "Nadia", "nadir"; "Maria", "Marina".
// Where one ends with an "a" and the other does not, they are two names ("Martin", "Martina"; "Alexander",
// "Alexandra"), unless their letters are the same. A favoured word with a digit or sign in it ("Auth0") is
// matched as it is alone.
//
// Of several the nearest is taken; of those equally near none, as nobody knows which. Two words in a row are
// taken for one favoured word by the same measures, but by sound with four codes or more, and only if the
// language does not know at least one of them, the other is no function word ("the", "of"), and neither is a
// favoured word by itself.
//
// The sound key of a word is its consonants, made for how English is written:
//   - accents count for nothing, vowels and y are left out, so is h, and w where no vowel follows;
//   - b p -> P; d t -> T; f v ph -> F; c g k q -> K, but c before e, i, y -> S; j, dj, and dg before e, i,
//     y -> J; s z -> S; sh, ch, tch -> X, but ch before l, r -> K; th -> O; x -> KS; l m n r w themselves;
//     gh at the start -> K, elsewhere nothing; k and g before n at the start, and w before r, nothing;
//   - of equal codes that nothing parts one stays; letters of other scripts stand for themselves.
// Voiced and voiceless consonants share a code since recognisers mistake them first.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/language.h"
#include "text/token.h"

namespace diktate {

std::string sound_key(std::u32string_view letters);  // of base_letters()
inline constexpr std::size_t kFewestCodes = 3;       // below that, a key says nothing of its word

// Damerau and Levenshtein's (no letter is moved twice): how many letters are put in, left out, changed, or
// swapped with their neighbour.
std::size_t edit_distance(std::u32string_view one, std::u32string_view other);

// Immutable; any thread.
class FavouredWords {
 public:
  FavouredWords() = default;
  explicit FavouredWords(const std::vector<std::string>& words);

  bool empty() const { return words_.empty(); }
  // The favoured word that was meant; nullptr for none. The text lives as long as this object. Takes as long
  // for a word of the text however many there are, but for those that share a key.
  const std::string* meant_by(const Token& word) const;
  const std::string* meant_by(const Token& word, const Token& next) const;

 private:
  struct Word {
    std::string written;
    std::u32string letters;
    std::string key;
  };
  using Places = std::vector<std::size_t>;  // in words_
  class Search;

  template <class Key>
  static const Places& at(const std::unordered_map<Key, Places>& index, const Key& key);

  std::vector<Word> words_;
  std::unordered_map<std::u32string, Places> by_letters_;
  std::unordered_map<std::string, Places> by_key_;
  // Long words, and each with one letter left out: what one slip parts has one of these in common.
  std::unordered_map<std::u32string, Places> by_slip_;
};

}  // namespace diktate
