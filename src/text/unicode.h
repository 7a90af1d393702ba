// Characters of UTF-8 text: taking them apart, their kinds, their case. Everything here expects well-formed
// UTF-8, as sanitised() (text/sanitise.h) leaves it; from anything else nothing worse than odd characters
// comes.
#pragma once

#include <string>
#include <string_view>

namespace diktate {

inline constexpr char32_t kReplacement = 0xFFFD;

// The first character of `text` (kReplacement if it is malformed), and how many bytes it has: at least 1.
struct Character {
  char32_t code = kReplacement;
  std::size_t size = 1;
};
Character first_character(std::string_view text);  // `text` is not empty
Character last_character(std::string_view text);
void append_character(std::string& text, char32_t code);

bool is_letter(char32_t code);  // of any script; also what combines with one
bool is_digit(char32_t code);   // 0 to 9 alone
bool is_upper(char32_t code);
bool is_lower(char32_t code);
char32_t to_lower(char32_t code);
char32_t to_upper(char32_t code);

std::string lowered(std::string_view text);
std::string uppered(std::string_view text);
// With its first letter in upper, or lower, case; what stands before that letter stays. All of it stays where
// that is a figure: "21st", "5pm".
std::string capitalised(std::string_view text);
std::string uncapitalised(std::string_view text);
// Each letter without what stands above or below it: "pérez" is "perez", "ñ" is "n".
std::string without_accents(std::string_view text);

// Without the white space at either end.
std::string_view trimmed(std::string_view text);

bool starts_upper(std::string_view word);  // its first letter is a capital
bool has_letter(std::string_view word);
bool has_digit(std::string_view word);
bool has_only_letters(std::string_view word);  // and at least one
// The letters of a text without their accents, in lower case: what tells words apart for the ear.
std::u32string base_letters(std::string_view text);
// Two letters or more, and all of them capitals.
bool is_all_upper(std::string_view word);

}  // namespace diktate
