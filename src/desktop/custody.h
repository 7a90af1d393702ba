// What became of the copy of a clipboard, and so whether it may be taken: what cannot be put back may not.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/clock.h"

namespace diktate {

enum class Custody {
  empty,       // there was nothing to copy
  copied,      //
  copying,     // not done yet
  secret,      // a password, say: it is not copied
  too_large,   //
  incomplete,  // one of its formats does not come in time
  unreadable,  // its owner does not answer
};

constexpr auto kFormatLimit = std::chrono::milliseconds(300);  // for an owner to go on with a format
constexpr auto kCopyLimit = std::chrono::seconds(1);           // for all of a copy to be made
constexpr auto kLongestGrace = std::chrono::seconds(3);  // for who never stops asking, before it is put back
constexpr std::size_t kMostCopied = std::size_t{64} << 20;  // bytes, of all formats

// The format by which a program says that what it offers is "secret", and managers of the clipboard leave it.
constexpr const char* kSecretHint = "x-kde-passwordManagerHint";

// Another time its owner may be quicker.
constexpr bool was_slow(Custody custody) {
  return custody == Custody::unreadable || custody == Custody::incomplete;
}

constexpr bool may_take(Custody custody) { return custody == Custody::empty || custody == Custody::copied; }

// Why it may not, for a person.
constexpr std::string_view reason_of(Custody custody) {
  switch (custody) {
    case Custody::secret:
      return "the clipboard holds a secret, and is left alone";
    case Custody::too_large:
      return "the clipboard holds more than can be kept, and is left alone";
    case Custody::incomplete:
      return "not all formats of what is on the clipboard come in time, and it is left alone";
    case Custody::unreadable:
    case Custody::copying:
      return "the owner of the clipboard does not answer, and it is left alone";
    default:
      return "";
  }
}

}  // namespace diktate
