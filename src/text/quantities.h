// What an amount is an amount of (a unit, money, a per cent), and how both are written together.
#pragma once

#include <cstddef>
#include <string>

#include "text/amounts.h"
#include "text/language.h"
#include "text/rewriter.h"

namespace diktate {

struct Quantity {
  enum class Kind : unsigned char {
    none,
    kept,  // its word stays: minutes, cents
    unit,
    currency,
    percent,
  };
  Kind kind = Kind::none;
  std::size_t tokens = 0;
  std::string symbol;  // "km", "$", "%"

  explicit operator bool() const { return kind != Kind::none; }
};

// What follows an amount that begins at `now(ahead)`.
Quantity read_quantity(const Rewriter& at, const Amount& amount, std::size_t ahead = 0);

// The amount that begins at `now(ahead)` with its quantity, and the cents that follow: "$3.50".
Written write_quantity(const Rewriter& at, const Language& language, const Amount& amount,
                       const Quantity& quantity, std::size_t ahead = 0);
// "three fifty dollars", where the first of two numbers that touch begins at `now()`; "dos con cincuenta
// euros".
Written write_price(const Rewriter& at, const Language& language, const Amount& amount);
// "un euro con veinte"
Written write_one_with_cents(const Rewriter& at, const Language& language);

// The words of `text`, which no later rule touches.
Tokens fixed_words(std::string_view text, const Language& language);

}  // namespace diktate
