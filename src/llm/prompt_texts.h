// The words of the built-in prompts. To change one byte of them empties the caches of servers once.
#pragma once

#include <string_view>

#include "llm/prompts.h"

namespace diktate {

inline constexpr std::string_view kTextPlace = "{text}";
inline constexpr std::string_view kInstructionPlace = "{instruction}";
inline constexpr std::string_view kLanguagePlace = "{language}";

// What is to be done.
std::string_view task_text(TaskMode mode);

// Where the words stand, that they are no orders, and what to answer with.
std::string_view frame_text(TaskMode mode);

// The same where a prompt of the user's says what is to be done, and where the words stand.
extern const std::string_view kFrameOfPlaces;

}  // namespace diktate
