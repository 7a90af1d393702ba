// Numbers as English speakers read them aloud, in lower case and without hyphens.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace diktate::bench {

// "two hundred five" for 205. Below 10^12.
std::string cardinal(std::uint64_t number);
// "two hundred fifth" for 205. Below 10^12.
std::string ordinal(std::uint64_t number);
// "one zero seven" for "107". Digits only.
std::string digit_by_digit(std::string_view digits);
// As a reader would say a number met in running text: "1984" is a year, "007" and "90210" are digits, the
// rest are cardinals. `grouped`: it was written with commas ("1,984"), so it is neither.
std::string read_aloud(std::string_view digits, bool grouped);

}  // namespace diktate::bench
