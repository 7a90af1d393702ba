// What the user is told of what happened: where all went well, nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ports.h"
#include "daemon/take_report.h"

namespace diktate {

std::optional<Notice> notice_of(const TakeReport& report);

// A text that was inserted without a take.
std::optional<Notice> notice_of(const Result<Insertion>& inserted);

// What does not work here, one line each.
std::optional<Notice> notice_of(const std::vector<std::string>& problems);

}  // namespace diktate
