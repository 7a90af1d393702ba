// Runs a command of the user's with a text on its standard input.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace diktate {

// Runs it by sh and waits for its end; after the limit, or when `cancel` is requested, it is ended with all
// that it started. Its output is dropped. Fails if it cannot be started or does not answer with 0. Any
// thread.
Result<void> pipe_into(const std::string& command, std::string_view text, Nanoseconds limit,
                       std::stop_token cancel);

}  // namespace diktate
