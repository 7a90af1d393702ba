// Damage to a model's files: it is noticed by the checksums that were written when the model was prepared.
// They stand in one file of the model's folder, "checksums", with 16 hexadecimal digits, two spaces and a
// name a line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace diktate {

inline constexpr const char* kChecksumsFile = "checksums";

// A checksum against damage, not against an enemy: several GB a second.
std::uint64_t checksum(std::span<const std::byte> bytes);

// 16 hexadecimal digits.
std::string to_hex(std::uint64_t value);

// The line of the list for a file of this name and content.
std::string checksum_line(std::string_view name, std::string_view content);

// `invalid` where the list beside `file` has another checksum for it than that of `content`. A file that is
// not in a list, as of models that were prepared before there was one, is taken as it is. Reads the list; any
// thread.
Result<void> verify_content(const std::filesystem::path& file, std::span<const std::byte> content);

// The same for what is in the file. Reads all of it, if it is in a list.
Result<void> verify_file(const std::filesystem::path& file);

}  // namespace diktate
