#include "text/opening.h"

#include "text/phrase_search.h"

namespace diktate {

bool opens_with_correction(std::string_view piece, const Language& language) {
  constexpr std::size_t kEnough = 200;  // bytes: markers are short
  const PlainWords words = plain_words(piece.substr(0, kEnough));
  return phrase_at(words, 0, language, groups(PhraseGroup::correction, PhraseGroup::take_back)) > 0;
}

}  // namespace diktate
