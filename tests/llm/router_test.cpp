#include "llm/router.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <span>
#include <thread>

#include <gtest/gtest.h>

#include "fakes/fake_model.h"
#include "llm/backoff.h"
#include "llm/model_fixture.h"
#include "llm/ollama.h"
#include "text/output_check.h"

namespace diktate {
namespace {

using fakes::answer_of;
using fakes::FakeModel;
using std::chrono::milliseconds;
using std::chrono::seconds;

// Opens once, and lets everybody through.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    opened_.notify_all();
  }
  // False if `stop` came first.
  bool wait(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    return opened_.wait(lock, std::move(stop), [&] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any opened_;
  bool open_ = false;
};

LlmResult<LlmAnswer> hang_until(Gate& gate, std::stop_token stop, std::string text) {
  if (!gate.wait(std::move(stop))) return llm_fail(LlmFailure::cancelled, "cancelled");
  return answer_of(std::move(text));
}

FakeModel::Answer always(std::string text) {
  return [text](const LlmRequest&, std::stop_token) { return answer_of(text); };
}

FakeModel::Answer failing(LlmFailure failure, std::string message) {
  return
      [=](const LlmRequest&, std::stop_token) -> LlmResult<LlmAnswer> { return llm_fail(failure, message); };
}

// Puts everything in capitals, and presses Enter.
class Shouting final : public TextProcessor {
 public:
  Result<void> prepare() override { return {}; }
  Result<ProcessedText> process(const TextRequest& request, std::stop_token) override {
    std::string text(request.text);
    for (char& letter : text) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    return ProcessedText{.text = text, .keys = {"Enter"}};
  }
  std::string name() const override { return "rules"; }
};

class RejectsNo final : public OutputCheck {
 public:
  CheckedText check(std::string_view, std::string_view got) const override {
    if (got.find("no") != std::string_view::npos) return {false, {}, "it says no"};
    return {true, std::string(got), {}};
  }
};

struct Chain {
  explicit Chain(std::vector<std::shared_ptr<LanguageModel>> models, Nanoseconds limit = seconds(60)) {
    options.models = std::move(models);
    options.fallback = std::make_shared<Shouting>();
    options.check = std::make_shared<RejectsNo>();
    options.limit = limit;
  }
  TextProcessor& router() {
    if (!router_) router_ = make_router(options);
    return *router_;
  }
  ProcessedText process(std::string_view text = "hi", std::string_view selection = "") {
    auto result =
        router().process({.text = text, .pieces = {}, .selection = selection, .on_late = take_late()}, {});
    EXPECT_TRUE(result);
    return *result;
  }

  RouterOptions options;
  LateText late;
  Gate came;

 private:
  std::function<void(LateText)> take_late() {
    return [this](LateText text) {
      late = std::move(text);
      came.open();
    };
  }
  std::unique_ptr<TextProcessor> router_;
};

std::shared_ptr<FakeModel> model(std::string name, FakeModel::Answer answer) {
  return std::make_shared<FakeModel>(std::move(name), std::move(answer));
}

TEST(Router, TakesTheAnswerOfTheFirstModelAndTheKeysOfTheRules) {
  const auto first = model("first", always("Hi."));
  const auto second = model("second", always("Hello."));
  Chain chain({first, second});
  const ProcessedText result = chain.process();
  EXPECT_EQ(result.text, "Hi.");
  EXPECT_EQ(result.by, "first");
  EXPECT_EQ(result.keys, std::vector<std::string>{"Enter"});
  EXPECT_TRUE(result.notes.empty());
  EXPECT_TRUE(second->requests().empty());
  EXPECT_EQ(first->requests().at(0).prompt.turns.at(0).text, "<dictation>\nHI\n</dictation>");
  EXPECT_EQ(chain.router().name(), "first > second > rules");
}

TEST(Router, GoesDownTheChainAndSaysWhy) {
  Chain chain({model("a", failing(LlmFailure::bad_key, "a wants a key")),
               model("b", failing(LlmFailure::rejected, "b refused")), model("c", always("I say no.")),
               model("d", always("Hi."))});
  const ProcessedText result = chain.process();
  EXPECT_EQ(result.by, "d");
  EXPECT_EQ(result.notes, (std::vector<std::string>{"a wants a key", "b refused",
                                                    "the answer of c was not used: it says no"}));
}

TEST(Router, TakesTheTextOfTheRulesWhenNoModelHasABetterOne) {
  Chain chain({model("a", failing(LlmFailure::down, "a is down"))});
  const ProcessedText result = chain.process();
  EXPECT_EQ(result.text, "HI");
  EXPECT_EQ(result.by, "rules");
  EXPECT_EQ(result.notes, std::vector<std::string>{"a is down"});
}

TEST(Router, TakesTheTextOfTheRulesAtTheLimitAndOffersTheModelsLater) {
  Gate gate;
  Chain chain({model("a", [&](const LlmRequest&,
                              std::stop_token stop) { return hang_until(gate, std::move(stop), "Hi."); })},
              milliseconds(50));
  const ProcessedText result = chain.process();
  EXPECT_EQ(result.text, "HI");
  EXPECT_EQ(result.notes, std::vector<std::string>{"a had no answer in time"});
  gate.open();
  ASSERT_TRUE(chain.came.wait({}));
  EXPECT_EQ(chain.late.text, "Hi.");
  EXPECT_EQ(chain.late.by, "a");
}

TEST(Router, AsksNobodyWhenRecognitionUsedTheTimeUp) {
  const auto a = model("a", always("Hi."));
  Chain chain({a}, milliseconds(1200));
  const auto result = chain.router().process(
      {.text = "hi", .pieces = {}, .key_up = std::chrono::steady_clock::now() - seconds(2)}, {});
  EXPECT_EQ(result->text, "HI");
  EXPECT_EQ(result->notes, std::vector<std::string>{"no time was left to ask a"});
  EXPECT_TRUE(a->requests().empty());
}

TEST(Router, TheNextKeyDownEndsTheCallThatIsLate) {
  Gate never;
  Gate ended;
  Chain chain({model("a",
                     [&](const LlmRequest&, std::stop_token stop) {
                       auto answer = hang_until(never, std::move(stop), "Hi.");
                       ended.open();
                       return answer;
                     })},
              milliseconds(20));
  chain.process();
  ASSERT_TRUE(chain.router().prepare());
  EXPECT_TRUE(ended.wait({}));
}

TEST(Router, TheLimitOfATakeNeverEndsThePreparing) {
  Gate loaded;
  Gate done;
  const auto a = model("a", [](const LlmRequest&, std::stop_token) -> LlmResult<LlmAnswer> {
    return llm_fail(LlmFailure::rejected, "not yet");
  });
  std::atomic<bool> aborted{false};
  a->on_prepare = [&](const Prompt&, std::stop_token stop) -> LlmResult<bool> {
    aborted = !loaded.wait(std::move(stop));
    done.open();
    return true;
  };
  Chain chain({a}, milliseconds(20));
  ASSERT_TRUE(chain.router().prepare());
  chain.process();
  ASSERT_TRUE(chain.router().prepare());
  chain.process();
  loaded.open();
  ASSERT_TRUE(done.wait({}));
  EXPECT_FALSE(aborted);
  EXPECT_EQ(a->prepared, 1);
}

TEST(Router, EndsAtOnceWhenCancelled) {
  Gate never;
  Gate asked;
  Chain chain({model("a", [&](const LlmRequest&, std::stop_token stop) {
    asked.open();
    return hang_until(never, std::move(stop), "Hi.");
  })});
  std::stop_source cancel;
  std::jthread stopper([&] {
    asked.wait({});
    cancel.request_stop();
  });
  const auto result = chain.router().process({.text = "hi", .pieces = {}}, cancel.get_token());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
}

TEST(Router, LeavesAFailingModelAlone) {
  const auto a = model("a", failing(LlmFailure::bad_key, "a wants a key"));
  Chain chain({a});
  chain.process();
  const ProcessedText result = chain.process();
  EXPECT_EQ(a->requests().size(), 1U);
  EXPECT_EQ(result.notes, std::vector<std::string>{"a wants a key (it is left alone for a while)"});
}

TEST(Router, DoesNotHoldARejectedTextAgainstAModel) {
  const auto a = model("a", failing(LlmFailure::rejected, "a refused"));
  Chain chain({a});
  chain.process();
  chain.process();
  EXPECT_EQ(a->requests().size(), 2U);
}

TEST(Router, TriesAgainAtOnceWhatThatHelps) {
  int calls = 0;
  const auto flaky = [&](LlmError error, int times) {
    calls = 0;
    return model("a", [&calls, error, times](const LlmRequest&, std::stop_token) -> LlmResult<LlmAnswer> {
      if (calls++ < times) return tl::unexpected(error);
      return answer_of("Hi.");
    });
  };
  EXPECT_EQ(Chain({flaky({LlmFailure::down, "broke off"}, 1)}).process().text, "Hi.");
  EXPECT_EQ(Chain({flaky({LlmFailure::overloaded, "busy", milliseconds(5)}, 3)}).process().text, "Hi.");
  EXPECT_EQ(Chain({flaky({LlmFailure::loading, "loading"}, 2)}).process().text, "Hi.");
  EXPECT_EQ(Chain({flaky({LlmFailure::overloaded, "busy", seconds(100)}, 1)}).process().text, "HI");
  EXPECT_EQ(Chain({flaky({LlmFailure::overloaded, "busy"}, 1)}).process().text, "HI");
  EXPECT_EQ(Chain({flaky({LlmFailure::bad_request, "bad"}, 1)}).process().text, "HI");
  EXPECT_EQ(calls, 1);
}

TEST(Router, PreparesTheFirstModelThatIsWellWithTheBeginningOfThePrompt) {
  const auto a = model("a", failing(LlmFailure::bad_key, "a wants a key"));
  const auto b = model("b", always("Hi."));
  std::atomic<bool> prepared = false;
  b->on_prepare = [&](const Prompt& prefix, std::stop_token) -> LlmResult<bool> {
    EXPECT_EQ(prefix.system, prompt_prefix({}).system);
    prepared = true;
    return true;
  };
  Chain chain({a, b});
  ASSERT_TRUE(chain.router().prepare());
  // On a slow machine a's time alone may be over before the next prepare(): then it fails once more.
  for (int tries = 0; tries < 100 && !prepared; ++tries) {
    chain.process();
    ASSERT_TRUE(chain.router().prepare());
    for (int ms = 0; ms < 20 && !prepared; ++ms) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_TRUE(prepared);
}

TEST(Router, ASelectedTextStaysAsItIsWhenNoModelAnswers) {
  Chain chain({model("a", failing(LlmFailure::down, "a is down"))});
  chain.options.prompt.mode = TaskMode::refine_by_voice;
  EXPECT_EQ(chain.process("make it shorter", "A long text.").text, "A long text.");
  Chain asking({model("a", failing(LlmFailure::down, "a is down"))});
  asking.options.prompt.mode = TaskMode::ask;
  EXPECT_EQ(asking.process("what is it").text, "");
}

TEST(Router, AsksNobodyAboutNothing) {
  const auto a = model("a", always("Hi."));
  Chain chain({a});
  EXPECT_EQ(chain.process("  ").text, "  ");
  EXPECT_TRUE(a->requests().empty());
}

TEST(Router, CleansWhatAModelWrites) {
  Chain chain({model("a", always("Hi\x1b[31m.\xff"))});
  EXPECT_EQ(chain.process().text, "Hi.");
}

TEST(Router, AModelThatAnswersInsteadOfTidyingIsNotTyped) {
  Chain chain({model("a", always("The capital of France is Paris, a city of two million people.")),
               model("b", always("<think>Tidy it.</think>What is the capital of France?"))});
  chain.options.fallback = nullptr;
  chain.options.check = make_output_check({.language = *built_in_language("en")});
  const ProcessedText result = chain.process("um what is the capital of France");
  EXPECT_EQ(result.text, "What is the capital of France?");
  EXPECT_EQ(result.by, "b");
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_TRUE(result.notes[0].starts_with("the answer of a was not used: ")) << result.notes[0];
  EXPECT_EQ(result.notes[0].find("Paris"), std::string::npos);
}

TEST(Backoff, GrowsUpToAMinuteAndForgetsWithASuccess) {
  Backoff backoff;
  Instant now{seconds(100)};
  EXPECT_TRUE(backoff.may_try(now));
  for (const int pause : {1, 2, 4, 8, 16, 32, 60, 60}) {
    backoff.failed(now);
    EXPECT_FALSE(backoff.may_try(now + seconds(pause) - milliseconds(1)));
    EXPECT_TRUE(backoff.may_try(now + seconds(pause)));
    now += seconds(pause);
  }
  backoff.succeeded();
  backoff.failed(now, seconds(90));
  EXPECT_FALSE(backoff.may_try(now + seconds(89)));
  EXPECT_TRUE(backoff.may_try(now + seconds(90)));
}

class RoutedOllama : public ModelTest {};

TEST_F(RoutedOllama, LoadsTheModelThoughTheTakeDidNotWaitForIt) {
  server.on("/api/ps", fakes::json_answer(R"({"models":[]})"));
  server.on("/api/show", fakes::json_answer(R"({"capabilities":["completion"]})"));
  server.on("/api/chat", fakes::HttpScript().hold().answer(
                             200, "application/x-ndjson",
                             "{\"message\":{\"content\":\"Hi.\"},\"done\":true,\"done_reason\":\"stop\"}\n"));
  std::shared_ptr<LanguageModel> ollama =
      *make_ollama({.endpoint = server.url(), .model = "tiny", .http = http});
  Chain chain({ollama}, seconds(2));
  ASSERT_TRUE(chain.router().prepare());
  ASSERT_TRUE(server.eventually([&] { return server.executions("/api/chat") == 1; }));
  EXPECT_EQ(chain.process().text, "HI");
  EXPECT_EQ(server.lost(), 0);
  server.release();
  ASSERT_TRUE(chain.came.wait({}));
  EXPECT_EQ(chain.late.text, "Hi.");
  EXPECT_TRUE(
      server.eventually([&] { return server.executions("/api/chat") == 3; }));  // loaded, asked, primed
  EXPECT_EQ(chain.process().text, "Hi.");
}

TEST_F(RoutedOllama, TakesTheRulesTextAtOnceWhenNobodyListens) {
  std::shared_ptr<LanguageModel> ollama =
      *make_ollama({.endpoint = server.url(), .model = "tiny", .http = http});
  server.stop();
  Chain chain({ollama});
  const ProcessedText result = chain.process();
  EXPECT_EQ(result.text, "HI");
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_NE(result.notes[0].find("start it with 'ollama serve'"), std::string::npos);
}

// A model that says of its time what a test wants.
FakeModel::Answer echo(Nanoseconds prompt, Nanoseconds decode) {
  return [=](const LlmRequest& request, std::stop_token) {
    const std::string& turn = request.prompt.turns.back().text;
    LlmAnswer answer = answer_of(turn.substr(12, turn.size() - 25));
    answer.reply.durations.prompt = prompt;
    answer.reply.durations.decode = decode;
    return LlmResult<LlmAnswer>(answer);
  };
}

// One dictation of three pieces, of which two are worked on before key up if `while_speaking`.
ProcessedText dictate_pieces(Chain& chain, const std::shared_ptr<FakeModel>& model,
                             bool while_speaking = true) {
  EXPECT_TRUE(chain.router().prepare());
  const std::vector<std::size_t> starts = {4, 8};
  const std::size_t before = model->requests().size();
  const auto until_asked = [&](std::size_t count) {
    while (while_speaking && model->requests().size() < before + count) std::this_thread::yield();
  };
  chain.router().follow({.text = "one", .pieces = {}});
  until_asked(1);
  chain.router().follow({.text = "one two", .pieces = std::span(starts).first(1)});
  until_asked(2);
  auto text = chain.router().process({.text = "one two six", .pieces = starts}, {});
  EXPECT_TRUE(text);
  return text.value_or(ProcessedText{});
}

TEST(Router, LeavesOnlyTheLastPieceForAfterKeyUp) {
  const auto a = model("a", echo(milliseconds(1), milliseconds(10)));
  Chain chain({a});
  chain.options.while_speaking = true;
  const ProcessedText text = dictate_pieces(chain, a);
  EXPECT_EQ(text.text, "ONE TWO SIX");
  EXPECT_EQ(text.by, "a");
  EXPECT_EQ(text.pieces.size(), 2U);
  const auto requests = a->requests();
  ASSERT_EQ(requests.size(), 3U);
  ASSERT_EQ(requests[2].prompt.turns.size(), 5U);
  EXPECT_EQ(requests[2].prompt.turns[4].text, "<dictation>\nSIX\n</dictation>");
}

TEST(Router, WorksOnNothingBeforeKeyUpUnlessToldTo) {
  const auto a = model("a", always("ONE TWO SIX"));
  Chain chain({a});
  dictate_pieces(chain, a, false);
  EXPECT_EQ(a->requests().size(), 1U);
}

TEST(Router, WorksOnPiecesThatBelongTogetherAsOne) {
  const auto a = model("a", echo(milliseconds(1), milliseconds(10)));
  Chain chain({a});
  chain.options.while_speaking = true;
  chain.options.corrects = [](std::string_view piece) { return piece == "two"; };
  const ProcessedText text = dictate_pieces(chain, a);
  EXPECT_EQ(text.text, "ONE TWO SIX");
  EXPECT_EQ(text.pieces.size(), 1U);
  EXPECT_EQ(a->requests().at(1).prompt.turns.size(), 1U);
  EXPECT_EQ(a->requests().at(1).prompt.turns[0].text, "<dictation>\nONE TWO\n</dictation>");
}

TEST(Router, ChecksThePiecesAsAWhole) {
  std::atomic<int> turn{0};
  const auto a = model("a", [&](const LlmRequest&, std::stop_token) {
    return answer_of(++turn == 2 ? "n" : "o");  // together it says "no"
  });
  Chain chain({a});
  chain.options.while_speaking = true;
  class SaysNo final : public OutputCheck {
   public:
    CheckedText check(std::string_view said, std::string_view got) const override {
      return {said != "ONE TWO SIX", std::string(got), "not as a whole"};
    }
  };
  chain.options.check = std::make_shared<SaysNo>();
  const ProcessedText text = dictate_pieces(chain, a);
  EXPECT_EQ(text.text, "ONE TWO SIX");
  EXPECT_EQ(text.by, "rules");
  EXPECT_EQ(text.notes, std::vector<std::string>{"the answer of a was not used: not as a whole"});
}

TEST(Router, StopsWorkingOnPiecesForAModelThatGainsNothing) {
  const auto reads_all_again = [n = std::make_shared<std::atomic<int>>(0)](const LlmRequest& request,
                                                                           std::stop_token stop) {
    const auto turns = static_cast<int>(request.prompt.turns.size());
    return echo(milliseconds(100 * turns), milliseconds(10))(request, std::move(stop));
  };
  const auto a = model("a", reads_all_again);
  Chain chain({a});
  chain.options.while_speaking = true;
  dictate_pieces(chain, a);
  dictate_pieces(chain, a);
  EXPECT_EQ(a->requests().size(), 6U);
  dictate_pieces(chain, a, false);
  EXPECT_EQ(a->requests().size(), 7U);
}

TEST(Router, AsksTheNextModelForAllOfItWhenTheFirstFails) {
  std::atomic<int> turn{0};
  const auto a = model("a", [&](const LlmRequest&, std::stop_token) -> LlmResult<LlmAnswer> {
    if (++turn < 3) return answer_of("fine");
    return llm_fail(LlmFailure::bad_key, "a wants a key");
  });
  const auto b = model("b", always("One two six."));
  Chain chain({a, b});
  chain.options.while_speaking = true;
  const ProcessedText text = dictate_pieces(chain, a);
  EXPECT_EQ(text.by, "b");
  EXPECT_EQ(b->requests().at(0).prompt.turns.size(), 1U);
  EXPECT_EQ(b->requests().at(0).prompt.turns[0].text, "<dictation>\nONE TWO SIX\n</dictation>");
}

TEST(Router, EndsTheWorkOnPiecesOfATakeThatIsThrownAway) {
  Gate asked;
  Gate ended;
  Gate never;
  Chain chain({model("a", [&](const LlmRequest&, std::stop_token stop) {
    asked.open();
    auto answer = hang_until(never, std::move(stop), "Hi.");
    ended.open();
    return answer;
  })});
  chain.options.while_speaking = true;
  ASSERT_TRUE(chain.router().prepare());
  chain.router().follow({.text = "one", .pieces = {}});
  ASSERT_TRUE(asked.wait({}));
  chain.router().abandon();
  EXPECT_TRUE(ended.wait({}));
}

}  // namespace
}  // namespace diktate
