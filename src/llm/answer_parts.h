// Where the time of an answer went, for timelines.
#pragma once

#include <vector>

#include "core/ports.h"
#include "llm/language_model.h"

namespace diktate {

// How long the model read, and wrote; by the server's word, or else by the first byte.
Nanoseconds prompt_time(const LlmAnswer& answer);
Nanoseconds decode_time(const LlmAnswer& answer);

// In the order in which it passed: connect, queue, load, prompt, decode, gap. What took no time is left out.
std::vector<ProcessedPart> parts_of(const LlmAnswer& answer);

}  // namespace diktate
