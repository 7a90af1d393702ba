#include "desktop/kept_content.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

#include <unistd.h>

namespace diktate {
namespace {

void append(std::string& out, std::size_t size) {
  const std::uint64_t number = size;
  out.append(static_cast<const char*>(static_cast<const void*>(&number)), sizeof number);
}

std::optional<std::string_view> take(std::string_view& bytes) {
  std::uint64_t size = 0;
  if (bytes.size() < sizeof size) return std::nullopt;
  std::memcpy(&size, bytes.data(), sizeof size);
  if (bytes.size() - sizeof size < size) return std::nullopt;
  const auto part = bytes.substr(sizeof size, size);
  bytes.remove_prefix(sizeof size + size);
  return part;
}

}  // namespace

std::string packed(const KeptContent& content) {
  std::string body;
  for (const std::string& part : content) {
    append(body, part.size());
    body += part;
  }
  std::string message;
  append(message, body.size());
  return message + body;
}

std::optional<KeptContent> unpack(std::string_view& bytes) {
  auto body = take(bytes);
  if (!body) return std::nullopt;
  KeptContent content;
  while (const auto part = take(*body)) content.emplace_back(*part);
  return content;
}

KeptContent read_last_content(int input) {
  KeptContent last;
  std::string bytes;
  std::array<char, 1 << 16> part{};
  while (true) {
    const auto count = read(input, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return last;
    bytes.append(part.data(), static_cast<std::size_t>(count));
    std::string_view left = bytes;
    while (auto content = unpack(left)) last = std::move(*content);
    bytes.erase(0, bytes.size() - left.size());
  }
}

}  // namespace diktate
