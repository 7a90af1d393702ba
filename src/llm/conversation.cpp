#include "llm/conversation.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/thread_name.h"

namespace diktate {
namespace {

// ASCII alone: other letters keep their case, which costs a comparison and never a word.
bool is_upper(char letter) { return letter >= 'A' && letter <= 'Z'; }
bool is_lower(char letter) { return letter >= 'a' && letter <= 'z'; }
char lower(char letter) { return is_upper(letter) ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool is_mark(char c) { return c == '.' || c == ',' || c == '!' || c == '?' || c == ';' || c == ':'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }

std::string_view without_end(std::string_view text) {
  while (!text.empty() && (is_mark(text.back()) || is_space(text.back()))) text.remove_suffix(1);
  return text;
}

std::string_view without_spaces(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::span<const Worked> repeated(std::span<const Worked> earlier) {
  constexpr std::size_t kMostBytes = 4000;  // about 1,500 tokens; small models are loaded with 4,096
  std::size_t begin = 0;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < earlier.size(); ++i) {
    bytes += earlier[i].said.size() + earlier[i].made.size();
    if (bytes <= kMostBytes) continue;
    begin = i + 1;
    bytes = 0;
  }
  return earlier.subspan(begin);
}

bool same_piece(std::string_view one, std::string_view other) {
  one = without_end(one);
  other = without_end(other);
  if (one.empty() || other.empty()) return one.size() == other.size();
  return one.substr(1) == other.substr(1) && lower(one.front()) == lower(other.front());
}

std::string joined_pieces(const std::vector<std::string>& now, const std::vector<std::string>& made) {
  std::string text;
  for (std::size_t i = 0; i < made.size(); ++i) {
    std::string piece(without_spaces(made[i]));
    if (piece.empty()) continue;
    const std::string_view said = i < now.size() ? std::string_view(now[i]) : std::string_view();
    const bool goes_on = i + 1 < made.size() && !said.empty() && !is_mark(said.back()) && said.back() != '\n';
    if (goes_on && piece.back() == '.' && !piece.ends_with("..")) piece.pop_back();
    if (i > 0 && !said.empty() && is_lower(said.front()) && lower(piece.front()) == said.front())
      piece.front() = said.front();
    if (!text.empty() && !is_space(text.back()) && !is_space(piece.front())) text += ' ';
    text += piece;
  }
  return text;
}

Conversation::Conversation(std::shared_ptr<LanguageModel> model, ConversationOptions options)
    : model_(std::move(model)), options_(std::move(options)) {}

Conversation::~Conversation() {
  const std::lock_guard lock(mutex_);
  thread_.request_stop();
  call_.request_stop();
}

void Conversation::go_on(std::vector<std::string> pieces) {
  const std::lock_guard lock(mutex_);
  drop_void(pieces);
  wanted_ = std::move(pieces);
  if (!thread_.joinable() && !wanted_.empty()) {
    thread_ = std::jthread([this](const std::stop_token& stop) {
      set_thread_name("pieces " + model_->name());
      run(stop);
    });
  }
  changed_.notify_all();
}

// Forgets what was made of pieces that are others by now, and stops working on such a one.
void Conversation::drop_void(const std::vector<std::string>& pieces) {
  std::size_t good = 0;
  while (good < std::min(worked_.size(), pieces.size()) && same_piece(worked_[good].text.said, pieces[good]))
    ++good;
  worked_.resize(good);
  if (working_on_ && (good >= pieces.size() || !same_piece(*working_on_, pieces[good]))) call_.request_stop();
}

std::vector<WorkedPiece> Conversation::worked(const std::vector<std::string>& pieces, Instant deadline,
                                              std::stop_token cancel) {
  std::unique_lock lock(mutex_);
  drop_void(pieces);
  wanted_.clear();
  changed_.wait_until(lock, std::move(cancel), deadline, [&] { return !working_on_; });
  return worked_;
}

void Conversation::run(const std::stop_token& stop) {
  while (const auto said = next_piece(stop)) {
    const LlmRequest request = request_for(*said);
    std::stop_token cancel;
    {
      const std::lock_guard lock(mutex_);
      cancel = call_.get_token();
    }
    const Instant start = SteadyClock().now();
    const auto answer = model_->complete(request, cancel);
    const std::lock_guard lock(mutex_);
    working_on_.reset();
    if (answer && !cancel.stop_requested()) keep(*said, *answer, start);
    if (!answer && answer.error().failure != LlmFailure::cancelled) failed_ = true;
    changed_.notify_all();
  }
}

// Waits for a piece that has not been worked on.
std::optional<std::string> Conversation::next_piece(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, stop, [&] { return !failed_ && worked_.size() < wanted_.size(); });
  if (stop.stop_requested()) return std::nullopt;
  call_ = std::stop_source();
  working_on_ = wanted_[worked_.size()];
  return working_on_;
}

LlmRequest Conversation::request_for(const std::string& said) {
  const std::lock_guard lock(mutex_);
  std::vector<Worked> earlier;
  for (const WorkedPiece& piece : worked_) earlier.push_back(piece.text);
  const PromptInput input{.said = said, .earlier = repeated(earlier)};
  return {.prompt = make_prompt(options_.prompt, input),
          .most_tokens = most_answer_tokens(options_.prompt, input)};
}

void Conversation::keep(const std::string& said, const LlmAnswer& answer, Instant start) {
  const CheckedText text = options_.check(said, answer.reply.text);
  worked_.push_back({{said, text.accepted ? text.text : said}, answer, start, SteadyClock().now()});
}

}  // namespace diktate
