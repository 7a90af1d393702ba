// Works on the pieces of a dictation while the next ones are spoken, as a conversation with one model: the
// server keeps what it has read and written so far in its cache, and at key up only the last words are left
// to do.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "core/ports.h"
#include "llm/language_model.h"
#include "llm/prompts.h"

namespace diktate {

struct ConversationOptions {
  PromptOptions prompt;
  // What became of the answer for a piece; a text that is not accepted is replaced by what was said.
  std::function<CheckedText(std::string_view said, std::string_view got)> check;
};

// One piece that was worked on, and what it took.
struct WorkedPiece {
  Worked text;
  LlmAnswer answer;
  Instant start;
  Instant end;
};

// go_on() and worked() may be called by different threads, one at a time.
class Conversation {
 public:
  Conversation(std::shared_ptr<LanguageModel> model, ConversationOptions options);
  ~Conversation();  // ends the work, within about 20 ms

  // The pieces that are settled so far. Does not wait. A piece that changed since the last call is worked on
  // again, with those after it.
  void go_on(std::vector<std::string> pieces);

  // What is done of these pieces, from the first on; waits for the one that is being worked on, until
  // `deadline` or `cancel`. Begins nothing more.
  std::vector<WorkedPiece> worked(const std::vector<std::string>& pieces, Instant deadline,
                                  std::stop_token cancel);

 private:
  void drop_void(const std::vector<std::string>& pieces);
  void run(const std::stop_token& stop);
  std::optional<std::string> next_piece(const std::stop_token& stop);
  LlmRequest request_for(const std::string& said);
  void keep(const std::string& said, const LlmAnswer& answer, Instant start);

  const std::shared_ptr<LanguageModel> model_;
  const ConversationOptions options_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<std::string> wanted_;
  std::vector<WorkedPiece> worked_;
  std::optional<std::string> working_on_;
  std::stop_source call_;  // of the request that is under way
  bool failed_ = false;    // no more is asked of the model for this take
  std::jthread thread_;    // last: it uses all of the above; started by the first piece
};

// Of the pieces before one, those that its question repeats: a long dictation begins its conversation anew
// every few thousand bytes, so that it stays well within a model's usual context, and what the server has in
// its cache stays the beginning of the next question in between.
std::span<const Worked> repeated(std::span<const Worked> earlier);

// Whether two texts of a piece are the same but for its first capital and its last marks, which change when
// the next piece shows that the sentence goes on.
bool same_piece(std::string_view one, std::string_view other);

// The worked pieces as one text. `now` are the same pieces as they are said by now: where a sentence turned
// out to go on, the stop and the capital that the model wrote are undone.
std::string joined_pieces(const std::vector<std::string>& now, const std::vector<std::string>& made);

}  // namespace diktate
