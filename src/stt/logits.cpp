// Two passes over the row, each in kLanes independent lanes, which the compiler turns into vectors.
#include "stt/logits.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace diktate {
namespace {

constexpr std::size_t kLanes = 16;
using Lanes = std::array<float, kLanes>;

float highest_of(std::span<const float> values) {
  Lanes highest;
  highest.fill(values[0]);
  std::size_t at = 0;
  for (; at + kLanes <= values.size(); at += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      highest[lane] = highest[lane] < values[at + lane] ? values[at + lane] : highest[lane];
    }
  }
  for (; at < values.size(); ++at) highest[0] = std::max(highest[0], values[at]);
  return *std::max_element(highest.begin(), highest.end());
}

// e^x for x <= 0, to 1e-4 of its value: 2^n by the exponent's bits, times a polynomial for the rest.
inline float exponential(float x) {
  constexpr float kLog2E = 1.44269504F;
  constexpr float kLowest = -126.0F;  // below, the exponent's bits run out; 1e-38 is nothing here
  const float scaled = x * kLog2E < kLowest ? kLowest : x * kLog2E;
  const auto whole = static_cast<std::int32_t>(scaled);  // towards 0, so that -1 < rest <= 0
  const float rest = scaled - static_cast<float>(whole);
  const float power =
      1.0F + rest * (0.69314718F + rest * (0.24022651F + rest * (0.05550411F + rest * 0.00961813F)));
  constexpr std::int32_t kBias = 127;
  constexpr unsigned kMantissaBits = 23;
  return power * std::bit_cast<float>((whole + kBias) << kMantissaBits);
}

float sum_of_exponentials(std::span<const float> values, float highest, float scale) {
  Lanes sums = {};
  std::size_t at = 0;
  for (; at + kLanes <= values.size(); at += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      sums[lane] += exponential((values[at + lane] - highest) * scale);
    }
  }
  for (; at < values.size(); ++at) sums[0] += exponential((values[at] - highest) * scale);
  float sum = 0.0F;
  for (const float lane : sums) sum += lane;
  return sum;
}

}  // namespace

Choice most_likely(std::span<const float> logits, float scale) {
  const float highest = highest_of(logits);
  const auto found = std::find(logits.begin(), logits.end(), highest);
  return {static_cast<int>(found - logits.begin()), -std::log(sum_of_exponentials(logits, highest, scale))};
}

}  // namespace diktate
