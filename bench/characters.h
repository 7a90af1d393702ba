// Unicode text reduced to what matters for comparing words.
#pragma once

#include <string>
#include <string_view>

namespace diktate::bench {

// Lower case, compatibility forms (full width, ligatures, small digits) as plain ones, every apostrophe as ',
// dashes and other signs that are no part of a word as spaces. Letters outside ASCII stay, as UTF-8. A part
// of NFKC that covers what recognisers and transcripts of Latin-script languages contain; it does not compose
// accents.
std::string fold_characters(std::string_view utf8);

}  // namespace diktate::bench
