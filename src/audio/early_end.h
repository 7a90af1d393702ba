// The warning about audio that is shorter than its header says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace diktate {

// "the file ends early: 6.00 s of 10.00 s", of what happened to the whole.
std::string early_end_warning(std::string_view what_happened, std::int64_t frames, std::int64_t promised,
                              int rate);

}  // namespace diktate
