// What the machine's processor is and can do, as far as the speed of models depends on it.
#pragma once

#include <string>

namespace diktate {

// The lines of /proc/cpuinfo that say so of the first processor, on x86 and ARM. Empty where there is no such
// file.
std::string processor_description();

// Whether products of unsigned and signed 8-bit integers are added up in 32 bits by one instruction. x86
// processors without it (VNNI) add pairs of them in 16 bits, which can overflow.
bool adds_int8_products_exactly(const std::string& description);

}  // namespace diktate
