// Fuzzes the parsers of what language models answer, and of their errors: they must never crash, never let a
// key through, and give the same answer however the bytes were split.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <fuzzer/FuzzedDataProvider.h>

#include "llm/anthropic_reply.h"
#include "llm/gemini_reply.h"
#include "llm/ollama_api.h"
#include "llm/ollama_reply.h"
#include "llm/openai_reply.h"
#include "net/line_parser.h"

namespace diktate {
namespace {

const Service kService{"openai", "http://localhost:1", "model", "sk-secret", "KEY", ""};

void require(bool condition) {
  if (!condition) std::abort();
}

struct Read {
  std::string text;
  Finish finish = Finish::none;
  std::string error;
  bool operator==(const Read&) const = default;
};

template <class Reader, class Feed>
void push_all(Reader& reader, std::string_view bytes, std::size_t step, const Feed& feed) {
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    if (!reader.push(bytes.substr(at, step), feed)) return;
  }
  (void)reader.finish(feed);
}

template <class Parser>
Read read(std::string_view bytes, std::size_t step, bool is_ndjson) {
  Parser parser(kService);
  Read result;
  const auto take = [&](std::string_view type, std::string_view data) -> Result<void> {
    const auto fed = parser.feed(type, data);
    if (fed) return {};
    result.error = fed.error().message;
    require(result.error.find("sk-secret") == std::string::npos);
    return tl::unexpected(to_error(fed.error()));
  };
  if (is_ndjson) {
    LineReader lines;
    push_all(lines, bytes, step, [&](std::string_view line) { return take({}, line); });
  } else {
    EventReader events;
    push_all(events, bytes, step, [&](const ServerEvent& event) { return take(event.name, event.data); });
  }
  result.text = parser.reply().text;
  result.finish = parser.reply().finish;
  (void)usable(kService, parser.reply());
  (void)gap(parser.reply(), Nanoseconds(1));
  return result;
}

template <class Parser>
void check(std::string_view bytes, std::size_t step, bool is_ndjson) {
  require(read<Parser>(bytes, step, is_ndjson) ==
          read<Parser>(bytes, std::max<std::size_t>(bytes.size(), 1), is_ndjson));
}

void check_error(int status, const std::string& bytes) {
  const LlmError error = error_of_status(kService, status, bytes, bytes);
  for (const std::string& shown : {error.message, error.said})
    require(shown.find("sk-secret") == std::string::npos);
  require(error.message.find('\n') == std::string::npos);
}

void check_api(std::string_view bytes) {
  if (const auto json = Json::parse(bytes)) {
    (void)models_in(*json);
    (void)facts_in(*json, "model");
  }
  (void)parse_time(bytes);
}

}  // namespace
}  // namespace diktate

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace diktate;
  FuzzedDataProvider input(data, size);
  const int kind = input.ConsumeIntegralInRange(0, 5);
  const auto step = input.ConsumeIntegralInRange<std::size_t>(1, 64);
  const int status = input.ConsumeIntegralInRange(300, 599);
  const std::string bytes = input.ConsumeRemainingBytesAsString();
  if (kind == 0) check<OllamaReply>(bytes, step, true);
  if (kind == 1) check<OpenAiReply>(bytes, step, false);
  if (kind == 2) check<AnthropicReply>(bytes, step, false);
  if (kind == 3) check<GeminiReply>(bytes, step, false);
  if (kind == 4) check_error(status, bytes);
  if (kind == 5) check_api(bytes);
  return 0;
}
