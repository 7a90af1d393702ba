#include "desktop/x11/kept_content.h"

#include <cstdint>
#include <cstring>
#include <utility>

namespace diktate {
namespace {

struct Header {
  std::uint32_t formats;
  std::uint32_t bytes;  // of all that follows
};

struct Format {
  XId target;
  XId type;
  std::uint32_t bits;
  std::uint32_t bytes;
};

template <class T>
void append(std::string& out, const T& value) {
  out.append(static_cast<const char*>(static_cast<const void*>(&value)), sizeof value);
}

template <class T>
bool take(std::string_view& bytes, T& value) {
  if (bytes.size() < sizeof value) return false;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return true;
}

}  // namespace

std::string packed(const SelectionContent& content) {
  std::string body;
  for (const XId target : content.order) {
    const XProperty& value = content.formats.at(target);
    append(body, Format{target, value.type, static_cast<std::uint32_t>(value.format),
                        static_cast<std::uint32_t>(value.bytes.size())});
    body += value.bytes;
  }
  std::string message;
  append(message,
         Header{static_cast<std::uint32_t>(content.order.size()), static_cast<std::uint32_t>(body.size())});
  return message + body;
}

std::optional<SelectionContent> unpack(std::string_view& bytes) {
  std::string_view left = bytes;
  Header header{};
  if (!take(left, header) || left.size() < header.bytes) return std::nullopt;
  bytes = left.substr(header.bytes);
  left = left.substr(0, header.bytes);
  SelectionContent content;
  for (std::uint32_t i = 0; i < header.formats; ++i) {
    Format format{};
    if (!take(left, format) || left.size() < format.bytes) break;
    content.add(format.target,
                {format.type, static_cast<int>(format.bits), std::string(left.substr(0, format.bytes))});
    left.remove_prefix(format.bytes);
  }
  return content;
}

}  // namespace diktate
