#include "llm/failure.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <ctime>
#include <utility>

#include "llm/endpoints.h"
#include "llm/json.h"
#include "net/http_client.h"
#include "text/sanitise.h"

namespace diktate {
namespace {

// What the error bodies of all services come down to.
struct Said {
  std::string message;
  std::string type;  // also its code
  std::string parameter;
  std::string retry_delay;  // "12s"
};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return text;
}

std::string first_of(const Json& json, std::initializer_list<std::string_view> paths) {
  for (const std::string_view path : paths) {
    if (auto text = json.text(path); !text.empty()) return text;
  }
  return {};
}

Said said_in(const Json& json) {
  Said said;
  said.message = first_of(json, {"error/message", "error", "message", "detail", "0/error/message"});
  said.type = first_of(json, {"error/type", "error/status", "type", "0/error/status"}) + " " +
              json.text("error/code");
  said.parameter = json.text("error/param");
  for (const Json& detail : json.items("error/details")) {
    if (detail.text("reason") == "API_KEY_INVALID") said.type += " invalid_api_key";
    if (auto delay = detail.text("retryDelay"); !delay.empty()) said.retry_delay = std::move(delay);
  }
  return said;
}

// Ollama hands on what its runner said as JSON within a string.
Said said_in(std::string_view body) {
  const auto json = Json::parse(body);
  if (!json) return {contains(body, "<") ? std::string() : std::string(body), {}, {}, {}};
  Said said = said_in(*json);
  const auto inner = Json::parse(said.message);
  return inner && inner->is_object() ? said_in(*inner) : said;
}

constexpr std::int64_t kLongestPause = 86'400;  // seconds; what asks for more asks for none

std::optional<Nanoseconds> seconds_from_now(const std::string& date) {
  std::tm parts{};
  if (::strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts) == nullptr) return std::nullopt;
  const std::int64_t seconds = std::max<std::int64_t>(0, ::timegm(&parts) - std::time(nullptr));
  if (seconds > kLongestPause) return std::nullopt;
  return std::chrono::seconds(seconds);
}

// Seconds, or a date (RFC 9110, 10.2.3).
std::optional<Nanoseconds> retry_time(const std::string& text) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{}) return seconds_from_now(text);
  if (!(seconds >= 0 && seconds <= kLongestPause)) return std::nullopt;
  return Nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
}

std::string who(const Service& service) { return service.processor + " at " + service.endpoint; }

std::string quoted(const std::string& words) { return words.empty() ? std::string() : ": " + words; }

LlmError bad_key(const Service& service, const Said& said) {
  if (service.key_variable.empty()) {
    return {LlmFailure::bad_key,
            who(service) + " does not let this program in; see its allowed origins and hosts"};
  }
  if (contains(lower(said.type + said.message), "quota") || contains(lower(said.message), "credit")) {
    return {LlmFailure::bad_key, "the account behind " + service.key_variable + " has no credit left at " +
                                     service.processor + "; top it up or choose another processor"};
  }
  const std::string wish =
      service.key.empty() ? " wants a key; put it into " : " does not accept the key in ";
  return {LlmFailure::bad_key, who(service) + wish + service.key_variable};
}

LlmError missing(const Service& service, const std::string& words) {
  if (!contains(lower(words), "model")) {
    return {LlmFailure::bad_request,
            who(service) + " has no such service; check the endpoint of this processor"};
  }
  if (service.processor == "ollama") {
    return {LlmFailure::bad_request,
            "ollama has no model '" + service.model + "'; get it with 'ollama pull " + service.model + "'"};
  }
  return {LlmFailure::bad_request,
          service.processor + " has no model '" + service.model + "'; set one that it has"};
}

LlmError bad_request(const Service& service, int status, const std::string& words) {
  if (status == 413 || contains(lower(words), "context size") || contains(lower(words), "context length")) {
    return {LlmFailure::bad_request, "the text is too long for '" + service.model + "' at " +
                                         service.processor +
                                         "; dictate less at once or choose a larger context"};
  }
  return {LlmFailure::bad_request, service.processor + " does not accept the request (" +
                                       std::to_string(status) +
                                       "); check model and options of this processor"};
}

LlmError overloaded(const Service& service, std::optional<Nanoseconds> after) {
  std::string message = who(service) + " has too much to do";
  if (after) {
    message += ", and asks to wait " +
               std::to_string(std::chrono::ceil<std::chrono::seconds>(*after).count()) + " s";
  }
  return {LlmFailure::overloaded, message + "; it is tried again later", after};
}

LlmError broken(const Service& service, int status, const std::string& words) {
  if (contains(lower(words), "memory")) {
    return {LlmFailure::overloaded,
            who(service) + " has not enough memory for '" + service.model + "'; choose a smaller model"};
  }
  return {LlmFailure::down, who(service) + " failed (" + std::to_string(status) + "); look at its log"};
}

LlmError loading(const Service& service) {
  return {LlmFailure::loading,
          who(service) + " is still loading its model; wait, or keep it loaded for longer"};
}

bool about_key(int status, const Said& said) {
  const std::string type = lower(said.type);
  return status == 401 || status == 402 || status == 403 || contains(type, "insufficient_quota") ||
         contains(type, "invalid_api_key");
}

// Without the server's own words, which may repeat what was dictated.
LlmError classified(const Service& service, int status, const Said& said, const std::string& retry_after) {
  const std::string words = presentable(service, said.message);
  const std::string all = lower(said.type + " " + said.message);
  if (about_key(status, said)) return bad_key(service, said);
  if (contains(all, "content_filter") || contains(all, "content_policy")) {
    return {LlmFailure::rejected, service.processor + " would not work on this text (content filter)"};
  }
  if (status == 404) return missing(service, words);
  if (status == 408) return {LlmFailure::slow, who(service) + " gave up waiting (408); check the network"};
  if (status == 429 || status == 529) return overloaded(service, retry_time(retry_after));
  if (status == 503) {
    return contains(all, "loading") ? loading(service) : overloaded(service, retry_time(retry_after));
  }
  // Ollama answers 500 to an option of the wrong type.
  if (status >= 500 && !contains(said.message, "option \"")) return broken(service, status, words);
  return bad_request(service, status, words);
}

LlmError with_words(LlmError error, const Service& service, const Said& said) {
  if (error.failure != LlmFailure::bad_key) error.said = presentable(service, said.message);
  return error;
}

bool is_word(char letter) { return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_'; }

bool names_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]))) return true;
  }
  return false;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// At most `most` bytes, with no character cut in two.
std::string shortened(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  return text.substr(0, most) + "...";
}

}  // namespace

std::string_view to_string(LlmFailure failure) { return kLlmFailureNames[static_cast<std::size_t>(failure)]; }

std::string whole_line(const LlmError& error) { return error.message + quoted(error.said); }

tl::unexpected<LlmError> llm_fail(LlmFailure failure, std::string message) {
  return tl::unexpected<LlmError>(LlmError{failure, std::move(message)});
}

Error to_error(const LlmError& error) {
  switch (error.failure) {
    case LlmFailure::slow:
    case LlmFailure::loading:
      return {ErrorKind::timeout, error.message};
    case LlmFailure::down:
    case LlmFailure::overloaded:
      return {ErrorKind::unavailable, error.message};
    case LlmFailure::bad_request:
    case LlmFailure::bad_key:
      return {ErrorKind::invalid, error.message};
    case LlmFailure::cancelled:
      return {ErrorKind::cancelled, error.message};
    case LlmFailure::rejected:
      break;
  }
  return {ErrorKind::failed, error.message};
}

LlmError error_of_status(const Service& service, int status, std::string_view body,
                         std::string_view retry_after) {
  const Said said = said_in(body);
  const std::string retry(retry_after.empty() ? std::string_view(said.retry_delay) : retry_after);
  LlmError error = classified(service, status, said, retry);
  error.parameter = said.parameter;
  return with_words(std::move(error), service, said);
}

LlmError error_in_stream(const Service& service, std::string_view type, std::string_view message) {
  const Said said{std::string(message), std::string(type), {}, {}};
  const std::string kind = lower(said.type);
  int status = 500;
  if (contains(kind, "overloaded") || contains(kind, "rate_limit") || contains(kind, "unavailable"))
    status = 529;
  if (contains(kind, "authentication") || contains(kind, "permission")) status = 401;
  if (contains(kind, "invalid_request")) status = 400;
  return with_words(classified(service, status, said, {}), service, said);
}

namespace {

// Only who listens nowhere can be started.
std::string way_to_reach(const Service& service, const Error& error) {
  const bool local = is_local(service.endpoint);
  if (error.kind == ErrorKind::refused) {
    if (!local) return "does it run there?";
    return service.start_with.empty() ? "start it, or correct its endpoint"
                                      : "start it with '" + service.start_with + "'";
  }
  if (error.kind == ErrorKind::failed) return "check its endpoint, or look at its log";
  return local ? "check its endpoint" : "check its endpoint and the network";
}

}  // namespace

LlmError error_of_transport(const Service& service, const Error& error) {
  const std::string words = presentable(service, error.message);
  if (error.kind == ErrorKind::cancelled) return {LlmFailure::cancelled, "cancelled"};
  if (error.kind == ErrorKind::timeout) {
    return {LlmFailure::slow, who(service) + " did not answer in time; is it busy, or hung?" + quoted(words)};
  }
  if (error.kind == ErrorKind::invalid) {
    return {LlmFailure::bad_request,
            "the endpoint of " + service.processor + " cannot be used; correct it" + quoted(words)};
  }
  const std::string what = error.kind == ErrorKind::failed ? " gave no good answer" : " cannot be reached";
  return {LlmFailure::down, who(service) + what + "; " + way_to_reach(service, error) + quoted(words)};
}

LlmError error_of_stranger(const Service& service, std::string_view content_type) {
  const std::string kind = content_type.empty() ? "something unreadable" : presentable(service, content_type);
  return {LlmFailure::bad_request, who(service) + " answers with " + kind + ", not as " + service.processor +
                                       " does; check the endpoint"};
}

std::string_view parameter_to_drop(const LlmError& error, std::span<const std::string_view> optional) {
  if (error.failure != LlmFailure::bad_request) return {};
  for (const std::string_view name : optional) {
    if (names_word(error.parameter, name)) return name;
  }
  for (const std::string_view name : optional) {
    if (names_word(error.said, name)) return name;
  }
  return {};
}

std::string presentable(const Service& service, std::string_view text) {
  std::string line = sanitised(text.substr(0, 4096));
  if (!service.key.empty()) replace_all(line, service.key, "(key)");
  std::replace_if(
      line.begin(), line.end(), [](char letter) { return letter == '\n' || letter == '\t'; }, ' ');
  return shortened(std::move(line), 200);
}

}  // namespace diktate
