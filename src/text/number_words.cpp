#include "text/number_words.h"

#include <algorithm>
#include <limits>
#include <string>

#include "text/number_parts.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::int64_t kLargestOfThousands = 1'000'000'000'000;

class NumberReader {
 public:
  explicit NumberReader(NumberParts& parts) : parts_(parts) {}

  NumberInWords run() {
    while (!ordinal_ && group()) continue;
    NumberInWords number{.value = high_ + low_ + rest_, .ordinal = ordinal_};
    if (scales_ == 1 && low_ + rest_ == 0 && bound_ >= kMillion) number.scale = bound_;
    number.words = parts_.tokens_up_to(at_);
    number.alone =
        !parts_.is_any(at_, {NumberKind::digit, NumberKind::teen, NumberKind::ten, NumberKind::hundred,
                             NumberKind::hundreds, NumberKind::scale, NumberKind::lone_scale});
    return number;
  }

 private:
  // One group and its scale: "two hundred thousand". False, and nothing read, if none fits behind what was.
  bool group() {
    const std::size_t start = at_;
    if (closed_) return false;
    if (at_ > 0 && parts_.value(at_, NumberKind::joint) == 100) ++at_;
    const std::int64_t value = below_thousand();
    if (scaled(value)) return true;
    const bool fits =
        value > 0 ? value < (low_ > 0 ? low_bound_ : bound_) : value == 0 && at_ == start + 1 && start == 0;
    const bool ends = value == 0 || !parts_.is_any(at_, {NumberKind::scale, NumberKind::lone_scale});
    if (!fits || !ends) return back_to(start);
    rest_ = value;
    closed_ = true;
    return true;
  }

  bool scaled(std::int64_t value) {
    if (ordinal_ || value == 0) return false;
    const std::int64_t lone = parts_.value(at_, NumberKind::lone_scale);
    if (lone > 0 && low_ == 0 && lone < bound_) {
      low_ = std::max<std::int64_t>(value, 1) * lone;
      low_bound_ = lone;
      ++at_;
      return true;
    }
    const std::int64_t ordinal = parts_.value(at_, NumberKind::ordinal);
    const std::int64_t scale = ordinal >= 1000 ? ordinal : parts_.value(at_, NumberKind::scale);
    const std::int64_t times = low_ + std::max<std::int64_t>(value, ordinal >= 1000 && at_ == 0 ? 1 : 0);
    if (scale < 0 || scale >= bound_ || times <= 0) return false;
    if (times >= 1000 && scale > kLargestOfThousands) return false;  // more than fits
    high_ += times * scale;
    low_ = 0;
    bound_ = scale;
    scales_ += scale >= kMillion ? 1 : 0;
    ordinal_ = ordinal >= 1000;
    ++at_;
    return true;
  }

  // -1 for none.
  std::int64_t below_thousand() {
    const std::size_t start = at_;
    std::int64_t value = parts_.value(at_, NumberKind::hundreds);
    if (value > 0) {
      ++at_;
      return value + tail();
    }
    value = one_of();
    if (value < 0) value = below_hundred();
    if (ordinal_) return value;
    const bool multiplies = value > 0 && value < 100 && value % 10 != 0;
    if ((multiplies || at_ == start) && parts_.value(at_, NumberKind::ordinal) == 100) {
      ordinal_ = true;
      ++at_;
      return std::max<std::int64_t>(value, 1) * 100;
    }
    if (!multiplies || parts_.value(at_, NumberKind::hundred) < 0) return value;
    ++at_;
    return value * 100 + tail();
  }

  // What follows a hundred.
  std::int64_t tail() {
    const std::size_t start = at_;
    if (parts_.value(at_, NumberKind::joint) == 100) ++at_;
    const std::int64_t value = below_hundred();
    const bool further =
        !ordinal_ && parts_.is_any(at_, {NumberKind::hundred, NumberKind::digit, NumberKind::teen,
                                         NumberKind::ten, NumberKind::hundreds});
    if (value > 0 && value < 100 && !(further && joined(start))) return value;
    ordinal_ = false;
    at_ = start;
    return 0;
  }

  // "one hundred and two hundred", "one hundred two hundred": the two is not the first hundred's.
  bool joined(std::size_t start) {
    return parts_.value(start, NumberKind::joint) == 100 || parts_.value(at_, NumberKind::hundred) > 0;
  }

  std::int64_t below_hundred() {
    const std::int64_t ten = parts_.value(at_, NumberKind::ten);
    if (ten > 0) {
      ++at_;
      return ten + digit_after_ten();
    }
    for (const NumberKind kind : {NumberKind::teen, NumberKind::digit}) {
      if (const std::int64_t value = parts_.value(at_, kind); value >= 0) return read(value);
    }
    if (const std::int64_t value = parts_.value(at_, NumberKind::short_one); value > 0 && at_ > 0)
      return read(value);
    const std::int64_t ordinal = parts_.value(at_, NumberKind::ordinal);
    if (ordinal < 0 || ordinal >= 100) return -1;
    ordinal_ = true;
    return read(ordinal);
  }

  std::int64_t digit_after_ten() {
    const std::size_t joint = parts_.value(at_, NumberKind::joint) == 10 ? 1 : 0;
    for (const NumberKind kind : {NumberKind::digit, NumberKind::short_one, NumberKind::ordinal}) {
      const std::int64_t value = parts_.value(at_ + joint, kind);
      if (value <= 0 || value >= 10 || (joint == 0 && kind == NumberKind::short_one)) continue;
      ordinal_ = kind == NumberKind::ordinal;
      at_ += joint;
      return read(value);
    }
    return 0;
  }

  // The "a" of "a hundred", the "un" of "un millón".
  std::int64_t one_of() {
    if (!parts_.is_any(at_, {NumberKind::one_of, NumberKind::short_one})) return -1;
    const std::int64_t ordinal = parts_.value(at_ + 1, NumberKind::ordinal);
    if (ordinal < 100 && !parts_.is_any(at_ + 1, {NumberKind::hundred, NumberKind::scale})) return -1;
    return read(1);
  }

  std::int64_t read(std::int64_t value) {
    ++at_;
    return value;
  }

  bool back_to(std::size_t start) {
    at_ = start;
    ordinal_ = false;
    return false;
  }

  NumberParts& parts_;
  std::size_t at_ = 0;
  std::int64_t high_ = 0;  // what is complete: multiples of bound_
  std::int64_t bound_ = std::numeric_limits<std::int64_t>::max();
  std::int64_t low_ = 0;  // "dos mil", which "millones" may still multiply
  std::int64_t low_bound_ = 0;
  std::int64_t rest_ = 0;
  int scales_ = 0;
  bool ordinal_ = false;
  bool closed_ = false;
};

// Most words are none; they shall cost nothing.
bool may_begin_number(const Token& token) {
  if (!token.is_word() || token.fixed) return false;
  return token.entry != nullptr ? !token.entry->numbers.empty() : token.folded.find('-') != std::string::npos;
}

template <class TokenAt>
NumberInWords read_from(const TokenAt& token, const Language& language) {
  if (!may_begin_number(token(0))) return {};
  NumberParts parts(token, language);
  return NumberReader(parts).run();
}

}  // namespace

bool is_number(const Token& token) {
  if (!token.is_word() || token.fixed) return false;
  if (is_digit(first_character(token.text).code)) return true;
  if (token.entry == nullptr) return false;
  return std::any_of(token.entry->numbers.begin(), token.entry->numbers.end(), [](const NumberWord& number) {
    return number.kind <= NumberKind::ordinal || number.kind == NumberKind::hundreds ||
           number.kind == NumberKind::lone_scale;
  });
}

std::int64_t number_value(const Entry* entry, NumberKind kind) {
  if (entry == nullptr) return -1;
  for (const NumberWord& number : entry->numbers) {
    if (number.kind == kind) return number.value;
  }
  return -1;
}

NumberInWords read_number(const Rewriter& at, const Language& language, std::size_t ahead) {
  return read_from([&](std::size_t i) -> const Token& { return at.now(ahead + i); }, language);
}

NumberInWords read_number(const Tokens& tokens, std::size_t index, const Language& language) {
  return read_from(
      [&](std::size_t i) -> const Token& {
        return index + i < tokens.size() ? tokens[index + i] : kEndToken;
      },
      language);
}

}  // namespace diktate
