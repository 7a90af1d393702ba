// A take as the pipeline would leave it, for the tests of everything that shows one.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "core/pipeline.h"

namespace diktate {

// Key down is 100 s after the clock's zero: nothing may rely on it being zero.
inline Instant at_ms(double ms) {
  return Instant(std::chrono::seconds(100)) + Nanoseconds(static_cast<std::int64_t>(ms * 1e6));
}

inline std::size_t add_span(Take& take, SpanName name, int index, const std::string& thread, double start_ms,
                            double end_ms, std::optional<std::size_t> parent = {}, bool cold = false) {
  take.spans.push_back({name, index, parent, thread, at_ms(start_ms), at_ms(end_ms), cold});
  return take.spans.size() - 1;
}

inline std::size_t add_decode(Take& take, int index, double submitted, double begun, double done) {
  const auto decode = add_span(take, SpanName::recognise, index, "recognise", submitted, done);
  add_span(take, SpanName::queue, index, "recognise", submitted, begun, decode);
  add_span(take, SpanName::work, index, "recognise", begun, done, decode);
  return decode;
}

// Eleven seconds of speech in two pieces; the second was decoded twice at pauses before its last decode,
// which key up (at 11,000 ms) interrupts.
inline Take two_piece_take() {
  Take take;
  take.outcome = Outcome::delivered;
  take.key_down = at_ms(0);
  take.key_up = at_ms(11000);
  take.delivered = at_ms(11084);
  take.heard = samples_of(11.0);
  take.raw_text = take.clean_text = take.text = "And so my fellow Americans. Ask not.";
  take.pieces = {{0, 0, samples_of(8.0), 0, Cut::pause, "And so my fellow Americans.", {}, {}},
                 {1, samples_of(8.0), samples_of(11.0), 0, Cut::end, "Ask not.", {}, {}}};
  add_span(take, SpanName::open, 0, "main", 0, 1);
  add_span(take, SpanName::prepare, 0, "recognise", 1, 560, {}, true);
  add_span(take, SpanName::first_sample, 0, "main", 0, 32);
  add_span(take, SpanName::hear, 0, "main", 32, 11000);
  add_span(take, SpanName::segment, 0, "main", 300, 8200);
  add_decode(take, 0, 8200, 8201, 8360);
  add_span(take, SpanName::segment, 1, "main", 8100,
           11002);  // its lead was heard before the first was closed
  add_decode(take, 1, 9000, 9001, 9050);
  add_decode(take, 1, 10000, 10001, 10070);
  add_decode(take, 1, 10980, 10990, 11080);
  add_span(take, SpanName::join, 0, "main", 11081, 11081.5);
  add_span(take, SpanName::clean, 0, "main", 11081.5, 11082);
  add_span(take, SpanName::deliver, 0, "main", 11082, 11084);
  add_span(take, SpanName::close, 0, "main", 11084, 11100);
  return take;
}

}  // namespace diktate
