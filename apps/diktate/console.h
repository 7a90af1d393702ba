// What the program says: results on standard output, everything else on standard error, each message one
// line.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace diktate {

// Writes and flushes, so that a reader at the other end of a pipe has it now.
Result<void> print_result(std::string_view text);

void print_error(std::string_view message);    // "diktate: message"
void print_warning(std::string_view message);  // "diktate: warning: message"
void print_note(std::string_view text);        // as it is: progress, pictures

// `message`, opened by the file it is about ("-": standard input) unless it names that already.
std::string about(std::string_view file, std::string_view message);

// For main: 0 is success, 1 a failure that was said, 2 a wrong use that was said.
inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;
inline constexpr int kWrongUse = 2;

int failed(std::string_view message);  // says it, and is kFailure

}  // namespace diktate
