// What a model is asked about a dictation: all of it, or what is left when it worked on the pieces before.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ports.h"
#include "llm/conversation.h"
#include "llm/language_model.h"
#include "llm/prompts.h"

namespace diktate {

struct Question {
  LlmRequest request;
  std::vector<WorkedPiece> worked = {};
  std::vector<std::string> pieces = {};  // those, as they are said by now, and the rest, unless it is empty
};

// The recognised pieces.
std::vector<std::string> pieces_of(const TextRequest& request);

// `question` for what is left of `pieces` after those that are worked on.
Question rest_of(Question question, std::vector<std::string> pieces, const PromptOptions& options);

// The answer (none: nothing was left to ask) with what was made of the pieces before it.
std::string whole_text(const Question& question, const LlmAnswer* answer);

}  // namespace diktate
