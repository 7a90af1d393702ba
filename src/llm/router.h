// Asks a chain of language models until one gives a text that may be used, and never longer than its limit:
// then the rules' text is taken, which is always there.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "core/ports.h"
#include "llm/language_model.h"
#include "llm/prompts.h"

namespace diktate {

struct RouterOptions {
  std::vector<std::shared_ptr<LanguageModel>>
      models;  // in the order in which they are asked; shared by profiles
  // Quick and always right, as the rules: what it makes of the words is the text if no model has a better
  // one, and its keys are pressed in any case. None: the words as they are.
  std::shared_ptr<TextProcessor> fallback;
  // Its text is what the models get, rather than the words themselves.
  bool models_get_fallback_text = true;
  std::string lack;                          // what is noted where there is no model; empty: none is wanted
  std::shared_ptr<const OutputCheck> check;  // none: every answer is taken
  PromptOptions prompt;
  Nanoseconds limit = std::chrono::milliseconds(1200);  // from key up to the answer of process()
  Nanoseconds late_limit = std::chrono::minutes(1);     // from key up to the end of all work for a take
  // Pieces are worked on while the next one is spoken (follow()): worth it where what is said is kept, and
  // only its form changes.
  bool while_speaking = false;
  // Whether a piece takes something of the one before it back: both are then worked on as one.
  std::function<bool(std::string_view piece)> corrects = {};
};

// prepare() is called at key down and process() after key up, by one thread. What goes on between and after
// them:
//  - prepare() has each model that is not left alone make itself ready, in a thread of its own which no take
//    ever ends. It also ends what still works on the take before, whose late text nobody wants any more.
//  - follow() has the first model that is well work on the settled pieces, as a conversation
//    (conversation.h).
//  - process() asks one model after the other, each in a thread of its own, and waits until the limit. A call
//    that is not over by then goes on, and its answer, checked, is the late text of the request.
//  - A model that failed, in either way, is left alone for a growing while (backoff.h), and asked again
//  later.
//
// The destructor ends all work, preparing as well, within about 20 ms.
std::unique_ptr<TextProcessor> make_router(RouterOptions options);

}  // namespace diktate
