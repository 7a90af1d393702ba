// What became of a take, for clients and for the history.
#pragma once

#include <optional>
#include <string>

#include "core/pipeline.h"
#include "core/ports.h"
#include "daemon/take_machine.h"

namespace diktate {

struct TakeReport {
  TakeNumber take = 0;
  std::string began;    // UTC, as ISO 8601 writes it
  std::string profile;  // that it was dictated with
  Take result;
  std::string target;                  // where the text was to go; empty: not known
  std::optional<Insertion> insertion;  // none: there was nothing to insert, or nowhere to
  std::optional<LateText> late = {};   // a better text, which came when that one was there; memory only
  std::optional<Error> microphone_failure = {};  // why it could not be opened, or did not last
  std::string unprotected = {};                  // why a crash would have lost it; empty: it would not
  std::string unrecorded = {};  // why it is not in the history, or not as it should be; empty: it is
};

// As docs/rpc.md describes it: a row of the history, and the data of the event "final".
std::string report_json(const TakeReport& report);

// The data of an event "piece".
std::string piece_json(TakeNumber take, const Piece& piece, bool final);

// The data of an event "late".
std::string late_json(TakeNumber take, const LateText& late);

// What "insert-last" answers.
std::string insertion_json(TakeNumber take, const std::string& text, const Insertion& insertion);

std::string utc_now();

}  // namespace diktate
