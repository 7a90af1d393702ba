#include "onnx/checksums.h"

#include <array>
#include <cstring>
#include <optional>
#include <system_error>

#include "base/files.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kPrime = 0x100000001b3;
constexpr std::uint64_t kBasis = 0xcbf29ce484222325;

// What the list beside the file has for it, in hexadecimal digits.
std::optional<std::string> listed(const fs::path& file) {
  const auto list = read_file(file.parent_path() / kChecksumsFile);
  if (!list) return std::nullopt;
  const std::string ending = "  " + file.filename().string();
  std::string_view rest = *list;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    if (line.ends_with(ending)) return std::string(line.substr(0, line.size() - ending.size()));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  return std::nullopt;
}

Result<void> compare(const fs::path& file, const std::optional<std::string>& expected,
                     std::span<const std::byte> content) {
  if (!expected || *expected == to_hex(checksum(content))) return {};
  return fail(ErrorKind::invalid, file.string() + " is not what was prepared (its checksum differs)");
}

}  // namespace

std::uint64_t checksum(std::span<const std::byte> bytes) {
  // FNV-1a over words, in four lanes that the processor works on at the same time.
  std::array<std::uint64_t, 4> lanes = {kBasis, kBasis + 1, kBasis + 2, kBasis + 3};
  std::size_t at = 0;
  for (; at + sizeof(lanes) <= bytes.size(); at += sizeof(lanes)) {
    std::array<std::uint64_t, 4> words;
    std::memcpy(words.data(), bytes.data() + at, sizeof(words));
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      lanes[i] = (lanes[i] ^ words[i]) * kPrime;
      lanes[i] ^= lanes[i] >> 32;  // otherwise the highest bits of a word would touch nothing below them
    }
  }
  std::uint64_t hash = kBasis;
  for (; at < bytes.size(); ++at) hash = (hash ^ std::to_integer<std::uint64_t>(bytes[at])) * kPrime;
  for (const std::uint64_t lane : lanes) hash = (hash ^ lane) * kPrime;
  return hash;
}

std::string to_hex(std::uint64_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string result;
  for (int shift = 60; shift >= 0; shift -= 4) result += kDigits[(value >> shift) & 0xF];
  return result;
}

std::string checksum_line(std::string_view name, std::string_view content) {
  return to_hex(checksum(std::as_bytes(std::span(content)))) + "  " + std::string(name) + '\n';
}

Result<void> verify_content(const fs::path& file, std::span<const std::byte> content) {
  return compare(file, listed(file), content);
}

Result<void> verify_file(const fs::path& file) {
  const auto expected = listed(file);
  if (!expected) return {};
  const auto mapped = MappedFile::open(file);
  if (!mapped) return tl::unexpected(mapped.error());
  return compare(file, expected, mapped->bytes());
}

}  // namespace diktate
