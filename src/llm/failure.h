// How a language model can fail to answer, sorted by what helps, with a line for a person that names the way
// out.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace diktate {

// In the order of kLlmFailureNames.
enum class LlmFailure : unsigned char {
  down,         // nobody listens, or the answer broke off
  slow,         // no answer in time
  loading,      // the server is loading the model
  overloaded,   // too many requests, or too little of something: later
  rejected,     // it answered, with nothing that may be used: a filter, a refusal, cut off
  bad_request,  // a setting is wrong: the model, the address, a parameter
  bad_key,      // the key is missing or not accepted
  cancelled,    // somebody asked to stop
};
inline constexpr std::string_view kLlmFailureNames[] = {"down",     "slow",        "loading", "overloaded",
                                                        "rejected", "bad request", "bad key", "cancelled"};

std::string_view to_string(LlmFailure failure);

struct LlmError {
  LlmFailure failure = LlmFailure::down;
  std::string message;                     // one line, without a key or words of the server or user in it
  std::optional<Nanoseconds> retry_after;  // the server's own wish
  std::string parameter;                   // bad_request: the one that the server names, if it names one
  // The server's own words, as presentable() shows them. They may repeat the request: not for where no word
  // of the user's may stand.
  std::string said;
};

// The message with the server's own words: where nothing was asked but how it is.
std::string whole_line(const LlmError& error);

template <class T>
using LlmResult = tl::expected<T, LlmError>;

tl::unexpected<LlmError> llm_fail(LlmFailure failure, std::string message);

// The same for those who know nothing of models.
Error to_error(const LlmError& error);

// Who is asked: for messages, and for what may not stand in them.
struct Service {
  std::string processor;     // "ollama"
  std::string endpoint;      // "http://localhost:11434"
  std::string model;         // as configured or chosen; may be empty
  std::string key;           // never shown
  std::string key_variable;  // where it comes from: "OPENAI_API_KEY"
  std::string start_with;    // how a person starts the server: "ollama serve"
};

// An answer with a status of 400 and more. `body` is what the server said, `retry_after` its header.
LlmError error_of_status(const Service& service, int status, std::string_view body,
                         std::string_view retry_after);

// An error that came inside a stream that had begun well. `type` is the service's word for it, if any.
LlmError error_in_stream(const Service& service, std::string_view type, std::string_view message);

// No answer at all: what the HTTP client said.
LlmError error_of_transport(const Service& service, const Error& error);

// What is not an answer of this kind of service: HTML, other JSON.
LlmError error_of_stranger(const Service& service, std::string_view content_type);

// Which of `optional` a bad request was about, as far as the server says; "" if it does not.
std::string_view parameter_to_drop(const LlmError& error, std::span<const std::string_view> optional);

// `text` as one line of at most 200 characters, without control characters and without the key.
std::string presentable(const Service& service, std::string_view text);

}  // namespace diktate
