#include "onnx/protobuf.h"

#include <array>
#include <cstring>
#include <limits>
#include <optional>

namespace diktate {
namespace {

constexpr unsigned kPayloadBits = 7;  // of a byte of a varint; the eighth says that another byte follows
constexpr std::uint64_t kPayload = 0x7F;
constexpr unsigned kTypeBits = 3;
constexpr std::uint64_t kHighestNumber = (1U << 29U) - 1;

tl::unexpected<Error> damaged() {
  return fail(ErrorKind::invalid, "damaged: not a Protocol Buffers message");
}

// Takes a varint off the front of `rest`.
std::optional<std::uint64_t> take_varint(std::string_view& rest) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !rest.empty(); shift += kPayloadBits) {
    const auto byte = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    value |= (byte & kPayload) << shift;
    if (byte <= kPayload) return value;
  }
  return std::nullopt;
}

std::optional<std::string_view> take_bytes(std::string_view& rest, std::uint64_t size) {
  if (size > rest.size()) return std::nullopt;
  const std::string_view bytes = rest.substr(0, static_cast<std::size_t>(size));
  rest.remove_prefix(bytes.size());
  return bytes;
}

std::optional<std::string_view> take_payload(std::string_view& rest, WireType type) {
  switch (type) {
    case WireType::fixed64:
      return take_bytes(rest, 8);
    case WireType::fixed32:
      return take_bytes(rest, 4);
    case WireType::bytes:
      if (const auto size = take_varint(rest)) return take_bytes(rest, *size);
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

std::optional<WireField> take_field(std::string_view& rest) {
  const auto tag = take_varint(rest);
  if (!tag || *tag >> kTypeBits == 0 || *tag >> kTypeBits > kHighestNumber) return std::nullopt;
  WireField field;
  field.number = static_cast<int>(*tag >> kTypeBits);
  field.type = static_cast<WireType>(*tag & ((1U << kTypeBits) - 1));
  if (field.type == WireType::varint) {
    const auto value = take_varint(rest);
    if (!value) return std::nullopt;
    field.value = *value;
    return field;
  }
  const auto bytes = take_payload(rest, field.type);
  if (!bytes) return std::nullopt;
  field.bytes = *bytes;
  return field;
}

}  // namespace

Result<std::vector<WireField>> parse_message(std::string_view message) {
  std::vector<WireField> fields;
  while (!message.empty()) {
    const auto field = take_field(message);
    if (!field) return damaged();
    fields.push_back(*field);
  }
  return fields;
}

Result<std::vector<std::int64_t>> parse_integers(std::span<const WireField> fields, int number) {
  std::vector<std::int64_t> values;
  for (const WireField& field : fields) {
    if (field.number != number) continue;
    if (field.type == WireType::varint) values.push_back(static_cast<std::int64_t>(field.value));
    for (std::string_view rest = field.bytes; !rest.empty();) {
      const auto value = take_varint(rest);
      if (!value) return damaged();
      values.push_back(static_cast<std::int64_t>(*value));
    }
  }
  return values;
}

void WireWriter::varint(std::uint64_t value) {
  for (; value > kPayload; value >>= kPayloadBits)
    bytes_ += static_cast<char>((value & kPayload) | ~kPayload);
  bytes_ += static_cast<char>(value);
}

void WireWriter::tag(int number, WireType type) {
  varint(static_cast<std::uint64_t>(number) << kTypeBits | static_cast<std::uint64_t>(type));
}

WireWriter& WireWriter::integer(int number, std::int64_t value) {
  tag(number, WireType::varint);
  varint(static_cast<std::uint64_t>(value));
  return *this;
}

WireWriter& WireWriter::number(int number, float value) {
  std::array<char, sizeof(value)> raw;
  std::memcpy(raw.data(), &value, sizeof(value));
  tag(number, WireType::fixed32);
  bytes_.append(raw.data(), raw.size());
  return *this;
}

WireWriter& WireWriter::bytes(int number, std::string_view value) {
  tag(number, WireType::bytes);
  varint(value.size());
  bytes_ += value;
  return *this;
}

}  // namespace diktate
