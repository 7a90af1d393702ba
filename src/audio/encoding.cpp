#include "audio/encoding.h"

#include <array>

namespace diktate {
namespace {

struct Row {
  Encoding encoding;
  std::string_view name;
  std::size_t bytes;
};

constexpr std::array<Row, 6> kEncodings{{
    {Encoding::u8, "u8", 1},
    {Encoding::s16le, "s16le", 2},
    {Encoding::s24le, "s24le", 3},
    {Encoding::s32le, "s32le", 4},
    {Encoding::f32le, "f32le", 4},
    {Encoding::f64le, "f64le", 8},
}};

constexpr const Row& row(Encoding encoding) { return kEncodings[static_cast<std::size_t>(encoding)]; }

}  // namespace

std::string_view to_string(Encoding encoding) { return row(encoding).name; }

std::size_t bytes_per_sample(Encoding encoding) { return row(encoding).bytes; }

std::string encoding_names() {
  std::string names;
  for (const Row& row : kEncodings) {
    if (!names.empty()) names += ", ";
    names += row.name;
  }
  return names;
}

Result<Encoding> parse_encoding(std::string_view name) {
  for (const Row& row : kEncodings) {
    if (row.name == name) return row.encoding;
  }
  return fail(ErrorKind::invalid,
              "unknown encoding '" + std::string(name) + "'; it must be one of " + encoding_names());
}

Result<void> check_format(int rate, int channels) {
  if (rate < kLowestRate || rate > kHighestRate) {
    return fail(ErrorKind::invalid, "a rate of " + std::to_string(rate) + " Hz, not between " +
                                        std::to_string(kLowestRate) + " and " + std::to_string(kHighestRate));
  }
  if (channels < 1 || channels > kMostChannels) {
    return fail(ErrorKind::invalid,
                std::to_string(channels) + " channels, not between 1 and " + std::to_string(kMostChannels));
  }
  return {};
}

}  // namespace diktate
