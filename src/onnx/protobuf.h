// Protocol Buffers' wire format, as far as ONNX files need it: no schema, just numbered fields.
// Source: protobuf.dev/programming-guides/encoding. Groups, which ONNX does not use, count as damage.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace diktate {

enum class WireType : std::uint8_t { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

struct WireField {
  int number = 0;
  WireType type = WireType::varint;
  std::uint64_t value = 0;  // of a varint
  std::string_view bytes;   // of the others; a view into the message
};

// All fields of a message, in their order. A message that does not parse to its very end is `invalid`.
Result<std::vector<WireField>> parse_message(std::string_view message);

// The numbers of a repeated field of integers, which may be packed or not.
Result<std::vector<std::int64_t>> parse_integers(std::span<const WireField> fields, int number);

// Builds a message by appending fields.
class WireWriter {
 public:
  WireWriter& integer(int number, std::int64_t value);
  WireWriter& number(int number, float value);
  WireWriter& bytes(int number, std::string_view value);
  WireWriter& message(int number, const WireWriter& value) { return bytes(number, value.bytes_); }
  const std::string& bytes() const { return bytes_; }

 private:
  void varint(std::uint64_t value);
  void tag(int number, WireType type);
  std::string bytes_;
};

}  // namespace diktate
