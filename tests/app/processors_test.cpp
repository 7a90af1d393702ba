#include "app/processors.h"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "app/llm_report.h"
#include "app/processing.h"
#include "fakes/scripted_server.h"

namespace diktate {
namespace {

using fakes::json_answer;
using fakes::ScriptedServer;

class Processors : public testing::Test {
 protected:
  Processors() {
    ::unsetenv("OLLAMA_HOST");
    ::unsetenv("ANTHROPIC_API_KEY");
  }
  std::shared_ptr<HttpClient> http = *make_http_client({});
  std::string error_of(const ProcessorSettings& settings) {
    const auto model = make_language_model(settings, http);
    return model ? "" : model.error().message;
  }
};

TEST_F(Processors, OfEveryKindAreMadeFromTheirSettings) {
  for (const std::string& kind : processor_kinds()) {
    const auto model = make_language_model(
        {.name = "mine", .kind = kind, .endpoint = "http://127.0.0.1:1", .model = "m"}, http);
    ASSERT_TRUE(model) << model.error().message;
    EXPECT_EQ((*model)->name(), kind);
  }
}

TEST_F(Processors, SayWhatTheyLack) {
  EXPECT_NE(error_of({.name = "box"}).find("there is no processor 'box'; name it in config.toml"),
            std::string::npos);
  EXPECT_NE(error_of({.name = "box", .kind = "llama"}).find("unknown kind 'llama'"), std::string::npos);
  EXPECT_NE(error_of({.name = "openai"}).find("no endpoint"), std::string::npos);
  EXPECT_NE(error_of({.name = "anthropic"}).find("no model"), std::string::npos);
}

TEST_F(Processors, AreWhereTheSettingsOrTheEnvironmentSay) {
  EXPECT_EQ(place_of({.name = "ollama"})->endpoint, "http://localhost:11434");
  ::setenv("OLLAMA_HOST", "0.0.0.0:1234", 1);
  EXPECT_EQ(place_of({.name = "ollama"})->endpoint, "http://127.0.0.1:1234");
  EXPECT_EQ(place_of({.name = "ollama", .endpoint = "box"})->endpoint, "http://box:11434");
  EXPECT_FALSE(place_of({.name = "anthropic"})->has_key);
  ::setenv("ANTHROPIC_API_KEY", "k", 1);
  EXPECT_TRUE(place_of({.name = "anthropic"})->has_key);
}

TEST_F(Processors, OneThatIsIncompleteIsReportedAsTheOthersAre) {
  const ProcessorSettings settings{.name = "openai", .model = "x"};
  const auto made = make_processor(settings, http);
  ASSERT_FALSE(made);
  const Processor processor = unusable_processor(settings, made.error());
  const auto status = processor.model->status({}, {});
  const std::string row = to_json(processor, status);
  EXPECT_EQ(row.find(R"({"name":"openai","kind":"openai","endpoint":null,"reachable":false,)"), 0U) << row;
  EXPECT_NE(row.find(R"("failure":"bad request","error":"the processor openai has no endpoint)"),
            std::string::npos)
      << row;
  EXPECT_EQ(to_text(processor, status).find("openai: openai\n  key "), 0U) << to_text(processor, status);
  EXPECT_NE(to_text(processor, warm(processor)).find("openai: the processor openai has no endpoint"),
            std::string::npos);
  EXPECT_EQ(measure(processor, 3).error->failure, LlmFailure::bad_request);
  const Processor unknown = unusable_processor({.name = "box", .kind = "llama"}, made.error());
  EXPECT_EQ(unknown.place.kind, "llama");
}

// What each mode lets a model answer.
class Modes : public Processors {
 protected:
  // What a dictation of `said` becomes when the model says `answer`.
  ProcessedText process(TaskMode mode, std::string_view said, std::string_view answer,
                        std::string_view selection = "") {
    const std::string whole =
        R"({"choices":[{"message":{"content":")" + std::string(answer) + R"("},"finish_reason":"stop"}]})";
    server.on("/v1/chat/completions", json_answer(whole));
    TakeProfile profile{.name = "test", .prompt = {.mode = mode}};
    profile.models = {{.name = "openai", .endpoint = server.url(), .model = "m"}};
    profile.deadline = std::chrono::seconds(20);
    const auto cleaner = make_cleaner(profile.cleaning, {});
    EXPECT_TRUE(cleaner);
    auto processor = make_text_processor(profile, *cleaner, *shared.get());
    EXPECT_TRUE(processor) << processor.error().message;
    auto text = (*processor)->process({.text = said, .pieces = {}, .selection = selection}, {});
    EXPECT_TRUE(text);
    return text.value_or(ProcessedText{});
  }

  ScriptedServer server;
  SharedHttp shared;
};

TEST_F(Modes, AProcessorThatIsMadeAnewFindsTheConnectionOfTheOneBefore) {
  process(TaskMode::standard, "one", "One");
  process(TaskMode::professional, "two", "Two");
  for (const auto& received : server.received()) EXPECT_EQ(received.connection, 1) << received.path;
  EXPECT_GE(server.received().size(), 2U);
}

TEST_F(Modes, StandardTakesTheWordsThatWereSaidAndNoOthers) {
  EXPECT_EQ(
      process(TaskMode::standard, "um what is the capital of france", "What is the capital of France?").text,
      "What is the capital of France?");
  const ProcessedText answered = process(TaskMode::standard, "what is the capital of france", "Paris.");
  EXPECT_EQ(answered.by, "rules");
  EXPECT_EQ(answered.text, "What is the capital of france");
  ASSERT_EQ(answered.notes.size(), 1U);
  EXPECT_NE(answered.notes[0].find("was not used"), std::string::npos);
}

TEST_F(Modes, AskTakesAnAnswerAndCutsOffWhatIsNone) {
  const ProcessedText text = process(TaskMode::ask, "what is the capital of france",
                                     "<think>easy</think>The capital of France is Paris.");
  EXPECT_EQ(text.text, "The capital of France is Paris.");
  EXPECT_EQ(text.by, "openai");
  EXPECT_EQ(process(TaskMode::ask, "what is it", "<think>what is").text, "");
}

TEST_F(Modes, RefineKeepsTheSelectionWhereTheAnswerHasOtherFacts) {
  const std::string_view selection = "we ships the 3 boxes on Monday to Anna";
  EXPECT_EQ(process(TaskMode::refine, "", "We ship the 3 boxes to Anna on Monday.", selection).text,
            "We ship the 3 boxes to Anna on Monday.");
  EXPECT_EQ(process(TaskMode::refine, "", "We ship the 4 boxes to Anna on Monday.", selection).text,
            selection);
}

TEST_F(Modes, RefineByVoiceTakesWhatWasAskedFor) {
  EXPECT_EQ(
      process(TaskMode::refine_by_voice, "make it french", "Bonjour tout le monde.", "Hello everybody.").text,
      "Bonjour tout le monde.");
}

TEST_F(Modes, TranslateWantsTheOtherLanguage) {
  EXPECT_EQ(process(TaskMode::translate, "la reunión es el martes a las cinco",
                    "The meeting is on Tuesday at five.")
                .by,
            "rules");  // the language that is spoken is said to be English
  EXPECT_EQ(process(TaskMode::translate, "la reunión es el martes", "La reunión es el martes.").by, "rules");
}

}  // namespace
}  // namespace diktate
