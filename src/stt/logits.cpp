// Two passes over the row in vectors of kLanes values (an extension that GCC and Clang share): whatever the
// processor's own vectors are, the compiler makes the best of them. A tenth of the time of plain loops.
#include "stt/logits.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace diktate {
namespace {

constexpr std::size_t kLanes = 4;
using Floats = float __attribute__((vector_size(kLanes * sizeof(float))));
using Integers = std::int32_t __attribute__((vector_size(kLanes * sizeof(std::int32_t))));

// Both work on references: how such vectors are passed by value depends on the processor that is compiled
// for.
inline void load(const float* from, Floats& to) { std::memcpy(&to, from, sizeof(to)); }

// e^x for x <= 0, to 1e-4 of its value, in place: 2^n by the exponent's bits, times a polynomial for the
// rest.
inline void exponential(Floats& x) {
  constexpr float kLog2E = 1.44269504F;
  constexpr float kLowest = -126.0F;  // below, the exponent's bits run out; 1e-38 is nothing here
  constexpr std::int32_t kBias = 127;
  constexpr int kMantissaBits = 23;
  x *= kLog2E;
  const Floats lowest = x * 0.0F + kLowest;
  x = x < kLowest ? lowest : x;
  const Integers whole = __builtin_convertvector(x, Integers);  // towards 0, so that -1 < rest <= 0
  const Floats rest = x - __builtin_convertvector(whole, Floats);
  const Integers bits = (whole + kBias) << kMantissaBits;
  std::memcpy(&x, &bits, sizeof(x));
  x *= 1.0F + rest * (0.69314718F + rest * (0.24022651F + rest * (0.05550411F + rest * 0.00961813F)));
}

float highest_of(std::span<const float> values) {
  Floats highest = Floats{} + values[0];
  std::size_t at = 0;
  for (; at + kLanes <= values.size(); at += kLanes) {
    Floats next;
    load(&values[at], next);
    highest = next > highest ? next : highest;
  }
  float result = values[0];
  for (std::size_t lane = 0; lane < kLanes; ++lane) result = std::max(result, highest[lane]);
  for (; at < values.size(); ++at) result = std::max(result, values[at]);
  return result;
}

float sum_of_exponentials(std::span<const float> values, float highest, float scale) {
  Floats sums = {};
  std::size_t at = 0;
  for (; at + kLanes <= values.size(); at += kLanes) {
    Floats next;
    load(&values[at], next);
    next = (next - highest) * scale;
    exponential(next);
    sums += next;
  }
  float sum = 0.0F;
  for (std::size_t lane = 0; lane < kLanes; ++lane) sum += sums[lane];
  for (; at < values.size(); ++at) sum += std::exp((values[at] - highest) * scale);
  return sum;
}

std::size_t find(std::span<const float> values, float wanted) {
  std::size_t at = 0;
  for (; at + kLanes <= values.size(); at += kLanes) {
    Floats next;
    load(&values[at], next);
    const Integers same = next == wanted;
    std::int32_t any = 0;
    for (std::size_t lane = 0; lane < kLanes; ++lane) any |= same[lane];
    if (any != 0) break;
  }
  return static_cast<std::size_t>(
      std::find(values.begin() + static_cast<std::ptrdiff_t>(at), values.end(), wanted) - values.begin());
}

}  // namespace

Choice most_likely(std::span<const float> logits, float scale) {
  const float highest = highest_of(logits);
  return {static_cast<int>(find(logits, highest)), -std::log(sum_of_exponentials(logits, highest, scale))};
}

}  // namespace diktate
