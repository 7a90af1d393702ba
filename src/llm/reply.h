// What a language model answered, whichever service it runs on, and where the time went.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "llm/failure.h"

namespace diktate {

// Why the answer ends.
enum class Finish : unsigned char {
  none,     // it was cut: nobody said that it was over
  stop,     // it had said all
  length,   // a limit of tokens or of the context
  filter,   // a filter of the service
  refusal,  // the model will not
  load,     // only the model was loaded
  other,    // tools, errors, whatever comes yet
};

// Each as the server said it, and none where it did not, or said what cannot be.
struct LlmDurations {
  std::optional<Nanoseconds> load;    // until a model was there to run it
  std::optional<Nanoseconds> prompt;  // reading the prompt
  std::optional<Nanoseconds> decode;  // writing the answer
  std::optional<Nanoseconds> queue;   // waiting for its turn: what is left of the total
  std::optional<Nanoseconds> total;   // within the server
};

struct LlmReply {
  std::string text;
  bool thought = false;  // it also wrote down its reasoning, which is not in the text
  Finish finish = Finish::none;
  std::string finish_name;                    // the service's own word
  std::string model;                          // that answered
  std::optional<std::int64_t> prompt_tokens;  // with those from a cache
  std::optional<std::int64_t> cached_tokens;
  std::optional<std::int64_t> answer_tokens;
  LlmDurations durations;
};

// Says nothing.
bool is_blank(std::string_view text);

// queue = total - load - prompt - decode; none unless all are known and fit into the total.
std::optional<Nanoseconds> queue_time(const LlmDurations& durations);

// Transport, and ourselves: what the server's own total does not explain of the wall time. None without a
// total, or with one that is longer than the wall time.
std::optional<Nanoseconds> gap(const LlmReply& reply, Nanoseconds wall);

// `rejected` unless the reply ended by itself and says something.
LlmResult<void> usable(const Service& service, const LlmReply& reply);

// Reads an answer as it comes. Pure: no I/O, no clock; takes any bytes. One thread uses it.
class ReplyParser {
 public:
  virtual ~ReplyParser() = default;

  // One event of a stream: a line of NDJSON with an empty `type`, or the data of a server-sent event with its
  // type. After an error the answer is over.
  virtual LlmResult<void> feed(std::string_view type, std::string_view data) = 0;

  // What was read. An answer that was cut has Finish::none.
  virtual const LlmReply& reply() const = 0;
};

}  // namespace diktate
