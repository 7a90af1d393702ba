#include "llm/failure.h"

#include <array>

#include <gtest/gtest.h>

#include "llm/recordings.h"

namespace diktate {
namespace {

const Service kOllama{"ollama", "http://localhost:11434", "llama3.2", "", "", "ollama serve"};
const Service kOpenAi{"openai", "https://api.example.com", "small", "sk-secret-1234", "OPENAI_API_KEY", ""};

LlmFailure failure_of(int status, std::string_view body = "{}", const Service& service = kOpenAi) {
  const LlmError error = error_of_status(service, status, body, "");
  EXPECT_FALSE(error.message.empty());
  EXPECT_EQ(error.message.find('\n'), std::string::npos);
  return error.failure;
}

TEST(LlmFailure, SortsEveryStatusByWhatHelps) {
  for (const int status : {400, 404, 405, 413, 422})
    EXPECT_EQ(failure_of(status), LlmFailure::bad_request) << status;
  for (const int status : {401, 402, 403}) EXPECT_EQ(failure_of(status), LlmFailure::bad_key) << status;
  for (const int status : {429, 503, 529}) EXPECT_EQ(failure_of(status), LlmFailure::overloaded) << status;
  for (const int status : {500, 502, 504}) EXPECT_EQ(failure_of(status), LlmFailure::down) << status;
  EXPECT_EQ(failure_of(408), LlmFailure::slow);
  EXPECT_EQ(failure_of(503, R"({"error":{"code":503,"message":"Loading model","type":"unavailable_error"}})"),
            LlmFailure::loading);
}

TEST(LlmFailure, ReadsTheErrorsOfOllama) {
  EXPECT_EQ(error_of_status(kOllama, 404, recording("ollama/err_nomodel_chat.json"), "").message,
            "ollama has no model 'llama3.2'; get it with 'ollama pull llama3.2'");
  EXPECT_EQ(failure_of(404, recording("ollama/err_404.json"), kOllama), LlmFailure::bad_request);
  EXPECT_EQ(failure_of(500, recording("ollama/err_opt.json"), kOllama), LlmFailure::bad_request);
  const LlmError cut = error_of_status(kOllama, 400, recording("ollama/trunc_off.json"), "");
  EXPECT_EQ(cut.failure, LlmFailure::bad_request);
  EXPECT_NE(cut.message.find("too long for 'llama3.2'"), std::string::npos) << cut.message;
  EXPECT_NE(cut.said.find("1510 tokens"), std::string::npos) << cut.said;
  EXPECT_EQ(failure_of(500, R"({"error":"model requires more system memory (9.1 GiB) than is available"})",
                       kOllama),
            LlmFailure::overloaded);
  const LlmError foreign = error_of_status(kOllama, 403, "", "");
  EXPECT_EQ(foreign.failure, LlmFailure::bad_key);
  EXPECT_NE(foreign.message.find("allowed origins"), std::string::npos);
}

TEST(LlmFailure, KeepsTheServersWordsApart) {
  for (const int status : {400, 404, 413, 429, 500, 503}) {
    const LlmError error =
        error_of_status(kOpenAi, status, R"({"error":{"message":"bad input: call Anna at 4711"}})", "");
    EXPECT_EQ(error.message.find("4711"), std::string::npos) << error.message;
    EXPECT_EQ(whole_line(error), error.message + ": bad input: call Anna at 4711");
  }
  EXPECT_EQ(whole_line({LlmFailure::down, "it is down"}), "it is down");
}

TEST(LlmFailure, KnowsHowLongToWait) {
  using std::chrono::seconds;
  EXPECT_EQ(error_of_status(kOpenAi, 429, "{}", "7").retry_after, Nanoseconds(seconds(7)));
  EXPECT_EQ(error_of_status(kOpenAi, 429, "{}", "Thu, 01 Jan 1970 00:00:00 GMT").retry_after, Nanoseconds(0));
  for (const auto* text : {"", "soon", "-3", "nan", "1e300"}) {
    EXPECT_EQ(error_of_status(kOpenAi, 429, "{}", text).retry_after, std::nullopt) << text;
  }
  const auto* gemini =
      R"({"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"12.5s"}]}})";
  EXPECT_EQ(error_of_status(kOpenAi, 429, gemini, "").retry_after,
            Nanoseconds(std::chrono::milliseconds(12'500)));
}

TEST(LlmFailure, TellsAnAccountWithoutCreditFromAServerWithTooMuchToDo) {
  const auto* quota =
      R"({"error":{"message":"You exceeded your current quota","type":"insufficient_quota"}})";
  EXPECT_EQ(failure_of(429, quota), LlmFailure::bad_key);
  EXPECT_EQ(
      failure_of(400, R"({"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT",
      "details":[{"reason":"API_KEY_INVALID"}]}})"),
      LlmFailure::bad_key);
}

TEST(LlmFailure, TakesAFilterForARejection) {
  EXPECT_EQ(failure_of(400, R"({"error":{"code":"content_filter","message":"The prompt was filtered"}})"),
            LlmFailure::rejected);
}

TEST(LlmFailure, NeverShowsTheKey) {
  const std::string body =
      R"({"error":{"message":"Bad thing about sk-secret-1234 and \u001b[31m\nsk-secret-1234"}})";
  for (const int status : {400, 401, 403, 404, 408, 413, 429, 500, 503, 529}) {
    const LlmError error = error_of_status(kOpenAi, status, body, "");
    EXPECT_EQ((error.message + error.said).find("secret"), std::string::npos) << error.message;
    EXPECT_EQ(error.message.find('\x1b'), std::string::npos);
  }
  const Error transport{ErrorKind::failed, "GET https://x/?key=sk-secret-1234 failed"};
  EXPECT_EQ(error_of_transport(kOpenAi, transport).message.find("secret"), std::string::npos);
  EXPECT_EQ(error_in_stream(kOpenAi, "", "sk-secret-1234").message.find("secret"), std::string::npos);
}

TEST(LlmFailure, NamesTheVariableWithAMissingOrBadKey) {
  Service without = kOpenAi;
  without.key = "";
  EXPECT_EQ(error_of_status(without, 401, "", "").message,
            "openai at https://api.example.com wants a key; put it into OPENAI_API_KEY");
  EXPECT_EQ(error_of_status(kOpenAi, 401, "", "").message,
            "openai at https://api.example.com does not accept the key in OPENAI_API_KEY");
}

TEST(LlmFailure, FindsTheParameterThatIsNotTaken) {
  constexpr std::array<std::string_view, 3> kOptional = {"temperature", "max_tokens", "reasoning_effort"};
  const auto dropped = [&](std::string_view body) {
    return std::string(parameter_to_drop(error_of_status(kOpenAi, 400, body, ""), kOptional));
  };
  EXPECT_EQ(dropped(R"({"error":{"message":"Unsupported value","param":"temperature"}})"), "temperature");
  EXPECT_EQ(
      dropped(R"({"error":{"message":"Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'."}})"),
      "max_tokens");
  EXPECT_EQ(dropped(R"({"detail":"unknown field reasoning_effort"})"), "reasoning_effort");
  EXPECT_EQ(dropped(R"({"error":{"message":"my_max_tokens is strange"}})"), "");
  EXPECT_EQ(parameter_to_drop(error_of_status(kOpenAi, 500, R"({"error":"temperature"})", ""), kOptional),
            "");
}

TEST(LlmFailure, SaysHowToStartAServerThatIsDownOnThisMachine) {
  const Error refused{ErrorKind::refused, "nothing listens at localhost:11434 (refused by 127.0.0.1)"};
  const LlmError error = error_of_transport(kOllama, refused);
  EXPECT_EQ(error.failure, LlmFailure::down);
  EXPECT_EQ(
      error.message,
      "ollama at http://localhost:11434 cannot be reached; start it with 'ollama serve': nothing listens "
      "at localhost:11434 (refused by 127.0.0.1)");
  Service service = kOllama;
  service.start_with.clear();
  EXPECT_NE(error_of_transport(service, refused).message.find("; start it, or correct"), std::string::npos);
  service = kOllama;
  service.endpoint = "http://192.168.0.2:11434";
  EXPECT_NE(error_of_transport(service, refused).message.find("; does it run there?"), std::string::npos);
}

TEST(LlmFailure, StartsNothingAtAnAddressThatIsWrong) {
  const LlmError stranger = error_of_transport(kOllama, {ErrorKind::failed, "x does not speak HTTP"});
  EXPECT_EQ(stranger.failure, LlmFailure::down);
  EXPECT_EQ(stranger.message,
            "ollama at http://localhost:11434 gave no good answer; check its endpoint, or look at its log: x "
            "does not speak HTTP");
  Service service = kOllama;
  service.endpoint = "http://nonexist.invalid:99";
  EXPECT_EQ(error_of_transport(service, {ErrorKind::unavailable, "it does not resolve"}).message,
            "ollama at http://nonexist.invalid:99 cannot be reached; check its endpoint and the network: it "
            "does not resolve");
}

}  // namespace
}  // namespace diktate
