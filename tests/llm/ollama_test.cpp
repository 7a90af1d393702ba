#include "llm/ollama.h"

#include <thread>

#include "llm/endpoints.h"
#include "llm/model_fixture.h"
#include "llm/ollama_api.h"

namespace diktate {
namespace {

using fakes::HttpScript;
using fakes::json_answer;
using fakes::streamed_answer;
using std::chrono::milliseconds;

constexpr const auto* kNdjson = "application/x-ndjson";
constexpr const auto* kAnswer =
    "{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":\"Hello.\"},\"done\":true,\"done_"
    "reason\":"
    "\"stop\",\"total_duration\":5000000,\"load_duration\":1000000,\"prompt_eval_count\":20,"
    "\"prompt_eval_duration\":1000000,\"eval_count\":2,\"eval_duration\":2000000}\n";
const std::string kLoaded =
    R"({"models":[{"name":"tiny:latest","model":"tiny:latest","expires_at":"2030-01-01T00:20:00Z","context_length":8192}]})";

std::chrono::system_clock::time_point year_2030() { return *parse_time("2030-01-01T00:00:00Z"); }

class OllamaTest : public ModelTest {
 protected:
  OllamaTest() {
    server.on("/api/version", json_answer(recording("ollama/version.json")));
    server.on("/api/ps", json_answer(recording("ollama/ps0.json")));
    server.on("/api/tags", json_answer(recording("ollama/tags.json")));
    server.on("/api/show", json_answer(recording("ollama/show.json")));
    server.on("/api/chat", streamed_answer(kNdjson, {kAnswer}));
  }

  std::unique_ptr<LanguageModel> model(const std::string& name = "tiny") const {
    OllamaOptions options{.endpoint = server.url(), .model = name, .http = http};
    options.wall_clock = year_2030;
    return *make_ollama(options);
  }
};

TEST_F(OllamaTest, AnswersWithTextFiguresAndTheWayThere) {
  const auto answer = model()->complete(request_for("um hello"), {});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->reply.text, "Hello.");
  EXPECT_EQ(answer->reply.durations.queue, Nanoseconds(milliseconds(1)));
  EXPECT_EQ(answer->http.address, "127.0.0.1");
}

TEST_F(OllamaTest, SendsNoRunnerOptionAndNeverTruncates) {
  ASSERT_TRUE(model()->complete(request_for("um hello"), {}));
  const auto body = bodies("/api/chat").at(0);
  EXPECT_EQ(body["model"], "tiny");
  EXPECT_EQ(body["stream"], true);
  EXPECT_EQ(body["truncate"], false);
  EXPECT_EQ(body["keep_alive"], 600);
  EXPECT_FALSE(body.contains("shift"));
  EXPECT_FALSE(body.contains("think"));
  EXPECT_EQ(body["options"], nlohmann::json({{"num_predict", 50}, {"temperature", 0}}));
  EXPECT_EQ(body["messages"][0]["role"], "system");
  EXPECT_EQ(body["messages"][1]["content"], "<dictation>\num hello\n</dictation>");
}

TEST_F(OllamaTest, JoinsAStreamThatComesInPieces) {
  server.on("/api/chat",
            streamed_answer(kNdjson,
                            {"{\"message\":{\"content\":\"He", "llo \xC3", "\xA9\"},\"done\":false}\n{\"mess",
                             "age\":{\"content\":\".\"},\"done\":true,\"done_reason\":\"stop\"}\n"},
                            milliseconds(1)));
  EXPECT_EQ(model()->complete(request_for("x"), {})->reply.text, "Hello \xC3\xA9.");
}

TEST_F(OllamaTest, LoadsTheModelWithTheOptionsOfLaterRequestsAndPrimesThePrompt) {
  server.on("/api/ps", {json_answer(R"({"models":[]})"), json_answer(kLoaded)});
  server.on("/api/chat", {json_answer(recording("ollama/preload.json")), json_answer(kAnswer),
                          streamed_answer(kNdjson, {kAnswer})});
  const auto ollama = model();
  ASSERT_TRUE(ollama->prepare(prompt_prefix({}), {}));
  ASSERT_TRUE(ollama->complete(request_for("x"), {}));
  const auto chats = bodies("/api/chat");
  ASSERT_EQ(chats.size(), 3U);
  EXPECT_TRUE(chats[0]["messages"].empty());
  EXPECT_EQ(chats[1]["options"]["num_predict"], 1);
  EXPECT_EQ(chats[1]["messages"][0], chats[2]["messages"][0]);
  EXPECT_TRUE(std::string(chats[2]["messages"][1]["content"])
                  .starts_with(std::string(chats[1]["messages"][1]["content"])));
  for (const auto& chat : chats) EXPECT_FALSE(chat["options"].contains("num_ctx")) << chat;
}

TEST_F(OllamaTest, PrimesOnceAsLongAsTheModelStays) {
  server.on("/api/ps", {json_answer(kLoaded), json_answer(kLoaded), json_answer(R"({"models":[]})")});
  const auto ollama = model();
  ASSERT_TRUE(ollama->prepare(prompt_prefix({}), {}));
  ASSERT_TRUE(ollama->prepare(prompt_prefix({}), {}));
  EXPECT_EQ(server.executions("/api/chat"), 1);
  ASSERT_TRUE(ollama->prepare(prompt_prefix({}), {}));
  EXPECT_EQ(server.executions("/api/chat"), 3);
}

TEST_F(OllamaTest, UsesAModelAsSomebodyElseHasLoadedIt) {
  server.on("/api/ps", json_answer(kLoaded));
  const auto ollama = model();
  ASSERT_TRUE(ollama->prepare(prompt_prefix({}), {}));
  ASSERT_TRUE(ollama->complete(request_for("x"), {}));
  for (const auto& chat : bodies("/api/chat")) EXPECT_EQ(chat["options"]["num_ctx"], 8192);
}

TEST_F(OllamaTest, NeverShortensHowLongAModelStays) {
  server.on("/api/ps", json_answer(kLoaded));
  const auto ollama = model();
  ASSERT_TRUE(ollama->prepare(prompt_prefix({}), {}));
  EXPECT_EQ(bodies("/api/chat").at(0)["keep_alive"], 20 * 60);
  const auto forever = models_in(*Json::parse(recording("ollama/ps_forever.json")));
  EXPECT_EQ(keep_alive_seconds(600, &forever.at(0), year_2030()), -1);
  EXPECT_EQ(keep_alive_seconds(600, nullptr, year_2030()), 600);
  const auto expired = models_in(*Json::parse(recording("ollama/ps1.json")));
  EXPECT_EQ(keep_alive_seconds(600, &expired.at(0), year_2030()), 600);
  EXPECT_EQ(keep_alive_seconds(-1, &expired.at(0), year_2030()), -1);
}

TEST_F(OllamaTest, AsksForALargerContextOnlyForALongText) {
  const std::string long_text(20'000, 'x');
  ASSERT_TRUE(model()->complete(request_for(long_text), {}));
  EXPECT_EQ(bodies("/api/chat").at(0)["options"]["num_ctx"], 4096);  // all that the model has
}

TEST_F(OllamaTest, TellsThinkingModelsNotToThink) {
  server.on("/api/show", json_answer(R"({"capabilities":["completion","thinking"]})"));
  ASSERT_TRUE(model("qwen3:4b")->complete(request_for("x"), {}));
  ASSERT_TRUE(model("gpt-oss:20b")->complete(request_for("x"), {}));
  const auto chats = bodies("/api/chat");
  EXPECT_EQ(chats.at(0)["think"], false);
  EXPECT_EQ(chats.at(1)["think"], "low");
}

TEST_F(OllamaTest, DropsAParameterThatIsNotTakenAndRemembersIt) {
  server.on("/api/show", json_answer(R"({"capabilities":["thinking"]})"));
  server.on("/api/chat",
            {json_answer(recording("ollama/think.json"), 400), streamed_answer(kNdjson, {kAnswer})});
  const auto ollama = model();
  ASSERT_TRUE(ollama->complete(request_for("x"), {}));
  ASSERT_TRUE(ollama->complete(request_for("x"), {}));
  const auto chats = bodies("/api/chat");
  ASSERT_EQ(chats.size(), 3U);
  EXPECT_TRUE(chats[0].contains("think"));
  EXPECT_FALSE(chats[1].contains("think"));
  EXPECT_FALSE(chats[2].contains("think"));
}

TEST_F(OllamaTest, TakesTheLoadedModelWhenNoneIsSet) {
  server.on("/api/ps", json_answer(R"({"models":[{"name":"far","remote_host":"https://ollama.com"},
      {"name":"embed","capabilities":["embedding"]},{"name":"tiny:latest"}]})"));
  ASSERT_TRUE(model("")->complete(request_for("x"), {}));
  EXPECT_EQ(bodies("/api/chat").at(0)["model"], "tiny:latest");
}

TEST_F(OllamaTest, NamesTheWayToAModelWhenNoneIsLoaded) {
  const auto answer = model("")->complete(request_for("x"), {});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().failure, LlmFailure::bad_request);
  EXPECT_EQ(
      answer.error().message,
      "no model is set for ollama, and none is loaded; set one of slow:latest, tiny:latest, or get another "
      "with 'ollama pull MODEL'");
}

TEST_F(OllamaTest, RefusesAModelThatRunsElsewhereUnlessItIsNamed) {
  server.on("/api/ps",
            json_answer(R"({"models":[{"name":"tiny"}]})"));  // an older row, which does not say so
  server.on("/api/show", json_answer(R"({"remote_host":"https://ollama.com:443","remote_model":"big"})"));
  const auto answer = model("")->complete(request_for("x"), {});
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.error().message.find("runs elsewhere (https://ollama.com:443)"), std::string::npos);
  EXPECT_EQ(server.executions("/api/chat"), 0);
  EXPECT_TRUE(model("tiny")->complete(request_for("x"), {}));
}

TEST_F(OllamaTest, SaysHowToGetAModelThatIsMissing) {
  server.on("/api/show", json_answer(recording("ollama/err_nomodel_chat.json"), 404));
  EXPECT_EQ(model("nope")->complete(request_for("x"), {}).error().message,
            "ollama has no model 'nope'; get it with 'ollama pull nope'");
}

TEST_F(OllamaTest, LooksAgainAfterABadRequest) {
  server.on("/api/chat",
            {json_answer(R"({"error":"model 'tiny' not found"})", 404), streamed_answer(kNdjson, {kAnswer})});
  const auto ollama = model();
  EXPECT_FALSE(ollama->complete(request_for("x"), {}));
  EXPECT_TRUE(ollama->complete(request_for("x"), {}));
  EXPECT_EQ(server.executions("/api/show"), 2);
}

TEST_F(OllamaTest, SortsAnswersThatAreNone) {
  const std::vector<std::pair<HttpScript, LlmFailure>> cases = {
      {HttpScript().head(200, kNdjson).chunk("{\"message\":{\"content\":\"Half\"},\"done\":false}\n").reset(),
       LlmFailure::down},
      {HttpScript().head(200, kNdjson).chunk("{\"message\":{\"content\":\"Half\"},\"done\":false}\n").end(),
       LlmFailure::down},
      {HttpScript().answer(200, "text/html", "<!DOCTYPE html><html>"), LlmFailure::bad_request},
      {HttpScript().answer(200, "text/plain", ""), LlmFailure::bad_request},
      {HttpScript().head(200, kNdjson).flood_chunk(100U << 20).end(), LlmFailure::bad_request},
      {streamed_answer(kNdjson, {"{\"error\":\"model runner has unexpectedly stopped\"}\n"}),
       LlmFailure::down},
      {json_answer(R"({"message":{"content":""},"done":true,"done_reason":"stop"})"), LlmFailure::rejected},
      {json_answer(recording("ollama/chat.json")), LlmFailure::rejected},  // cut by its limit
      {json_answer(recording("ollama/trunc_off.json"), 400), LlmFailure::bad_request},
      {json_answer("{}", 500), LlmFailure::down},
      {json_answer("{}", 503), LlmFailure::overloaded}};
  const auto ollama = model();
  for (std::size_t i = 0; i < cases.size(); ++i) {
    server.on("/api/chat", cases[i].first);
    const auto answer = ollama->complete(request_for("x"), {});
    ASSERT_FALSE(answer) << i;
    EXPECT_EQ(answer.error().failure, cases[i].second) << i << " " << answer.error().message;
    EXPECT_EQ(answer.error().message.find('\n'), std::string::npos);
  }
}

TEST_F(OllamaTest, IsSlowWhenItHangsPastTheDeadline) {
  server.on("/api/chat", HttpScript().hang());
  LlmRequest request = request_for("x");
  request.deadline = std::chrono::steady_clock::now() + milliseconds(200);
  EXPECT_EQ(model()->complete(request, {}).error().failure, LlmFailure::slow);
}

TEST_F(OllamaTest, IsDownWhenNobodyListens) {
  const auto ollama = model();
  server.stop();
  const auto answer = ollama->complete(request_for("x"), {});
  EXPECT_EQ(answer.error().failure, LlmFailure::down);
  EXPECT_NE(answer.error().message.find("start it with 'ollama serve'"), std::string::npos);
}

TEST_F(OllamaTest, LetsGoOfTheServerWhenCancelled) {
  server.on("/api/chat", HttpScript().hang());
  std::stop_source cancel;
  std::jthread stopper([&] {
    server.eventually([&] { return server.executions("/api/chat") == 1; });
    cancel.request_stop();
  });
  EXPECT_EQ(model()->complete(request_for("x"), cancel.get_token()).error().failure, LlmFailure::cancelled);
  EXPECT_TRUE(server.eventually([&] { return server.lost() == 1; }));
}

TEST(MakeOllama, ContactsNobodyWithoutAnEndpoint) {
  EXPECT_EQ(
      make_ollama({}).error().message,
      "the processor ollama has no endpoint; set 'endpoint' of [processors.ollama] in config.toml, or give "
      "--endpoint URL");
  EXPECT_FALSE(make_ollama({.endpoint = "ftp://x"}));
}

TEST(OllamaEndpoint, ReadsWhatPeopleWrite) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "http://localhost:11434"},
      {"0.0.0.0", "http://127.0.0.1:11434"},
      {"0.0.0.0:8080", "http://127.0.0.1:8080"},
      {"[::]", "http://localhost:11434"},
      {"[::]:9", "http://localhost:9"},
      {"::1", "http://[::1]:11434"},
      {":9", "http://127.0.0.1:9"},
      {" \"example.com\" ", "http://example.com:11434"},
      {"http://example.com", "http://example.com:80"},
      {"https://example.com/", "https://example.com:443"},
      {"https://example.com/ollama/", "https://example.com:443/ollama"},
      {"example.com:99999999", "http://example.com:11434"}};
  for (const auto& [host, endpoint] : cases) EXPECT_EQ(ollama_endpoint("", host), endpoint) << host;
  EXPECT_EQ(ollama_endpoint("gpu:1", "0.0.0.0"), "http://gpu:1");
}

TEST(OllamaEndpoint, MakesNoHostOfASchemeAndKeepsPaths) {
  for (const std::string none : {"htp:/foo", "http:/foo", "http://", "http:///foo"}) {
    EXPECT_EQ(ollama_endpoint(none, ""), none);
    EXPECT_FALSE(checked_endpoint("ollama", ollama_endpoint(none, ""))) << none;
  }
  EXPECT_EQ(ollama_endpoint("box/a:/b", ""), "http://box:11434/a:/b");
}

TEST(OllamaEndpoint, IsLocalOnThisMachineOnly) {
  for (const auto* here : {"http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"})
    EXPECT_TRUE(is_local(here));
  for (const auto* there : {"http://192.168.0.2:1", "https://example.com", "nonsense"})
    EXPECT_FALSE(is_local(there));
}

TEST(OllamaApi, ReadsTimesAsGoWritesThem) {
  using std::chrono::seconds;
  const auto at = [](std::string_view text) { return parse_time(text)->time_since_epoch() / seconds(1); };
  EXPECT_EQ(at("2026-11-22T22:17:47.851301415Z"), 1795385867);
  EXPECT_EQ(at("2026-11-22T22:17:47+01:00"), 1795385867 - 3600);
  EXPECT_EQ(at("2026-11-22T22:17:47.5-07:30"), 1795385867 + 27'000);
  EXPECT_GT(at("2319-03-04T22:01:20.9Z"), 9'000'000'000);
  for (const auto* text : {"", "soon", "0001-01-01T00:00:00Z", "2026-13-01T00:00:00Z"})
    EXPECT_FALSE(parse_time(text)) << text;
}

}  // namespace
}  // namespace diktate
