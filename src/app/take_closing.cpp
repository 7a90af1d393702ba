#include "app/take_closing.h"

#include "app/json_values.h"
#include "app/take_json.h"

namespace diktate {

TakeClosing closing_of(const Take& take) {
  TakeClosing closing;
  closing.outcome = take.outcome;
  closing.lost = take.lost;
  closing.cause = take.cause;
  const bool delivered = take.outcome == Outcome::delivered || take.outcome == Outcome::delivered_fallback;
  if (delivered) closing.stop_to_text_ms = to_ms(take.delivered - take.key_up);
  if (take.outcome != Outcome::cancelled) {
    closing.raw_text = take.raw_text;
    closing.clean_text = take.text;
  }
  closing.processor = take.processor;
  closing.timings = spans_json(take);
  return closing;
}

}  // namespace diktate
