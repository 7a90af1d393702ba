// Made-up dictation in any length, for measuring what is done to text.
#pragma once

#include <cstddef>
#include <string>

namespace diktate::bench {

// Exactly so many words of English as a recogniser writes them: sentences with capitals and stops, and in
// them hesitations, fillers, repeats, corrections, numbers and spoken commands, about as often as people make
// them. The same seed gives the same text.
std::string dictation(std::size_t words, unsigned seed);

}  // namespace diktate::bench
