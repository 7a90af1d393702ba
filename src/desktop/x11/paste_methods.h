// The ways to have a window paste. Inside this folder only.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "desktop/paste_kind.h"
#include "desktop/x11/selections.h"

namespace diktate {

// A way to have a window paste: which selections hold the text, and the keys.
struct PasteMethod {
  std::string_view name;
  std::span<const SelectionName> selections;
  std::span<const char* const> modifiers;
  const char* key;
};

// In the order in which they are tried.
std::vector<const PasteMethod*> paste_methods_for(PasteKind kind);

}  // namespace diktate
