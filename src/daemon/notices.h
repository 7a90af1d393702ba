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

// A better text than the one that was inserted can be swapped in.
Notice notice_of_late_text(bool is_first);  // nothing was inserted before it

// When the daemon starts: what does not work here, one line each, and of takes that wait to be recovered;
// empty: there are none.
std::optional<Notice> notice_of_start(std::vector<std::string> problems, const std::string& unfinished);

}  // namespace diktate
