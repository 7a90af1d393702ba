// Little-endian numbers out of bytes.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace diktate {

static_assert(std::endian::native == std::endian::little, "load() copies the bytes as they are");

// The first sizeof(T) bytes as a T; there are as many.
template <class T>
T load(std::span<const std::byte> bytes) {
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

}  // namespace diktate
