// Selects again what was inserted, and proves it. Inside this folder only.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "desktop/x11/selections.h"
#include "desktop/x11/window.h"

namespace diktate {

// Whole characters, as a cursor goes over them.
std::size_t steps_over(std::string_view text);

// The keys that select one step back, a modifier and a key, and the one that ends the selection at its end.
struct SelectingKeys {
  std::uint8_t shift = 0;
  std::uint8_t left = 0;
  std::uint8_t right = 0;
};

// What a program selects it puts into PRIMARY: selects back as far as `text` is long, and reads what that is.
// Fails, with the cursor where it was, if it is not `text`. Waits a second at most, over a connection of its
// own. No modifier is held. `may_go_on` is asked before every few keys: if it says no, no more are pressed.
Result<void> select_back(const std::string& display, X11Selections& selections, const SelectingKeys& keys,
                         const FocusedWindow& window, std::string_view text,
                         const std::function<bool()>& may_go_on);

}  // namespace diktate
