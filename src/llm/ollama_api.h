// What Ollama says about its models: /api/ps, /api/tags and /api/show, read with tolerance for older servers.
// Source: Ollama's docs/api.md, and recordings of 0.32.15 in tests/data/ollama/.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llm/json.h"

namespace diktate {

// A row of /api/ps or /api/tags. Older servers leave much of it out.
struct OllamaModel {
  std::string name;
  std::string remote_host;  // it runs elsewhere, through this server
  bool completes = true;    // it is not only for embeddings, as far as is known
  std::optional<std::int64_t> context;
  std::optional<std::int64_t> size;
  std::optional<std::int64_t> size_vram;
  std::optional<std::chrono::system_clock::time_point> expires;
};

struct OllamaFacts {
  std::string name;
  std::string remote_host;
  bool thinks = false;                       // it can be told to think, or not to
  std::optional<std::int64_t> most_context;  // that it was trained with
};

std::vector<OllamaModel> models_in(const Json& ps_or_tags);
OllamaFacts facts_in(const Json& show, std::string name);

// The row for `name`, which may lack its ":latest".
const OllamaModel* find_model(const std::vector<OllamaModel>& models, std::string_view name);

// RFC 3339, as Go writes it: "2026-11-22T22:17:47.851301415+01:00". Nothing for what is before 1970.
std::optional<std::chrono::system_clock::time_point> parse_time(std::string_view text);

// The seconds to ask for, so that a model stays no shorter than it would have and than `wanted`; -1: for
// ever. Negative `wanted`: for ever.
std::int64_t keep_alive_seconds(std::int64_t wanted, const OllamaModel* loaded,
                                std::chrono::system_clock::time_point now);

}  // namespace diktate
