// What a selection holds as a row of bytes, between two processes on one display. Inside this folder only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "desktop/x11/content.h"

namespace diktate {

std::string packed(const SelectionContent& content);

// Takes the first whole message off the front; none: it is not complete yet.
std::optional<SelectionContent> unpack(std::string_view& bytes);

}  // namespace diktate
