// What a piece of a dictation begins with.
#pragma once

#include <string_view>

#include "text/language.h"

namespace diktate {

// Whether it takes back something of the piece before it: "no wait", "scratch that". Linear; any thread.
bool opens_with_correction(std::string_view piece, const Language& language);

}  // namespace diktate
