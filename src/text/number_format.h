// Writes figures as a language does: "1,200", "3.5", "21st", "$5".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "text/language.h"

namespace diktate {

// With groups of three from 1,000 on. `value` >= 0.
std::string grouped(std::int64_t value, const Figures& figures);
// 21st; empty where the language leaves ordinals as words.
std::string ordinal(std::int64_t value, const Figures& figures);
std::string with_decimals(std::string_view whole, std::string_view decimals, const Figures& figures);
std::string two_digits(std::int64_t value);  // "05"; 0 <= `value` < 100
// "$5" or "5 $".
std::string with_currency(std::string_view amount, std::string_view symbol, const Figures& figures);

// Whether a word is a number in figures, as a recogniser writes it: "25", "1,200", "3.5".
bool is_in_figures(std::string_view word, const Figures& figures);
// Its whole part; `word` is in figures. What is too large to be counted with is the largest number.
std::int64_t whole_part(std::string_view word, const Figures& figures);

}  // namespace diktate
