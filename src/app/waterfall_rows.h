// Folds a take's spans into the few rows that a person can read.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/timeline.h"

namespace diktate {

struct WaterfallBar {
  Instant start;
  Instant end;
  bool superseded = false;  // a decode that a later one of the same piece followed
};

struct WaterfallRow {
  std::string label;        // "recognise[2]", or "recognise[0-8]" for several
  int depth = 0;            // 0: top level
  Nanoseconds duration{0};  // of the bars that are not superseded, in all
  bool cold = false;
  int superseded = 0;  // how many
  std::vector<WaterfallBar> bars;
};

// A row a span, by start, children below their parent; except that earlier decodes of a piece stand in the
// row of its last one, and that of more than `most_pieces` pieces all but the last share rows.
std::vector<WaterfallRow> waterfall_rows(std::span<const Span> spans, int most_pieces = 4);

}  // namespace diktate
