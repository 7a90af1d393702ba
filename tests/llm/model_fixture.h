// A language model under test, a scripted server for it, and the real HTTP client between them.
#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "fakes/scripted_server.h"
#include "llm/language_model.h"
#include "llm/recordings.h"
#include "net/http_client.h"

namespace diktate {

class ModelTest : public ::testing::Test {
 protected:
  static std::unique_ptr<HttpClient> client() {
    HttpClientOptions options;
    options.proxies = {};
    auto http = make_http_client(options);
    EXPECT_TRUE(http);
    return std::move(*http);
  }

  static Prompt prompt_of(std::string_view said) { return make_prompt({}, {.said = said}); }
  static LlmRequest request_for(std::string_view said) {
    return {.prompt = prompt_of(said), .most_tokens = 50};
  }

  // The bodies of what was asked for at a path, in order.
  std::vector<nlohmann::json> bodies(std::string_view path) const {
    std::vector<nlohmann::json> all;
    for (const auto& request : server.received(path)) all.push_back(nlohmann::json::parse(request.body));
    return all;
  }

  fakes::ScriptedServer server;
  std::shared_ptr<HttpClient> http = client();
};

}  // namespace diktate
