// OpenAI-compatible servers, Anthropic and Gemini: what is sent to them, and how their failures are told.
#include "llm/anthropic.h"
#include "llm/gemini.h"
#include "llm/model_fixture.h"
#include "llm/openai.h"

namespace diktate {
namespace {

using fakes::HttpScript;
using fakes::json_answer;
using fakes::streamed_answer;

constexpr const auto* kSse = "text/event-stream";
constexpr const auto* kKey = "sk-secret-1234";

constexpr const auto* kOpenAiAnswer =
    "data: {\"choices\":[{\"delta\":{\"content\":\"Hello.\"},\"finish_reason\":\"stop\"}]}\n\ndata: "
    "[DONE]\n\n";

class OpenAiTest : public ModelTest {
 protected:
  OpenAiTest() { server.on("/v1/chat/completions", streamed_answer(kSse, {kOpenAiAnswer})); }

  std::unique_ptr<LanguageModel> model(const std::string& name = "small") const {
    return *make_openai({.endpoint = server.url("/v1/"), .model = name, .key = kKey, .http = http});
  }
  std::vector<nlohmann::json> chats() const { return bodies("/v1/chat/completions"); }
};

TEST_F(OpenAiTest, SendsTheKeyInAHeaderAndReadsTheStream) {
  const auto answer = model()->complete(request_for("um hello"), {});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->reply.text, "Hello.");
  const auto request = server.received("/v1/chat/completions").at(0);
  EXPECT_EQ(request.header("authorization"), std::string("Bearer ") + kKey);
  EXPECT_EQ(request.body.find("secret"), std::string::npos);
  const auto body = chats().at(0);
  EXPECT_EQ(body["model"], "small");
  EXPECT_EQ(body["max_tokens"], 50);
  EXPECT_EQ(body["messages"][0]["role"], "system");
}

TEST_F(OpenAiTest, TakesAnAnswerInOnePiece) {
  server.on("/v1/chat/completions",
            json_answer(
                "{\n \"choices\": [\n {\"message\": {\"content\": \"Hi.\"}, \"finish_reason\": \"stop\"}]}"));
  EXPECT_EQ(model()->complete(request_for("x"), {})->reply.text, "Hi.");
}

TEST_F(OpenAiTest, DropsParametersOneByOneAndRemembersThem) {
  server.on("/v1/chat/completions",
            {json_answer(
                 R"({"error":{"message":"Use 'max_completion_tokens' instead","param":"max_tokens"}})", 400),
             json_answer(R"({"error":{"message":"bad","param":"temperature"}})", 400),
             streamed_answer(kSse, {kOpenAiAnswer})});
  const auto openai = model();
  ASSERT_TRUE(openai->complete(request_for("x"), {}));
  ASSERT_TRUE(openai->complete(request_for("x"), {}));
  ASSERT_EQ(chats().size(), 4U);
  EXPECT_EQ(chats()[2]["max_completion_tokens"], 50);
  for (const std::size_t i : {2U, 3U}) {
    EXPECT_FALSE(chats()[i].contains("max_tokens"));
    EXPECT_FALSE(chats()[i].contains("temperature"));
  }
}

TEST_F(OpenAiTest, GivesUpOnABadRequestThatNamesNothingItCanLeaveOut) {
  server.on("/v1/chat/completions",
            json_answer(R"({"error":{"message":"bad 'messages'","param":"messages"}})", 400));
  EXPECT_EQ(model()->complete(request_for("x"), {}).error().failure, LlmFailure::bad_request);
  EXPECT_EQ(chats().size(), 1U);
}

TEST_F(OpenAiTest, AdaptsToFamiliesOfModels) {
  for (const auto* name : {"gpt-5-mini", "Qwen/Qwen3-4B", "google/gemma-2-2b-it"}) {
    ASSERT_TRUE(model(name)->complete(request_for("x"), {}));
  }
  EXPECT_EQ(chats().at(0)["reasoning_effort"], "low");
  EXPECT_FALSE(chats().at(0).contains("temperature"));
  EXPECT_TRUE(chats().at(0).contains("max_completion_tokens"));
  EXPECT_EQ(chats().at(1)["chat_template_kwargs"]["enable_thinking"], false);
  EXPECT_EQ(chats().at(2)["messages"].size(), 1U);
}

TEST_F(OpenAiTest, NeverShowsTheKeyWhateverTheServerSays) {
  for (const int status : {400, 401, 403, 404, 408, 413, 429, 500, 502, 503, 504, 529}) {
    server.on("/v1/chat/completions",
              json_answer(R"({"error":{"message":"Incorrect API key provided: sk-secret-1234"}})", status));
    const auto answer = model()->complete(request_for("x"), {});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().message.find("secret"), std::string::npos) << answer.error().message;
  }
}

TEST_F(OpenAiTest, SaysHowLongAServerAsksToWait) {
  server.on("/v1/chat/completions",
            HttpScript().answer(429, "application/json", "{}", {{"Retry-After", "3"}}));
  const auto answer = model()->complete(request_for("x"), {});
  EXPECT_EQ(answer.error().failure, LlmFailure::overloaded);
  EXPECT_EQ(answer.error().retry_after, Nanoseconds(std::chrono::seconds(3)));
}

TEST_F(OpenAiTest, PrimesALocalServerOnce) {
  server.on(
      "/v1/chat/completions",
      streamed_answer(
          kSse, {"data: {\"choices\":[{\"delta\":{\"content\":\"A\"},\"finish_reason\":\"length\"}]}\n\n"}));
  const auto openai = model();
  EXPECT_TRUE(openai->prepare(prompt_prefix({}), {}));
  EXPECT_TRUE(openai->prepare(prompt_prefix({}), {}));
  ASSERT_EQ(chats().size(), 1U);
  EXPECT_EQ(chats()[0]["max_tokens"], 1);
}

class AnthropicTest : public ModelTest {
 protected:
  std::unique_ptr<LanguageModel> model() const {
    return *make_anthropic({.endpoint = server.url(), .model = "m", .key = kKey, .http = http});
  }
};

TEST_F(AnthropicTest, SendsWhatTheApiWantsAndReadsTheStream) {
  server.on("/v1/messages",
            streamed_answer(
                kSse, {"event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{"
                       "\"type\":\"text_delta\",\"text\":\"Hello.\"}}\n\n",
                       "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}\n\n"}));
  const auto answer = model()->complete(request_for("um hello"), {});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->reply.text, "Hello.");
  const auto request = server.received("/v1/messages").at(0);
  EXPECT_EQ(request.header("x-api-key"), kKey);
  EXPECT_EQ(request.header("anthropic-version"), "2023-06-01");
  const auto body = bodies("/v1/messages").at(0);
  EXPECT_EQ(body["system"][0]["cache_control"]["type"], "ephemeral");
  EXPECT_EQ(body["messages"][0]["role"], "user");
  EXPECT_EQ(body["max_tokens"], 50);
}

TEST_F(AnthropicTest, IsOverloadedInMidStream) {
  server.on("/v1/messages",
            streamed_answer(kSse, {"event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":"
                                   "\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n"}));
  EXPECT_EQ(model()->complete(request_for("x"), {}).error().failure, LlmFailure::overloaded);
}

class GeminiTest : public ModelTest {
 protected:
  std::unique_ptr<LanguageModel> model(const std::string& name = "models/gemini-flash") const {
    return *make_gemini({.endpoint = server.url(), .model = name, .key = kKey, .http = http});
  }
  static constexpr const auto* kPath = "/v1beta/models/gemini-flash:streamGenerateContent";
};

TEST_F(GeminiTest, SendsTheKeyInAHeaderAndNeverInTheUrl) {
  server.on(kPath,
            streamed_answer(kSse, {"data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hello.\"}]},"
                                   "\"finishReason\":\"STOP\"}]}\r\n\r\n"}));
  const auto answer = model()->complete(request_for("um hello"), {});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->reply.text, "Hello.");
  const auto request = server.received().at(0);
  EXPECT_EQ(request.path, std::string(kPath) + "?alt=sse");
  EXPECT_EQ(request.header("x-goog-api-key"), kKey);
  const auto body = bodies(kPath).at(0);
  EXPECT_EQ(body["contents"][0]["parts"][0]["text"], "<dictation>\num hello\n</dictation>");
  EXPECT_TRUE(body["systemInstruction"]["parts"][0]["text"].is_string());
  EXPECT_EQ(body["generationConfig"]["thinkingConfig"]["thinkingBudget"], 0);
}

TEST_F(GeminiTest, LetsAModelThinkThatMust) {
  server.on(
      kPath,
      {json_answer(
           R"({"error":{"code":400,"message":"Budget 0 is invalid. This model only works in thinking mode."}})",
           400),
       streamed_answer(kSse, {"data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hello.\"}]},"
                              "\"finishReason\":\"STOP\"}]}\n\n"})});
  ASSERT_TRUE(model()->complete(request_for("x"), {}));
  EXPECT_FALSE(bodies(kPath).at(1)["generationConfig"].contains("thinkingConfig"));
}

TEST_F(GeminiTest, TakesABlockedAnswerForARejection) {
  server.on(kPath, streamed_answer(kSse, {"data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n"}));
  EXPECT_EQ(model()->complete(request_for("x"), {}).error().failure, LlmFailure::rejected);
}

TEST(MakeServices, ContactNobodyWithoutAnEndpointOrAModel) {
  EXPECT_FALSE(make_openai({}));
  EXPECT_FALSE(make_anthropic({.model = "m"}));
  EXPECT_FALSE(make_anthropic({.endpoint = "https://example.com"}));
  EXPECT_FALSE(make_gemini({.endpoint = "https://example.com", .model = "../x?key=1"}));
}

}  // namespace
}  // namespace diktate
