// Takes of the journal as JSON: what scripts read. docs/cli.md describes every field.
#pragma once

#include <string>
#include <vector>

#include "store/history.h"
#include "store/take_files.h"

namespace diktate {

// An object each, in one line without a line end; bytes that are not UTF-8 are replaced.
std::string history_json(const HistoryRow& row);
std::string unfinished_json(const TakeState& take);

// How far it came: "audio", "raw_text", "clean_text".
std::string_view stage_of(const TakeState& take);

// "2026-11-28T21:10:05.123Z"
std::string format_time(std::int64_t unix_ms);
// "2026-11-28 21:10", where the user is.
std::string format_local_time(std::int64_t unix_ms);

}  // namespace diktate
