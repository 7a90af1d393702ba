#include <gtest/gtest.h>

#include "llm/anthropic_reply.h"
#include "llm/gemini_reply.h"
#include "llm/ollama_reply.h"
#include "llm/openai_reply.h"
#include "llm/recordings.h"
#include "net/line_parser.h"

namespace diktate {
namespace {

const Service kService{"test", "http://localhost:1", "model", "", "", ""};

LlmResult<LlmReply> lines(ReplyParser&& parser, std::string_view bytes) {
  LlmResult<void> fed;
  LineReader reader;
  const auto feed = [&](std::string_view line) -> Result<void> {
    if (fed) fed = parser.feed({}, line);
    return {};
  };
  EXPECT_TRUE(reader.push(bytes, feed));
  EXPECT_TRUE(reader.finish(feed));
  if (!fed) return tl::unexpected(fed.error());
  return parser.reply();
}

LlmResult<LlmReply> events(ReplyParser&& parser, std::string_view bytes) {
  LlmResult<void> fed;
  EventReader reader;
  const auto feed = [&](const ServerEvent& event) -> Result<void> {
    if (fed) fed = parser.feed(event.name, event.data);
    return {};
  };
  EXPECT_TRUE(reader.push(bytes, feed));
  EXPECT_TRUE(reader.finish(feed));
  if (!fed) return tl::unexpected(fed.error());
  return parser.reply();
}

LlmResult<LlmReply> ollama(std::string_view bytes) { return lines(OllamaReply(kService), bytes); }
LlmResult<LlmReply> openai(std::string_view bytes) { return events(OpenAiReply(kService), bytes); }
LlmResult<LlmReply> anthropic(std::string_view bytes) { return events(AnthropicReply(kService), bytes); }
LlmResult<LlmReply> gemini(std::string_view bytes) { return events(GeminiReply(kService), bytes); }

TEST(OllamaReply, JoinsAStreamAndReadsItsEnd) {
  const auto reply = ollama(recording("ollama/chat_stream.ndjson"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->text,
            " Several compute"
            "aye compla");
  EXPECT_EQ(reply->finish, Finish::length);
  EXPECT_EQ(reply->model, "tiny");
  EXPECT_EQ(reply->prompt_tokens, 11);
  EXPECT_EQ(reply->answer_tokens, 4);
  EXPECT_EQ(reply->durations.load, Nanoseconds(1'456'284));
  EXPECT_EQ(reply->durations.queue, Nanoseconds(168'608'054 - 1'456'284 - 4'422'000 - 157'529'000));
  EXPECT_EQ(gap(*reply, Nanoseconds(169'741'000)), Nanoseconds(169'741'000 - 168'608'054));
}

TEST(OllamaReply, ReadsAWholeAnswerAndOneThatOnlyLoads) {
  EXPECT_EQ(ollama(recording("ollama/chat.json"))->answer_tokens, 8);
  const auto load = ollama(recording("ollama/preload.json"));
  EXPECT_EQ(load->finish, Finish::load);
  EXPECT_EQ(load->durations.total, std::nullopt);
  EXPECT_FALSE(usable(kService, *load));
}

TEST(OllamaReply, DropsFiguresThatCannotBe) {
  const auto reply = ollama(
      R"({"message":{"content":"a"},"done":true,"done_reason":"stop","total_duration":-5,"load_duration":"1",
          "prompt_eval_count":-1,"eval_count":1.5e300,"prompt_eval_duration":9e99,"eval_duration":7})"
      "");
  // A line break inside a value is one of NDJSON too.
  EXPECT_FALSE(reply);
  const auto wrong = ollama(
      R"({"message":{"content":"a"},"done":true,"done_reason":"stop","total_duration":-5,"load_duration":"1",)"
      R"("prompt_eval_count":-1,"eval_count":1.5e300,"prompt_eval_duration":9e99,"eval_duration":7})");
  ASSERT_TRUE(wrong);
  EXPECT_EQ(wrong->durations.total, std::nullopt);
  EXPECT_EQ(wrong->durations.load, std::nullopt);
  EXPECT_EQ(wrong->durations.prompt, std::nullopt);
  EXPECT_EQ(wrong->durations.decode, Nanoseconds(7));
  EXPECT_EQ(wrong->durations.queue, std::nullopt);
  EXPECT_EQ(wrong->prompt_tokens, std::nullopt);
  EXPECT_EQ(wrong->answer_tokens, std::nullopt);
  EXPECT_TRUE(usable(kService, *wrong));
}

TEST(OllamaReply, HasNoGapWhenTheTotalIsLongerThanTheWait) {
  LlmReply reply;
  EXPECT_EQ(gap(reply, Nanoseconds(5)), std::nullopt);
  reply.durations.total = Nanoseconds(6);
  EXPECT_EQ(gap(reply, Nanoseconds(5)), std::nullopt);
}

TEST(OllamaReply, KeepsReasoningOutOfTheText) {
  const auto reply = ollama(
      "{\"message\":{\"thinking\":\"Hmm.\",\"content\":\"\"},\"done\":false}\n"
      "{\"message\":{\"content\":\"Yes.\"},\"done\":true,\"done_reason\":\"stop\"}\n");
  EXPECT_TRUE(reply->thought);
  EXPECT_EQ(reply->text, "Yes.");
}

TEST(OllamaReply, SaysThatAnAnswerBrokeOff) {
  const auto reply = ollama("{\"message\":{\"content\":\"Half a\"},\"done\":false}\n");
  ASSERT_TRUE(reply);
  EXPECT_EQ(usable(kService, *reply).error().failure, LlmFailure::down);
}

TEST(OllamaReply, ReportsAnErrorInMidStream) {
  const auto reply =
      ollama("{\"message\":{\"content\":\"a\"},\"done\":false}\n{\"error\":\"llama runner terminated\"}\n");
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().failure, LlmFailure::down);
  EXPECT_EQ(reply.error().said, "llama runner terminated");
}

TEST(OllamaReply, KnowsWhatIsNotOllama) {
  for (const auto* bytes : {"<html>\n", "[1]\n", "\"a\"\n", "{\"message\":\n"}) {
    EXPECT_EQ(ollama(bytes).error().failure, LlmFailure::bad_request) << bytes;
  }
}

TEST(OpenAiReply, JoinsAStreamWithItsUsageAndTimings) {
  const auto reply = openai(
      "data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}\n\n"
      "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"Hm\"}}]}\n\n"
      "data: {\"choices\":[{\"delta\":{\"content\":\"One \"}}]}\n\n"
      "data: {\"choices\":[{\"delta\":{\"content\":\"two.\"},\"finish_reason\":null}]}\n\n"
      "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],"
      "\"timings\":{\"cache_n\":30,\"prompt_n\":5,\"prompt_ms\":12.5,\"predicted_n\":3,\"predicted_ms\":40}}"
      "\n\n"
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":35,\"completion_tokens\":3}}\n\n"
      "data: [DONE]\n\n");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->text, "One two.");
  EXPECT_EQ(reply->finish, Finish::stop);
  EXPECT_TRUE(reply->thought);
  EXPECT_EQ(reply->durations.prompt, Nanoseconds(12'500'000));
  EXPECT_EQ(reply->durations.decode, Nanoseconds(40'000'000));
  EXPECT_EQ(reply->cached_tokens, 30);
  EXPECT_EQ(reply->prompt_tokens, 35);
  EXPECT_TRUE(usable(kService, *reply));
}

TEST(OpenAiReply, ReportsErrorsInTheStream) {
  EXPECT_EQ(
      openai("data: {\"error\":{\"message\":\"busy\",\"type\":\"overloaded_error\"}}\n\n").error().failure,
      LlmFailure::overloaded);
}

TEST(OpenAiReply, TakesOnlyANormalStopForAnAnswer) {
  for (const auto* reason : {"length", "content_filter", "tool_calls", "something"}) {
    const auto reply =
        openai(std::string("data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"") +
               reason + "\"}]}\n\n");
    EXPECT_EQ(usable(kService, *reply).error().failure, LlmFailure::rejected) << reason;
  }
  const auto refused =
      openai("data: {\"choices\":[{\"delta\":{\"refusal\":\"I cannot\"},\"finish_reason\":\"stop\"}]}\n\n");
  EXPECT_EQ(refused->finish, Finish::refusal);
  const auto blank =
      openai("data: {\"choices\":[{\"delta\":{\"content\":\" \\n\"},\"finish_reason\":\"stop\"}]}\n\n");
  EXPECT_EQ(usable(kService, *blank).error().failure, LlmFailure::rejected);
}

TEST(AnthropicReply, JoinsAStream) {
  const auto reply = anthropic(
      "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"m\",\"usage\":{"
      "\"input_tokens\":5,\"cache_read_input_tokens\":100,\"cache_creation_input_tokens\":2}}}\n\n"
      "event: ping\ndata: {\"type\":\"ping\"}\n\n"
      "data: "
      "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"Hm\"}}\n\n"
      "data: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"One\"}}\n\n"
      "data: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\" two.\"}}\n\n"
      "data: "
      "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":3}}"
      "\n\n"
      "data: {\"type\":\"message_stop\"}\n\n");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->text, "One two.");
  EXPECT_EQ(reply->prompt_tokens, 107);
  EXPECT_EQ(reply->cached_tokens, 100);
  EXPECT_EQ(reply->answer_tokens, 3);
  EXPECT_TRUE(usable(kService, *reply));
}

TEST(AnthropicReply, ReportsOverloadInTheStreamAndRefusals) {
  EXPECT_EQ(
      anthropic(
          "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":"
          "\"Overloaded\"}}\n\n")
          .error()
          .failure,
      LlmFailure::overloaded);
  const auto reply = anthropic(
      "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"refusal\"},\"usage\":{}}\n\n");
  EXPECT_EQ(usable(kService, *reply).error().failure, LlmFailure::rejected);
}

TEST(GeminiReply, JoinsAStreamWithoutThoughts) {
  const auto reply = gemini(
      "data: "
      "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hm\",\"thought\":true},{\"text\":\"One\"}]}}],"
      "\"modelVersion\":\"m\"}\r\n\r\n"
      "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\" two.\"}]},\"finishReason\":\"STOP\"}],"
      "\"usageMetadata\":{\"promptTokenCount\":7,\"candidatesTokenCount\":3}}\r\n\r\n");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->text, "One two.");
  EXPECT_TRUE(reply->thought);
  EXPECT_EQ(reply->prompt_tokens, 7);
  EXPECT_TRUE(usable(kService, *reply));
}

TEST(GeminiReply, TakesABlockedPromptForARejection) {
  for (const auto* event :
       {"data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n",
        "data: {\"candidates\":[{\"finishReason\":\"PROHIBITED_CONTENT\"}]}\n\n",
        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"finishReason\":"
        "\"MAX_TOKENS\"}]}\n\n"}) {
    EXPECT_EQ(usable(kService, *gemini(event)).error().failure, LlmFailure::rejected) << event;
  }
}

}  // namespace
}  // namespace diktate
