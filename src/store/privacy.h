// How much of a take stays on the disk once it is over: the one place that decides it.
//
// While a take is under way its sound and its texts are on the disk at every level but ghost: that is what
// saves them from a crash. What is said here holds from its end on.
#pragma once

#include <cstdint>

namespace diktate {

enum class PrivacyLevel : std::uint8_t {
  ghost,       // nothing is ever written; a crash loses the take
  numbers,     // when, how long, how fast, what became of it
  text,        // the clean text, too
  everything,  // what was recognised and the sound, too
};
inline constexpr std::int64_t kHighestPrivacyLevel = 3;

constexpr bool keeps_row(PrivacyLevel level) { return level >= PrivacyLevel::numbers; }
constexpr bool keeps_clean_text(PrivacyLevel level) { return level >= PrivacyLevel::text; }
constexpr bool keeps_raw_text(PrivacyLevel level) { return level >= PrivacyLevel::everything; }
constexpr bool keeps_audio(PrivacyLevel level) { return level >= PrivacyLevel::everything; }

}  // namespace diktate
