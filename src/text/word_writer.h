// Writes the words of a text for comparing: tokens taken apart into letters, digits and signs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/compare.h"

namespace diktate {

inline constexpr std::size_t kMillionZeros = 6;
inline constexpr std::size_t kBillionZeros = 9;

// What a reader of tokens builds on: it moves `at_`, and writes what it finds there.
class WordWriter {
 protected:
  WordWriter(const Tokens& tokens, const Language& language, Keys& keys)
      : tokens_(tokens), language_(language), keys_(keys) {
    words_.reserve(tokens.size() + tokens.size() / 4);
  }

  // A phrase's value in the place of its words.
  void stand_in(const Phrase& phrase);
  // Letters, digits and signs of a token, each by itself.
  void take_apart(std::string_view folded);
  void other(char32_t code);
  static std::size_t letters(std::string_view text);
  void add_letters(std::string_view text, bool after_digits);
  void dotted(std::string_view folded);
  // The digits that `text` begins with, with what groups them ("1,200") and the point in them.
  std::size_t digits(std::string_view text);
  void grouped_number(const std::string& run, const std::vector<std::size_t>& groups);
  void number(std::string run, bool border, bool fraction);
  // "2." or "2)" at the start of a line.
  bool is_marker() const;
  void digit(char value, bool border);
  void sign(std::string text);
  void word(std::string text, const Entry* entry);
  void add_kin(CompareWord& word, const Entry& entry);
  void same_as(CompareWord& word, std::string_view others);
  CompareWord& add(std::string key);

  const Tokens& tokens_;
  const Language& language_;
  Keys& keys_;
  CompareWords words_;
  std::size_t at_ = 0;
  bool placed_ = true;       // the next word begins a sentence or a line
  bool point_ = false;       // the next digits are decimals
  bool gap_before_ = false;  // a mark stands before what comes
};

}  // namespace diktate
