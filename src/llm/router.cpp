#include "llm/router.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "base/thread_name.h"
#include "llm/answer_parts.h"
#include "llm/chain_link.h"
#include "llm/conversation.h"
#include "llm/question.h"
#include "text/sanitise.h"

namespace diktate {
namespace {

// What is being done for one take.
struct Job {
  std::string said;      // what the models get
  std::string original;  // what an answer is held against: that, or the selected text
  LlmRequest whole;      // the question for all of it
  Instant deadline;
  ProcessedText result;  // the fallback's, with notes that grow
};

// What stands for the text if no model answers. A selected text stays as it is: what was said about it is not
// to be written over it.
std::string stand_in(TaskMode mode, std::string fallback, std::string_view selection) {
  if (!is_about_a_text(mode)) return fallback;
  return mode == TaskMode::ask ? std::string() : std::string(selection);
}

class ChainRouter final : public TextProcessor {
 public:
  explicit ChainRouter(RouterOptions options) : options_(std::move(options)) {
    for (auto& model : options_.models) links_.push_back(std::make_unique<ChainLink>(std::move(model)));
  }

  Result<void> prepare() override;
  Result<ProcessedText> process(const TextRequest& request, std::stop_token cancel) override;
  void follow(const TextRequest& so_far) override;
  void abandon() override;
  std::string name() const override;

 private:
  Result<ProcessedText> fallback_text(const TextRequest& request, const std::stop_token& cancel) const;
  Job job_for(const TextRequest& request, ProcessedText fallback) const;
  ProcessedText without_model(const TextRequest& request, ProcessedText fallback) const;
  std::vector<std::string> units_of(const TextRequest& request) const;
  Question question_for(const ChainLink& link, const TextRequest& request, const Job& job,
                        const std::stop_token& cancel);
  bool ask(ChainLink& link, const TextRequest& request, Job& job, const std::stop_token& cancel);
  std::optional<LlmResult<LlmAnswer>> answer_in_time(ChainLink& link, const LlmRequest& request,
                                                     Instant deadline, const std::stop_token& cancel);
  void make_ready(ChainLink& link) const;
  void end_calls();
  void leave(ChainLink& link, const TextRequest& request, const Job& job, Question question);
  bool take(ChainLink& link, Job& job, const Question& question, const LlmAnswer* answer) const;
  CheckedText checked(std::string_view said, std::string_view got) const;

  RouterOptions options_;
  std::vector<std::unique_ptr<ChainLink>> links_;
  std::vector<std::unique_ptr<ModelCall>> abandoned_;  // asked to end, not over
  ChainLink* followed_ = nullptr;                      // whose model works on the pieces of this take
  std::unique_ptr<Conversation> conversation_;
};

std::string ChainRouter::name() const {
  std::string names;
  for (const auto& link : links_) names += link->model->name() + " > ";
  return names + (options_.fallback ? options_.fallback->name() : "raw");
}

void ChainRouter::abandon() {
  conversation_.reset();
  followed_ = nullptr;
  end_calls();
}

void ChainRouter::end_calls() {
  std::erase_if(abandoned_, [](const auto& call) { return call->is_over(); });
  for (auto& link : links_) {
    if (!link->call) continue;
    link->call->abort();
    abandoned_.push_back(std::move(link->call));
  }
}

// Only the first model that is well: a second one in the same memory would push the first out.
Result<void> ChainRouter::prepare() {
  abandon();
  for (auto& link : links_) {
    if (link->may_try()) make_ready(*link);
    if (link->is_failing()) continue;
    if (options_.while_speaking && link->gain.worth_it()) followed_ = link.get();
    break;
  }
  if (followed_ != nullptr) {
    const auto check = [this](std::string_view said, std::string_view got) { return checked(said, got); };
    conversation_ =
        std::make_unique<Conversation>(followed_->model, ConversationOptions{options_.prompt, check});
  }
  return options_.fallback ? options_.fallback->prepare() : Result<void>();
}

void ChainRouter::make_ready(ChainLink& link) const {
  {
    const std::lock_guard lock(link.mutex);
    if (!std::exchange(link.prepared, false)) return;
  }
  link.preparing =
      std::jthread([&link, prefix = prompt_prefix(options_.prompt)](const std::stop_token& stop) {
        set_thread_name("ready " + link.model->name());
        const auto works = link.model->prepare(prefix, stop);
        if (!works) link.failed(works.error());
        if (works.value_or(false)) link.succeeded();
        const std::lock_guard lock(link.mutex);
        link.prepared = true;
      });
}

Result<ProcessedText> ChainRouter::fallback_text(const TextRequest& request,
                                                 const std::stop_token& cancel) const {
  if (!options_.fallback) return ProcessedText{.text = sanitised(request.text), .by = "raw"};
  auto text = options_.fallback->process(request, cancel);
  if (text && text->by.empty()) text->by = options_.fallback->name();
  return text;
}

// Pieces as a model gets them: those that belong together in one, as the fallback's text.
std::vector<std::string> ChainRouter::units_of(const TextRequest& request) const {
  std::vector<std::string> units;
  for (std::string& piece : pieces_of(request)) {
    if (!units.empty() && options_.corrects && options_.corrects(piece)) {
      units.back() += " " + piece;
    } else {
      units.push_back(std::move(piece));
    }
  }
  if (!options_.models_get_fallback_text || !options_.fallback) return units;
  std::string_view before;
  for (std::string& unit : units) {
    if (auto text = options_.fallback->process({.text = unit, .pieces = {}, .before = before}, {}))
      unit = text->text.substr(std::min(text->text.find_first_not_of(' '), text->text.size()));
    if (!unit.empty()) before = unit;
  }
  return units;
}

void ChainRouter::follow(const TextRequest& so_far) {
  if (conversation_) conversation_->go_on(units_of(so_far));
}

// Of a model that worked on the pieces only what is left is asked, in one.
Question ChainRouter::question_for(const ChainLink& link, const TextRequest& request, const Job& job,
                                   const std::stop_token& cancel) {
  if (&link != followed_ || !conversation_) return {job.whole};
  std::vector<std::string> units = units_of(request);
  // What the rules make of all may not be what they make of the pieces: a correction that reached further
  // back.
  if (units.size() < 2 || !same_piece(joined_pieces(units, units), job.said)) return {job.whole};
  return rest_of({job.whole, conversation_->worked(units, job.deadline, cancel)}, units, options_.prompt);
}

Job ChainRouter::job_for(const TextRequest& request, ProcessedText fallback) const {
  const Instant from = request.key_up.value_or(SteadyClock().now());
  const PromptOptions& options = options_.prompt;
  Job job{.said = options_.models_get_fallback_text ? fallback.text : sanitised(request.text)};
  job.original = options.mode == TaskMode::refine ? std::string(request.selection) : job.said;
  const PromptInput input{.said = job.said, .selection = request.selection};
  job.whole = {.prompt = make_prompt(options, input),
               .most_tokens = most_answer_tokens(options, input),
               .exact = options.mode != TaskMode::ask,
               .deadline = from + std::max(options_.late_limit, options_.limit)};
  job.deadline = from + options_.limit;
  job.result = std::move(fallback);
  job.result.text = stand_in(options.mode, std::move(job.result.text), request.selection);
  return job;
}

ProcessedText ChainRouter::without_model(const TextRequest& request, ProcessedText fallback) const {
  if (options_.lack.empty()) return fallback;
  fallback.text = stand_in(options_.prompt.mode, std::move(fallback.text), request.selection);
  fallback.notes.push_back(options_.lack);
  return fallback;
}

Result<ProcessedText> ChainRouter::process(const TextRequest& request, std::stop_token cancel) {
  end_calls();
  auto fallback = fallback_text(request, cancel);
  if (!fallback) return fallback;
  if (is_blank(fallback->text) && is_blank(request.selection)) return fallback;
  if (links_.empty()) return without_model(request, std::move(*fallback));
  Job job = job_for(request, std::move(*fallback));
  for (auto& link : links_) {
    if (SteadyClock().now() >= job.deadline) {
      job.result.notes.emplace_back("no time was left to ask " + link->model->name());
      break;
    }
    const bool answered = ask(*link, request, job, cancel);
    if (cancel.stop_requested()) {
      abandon();
      return fail(ErrorKind::cancelled, "cancelled");
    }
    if (answered) break;
  }
  return std::move(job.result);
}

// True if the text is there.
bool ChainRouter::ask(ChainLink& link, const TextRequest& request, Job& job, const std::stop_token& cancel) {
  if (!link.may_try()) {
    job.result.notes.emplace_back(link.last_failure() + " (it is left alone for a while)");
    return false;
  }
  const Instant start = SteadyClock().now();
  Question question = question_for(link, request, job, cancel);
  if (!question.pieces.empty() && question.pieces.size() == question.worked.size()) {
    return take(link, job, question, nullptr);
  }
  const auto answer = answer_in_time(link, question.request, job.deadline, cancel);
  if (cancel.stop_requested()) return false;
  if (!answer) {
    job.result.parts.push_back({SpanName::deadline, SteadyClock().now() - start});
    job.result.notes.emplace_back(link.model->name() + " had no answer in time");
    leave(link, request, job, std::move(question));
    return false;
  }
  link.call.reset();
  if (*answer) {
    link.succeeded();
    return take(link, job, question, &**answer);
  }
  link.failed(answer->error());
  job.result.notes.push_back(answer->error().message);
  return false;
}

// Whether the same question at once, or after the wait that the server asks for, may well be answered.
std::optional<Nanoseconds> pause_before_retry(const LlmError& error) {
  if (error.failure == LlmFailure::overloaded) return error.retry_after;
  if (error.failure == LlmFailure::loading) return std::chrono::milliseconds(100);
  return std::nullopt;
}

// With the tries that help, as far as there is time.
std::optional<LlmResult<LlmAnswer>> ChainRouter::answer_in_time(ChainLink& link, const LlmRequest& request,
                                                                Instant deadline,
                                                                const std::stop_token& cancel) {
  const SteadyClock clock;
  bool tried_again = false;
  while (true) {
    link.call = std::make_unique<ModelCall>(link.model, request);
    auto answer = link.call->wait_until(deadline, cancel);
    if (!answer || *answer || cancel.stop_requested()) return answer;
    auto pause = pause_before_retry(answer->error());
    // An answer that broke off: once more, as the server may only have restarted.
    if (answer->error().failure == LlmFailure::down && !std::exchange(tried_again, true))
      pause = Nanoseconds(0);
    if (!pause || SteadyClock().now() + *pause >= deadline) return answer;
    clock.sleep_until(SteadyClock().now() + *pause, cancel);
    if (cancel.stop_requested()) return answer;
  }
}

// The call goes on; what comes of it is checked as if it had come in time.
void ChainRouter::leave(ChainLink& link, const TextRequest& request, const Job& job, Question question) {
  link.failed({.failure = LlmFailure::slow, .message = link.model->name() + " had no answer in time"});
  link.call->leave_to([this, &link, original = job.original, on_late = request.on_late,
                       question = std::move(question)](const LlmResult<LlmAnswer>& answer) {
    if (!answer) return;
    link.succeeded();
    CheckedText text = checked(original, whole_text(question, &*answer));
    if (text.accepted && on_late) on_late({std::move(text.text), link.model->name()});
  });
}

CheckedText ChainRouter::checked(std::string_view said, std::string_view got) const {
  if (!options_.check) return {true, sanitised(got), {}};
  CheckedText text = options_.check->check(said, got);
  text.text = sanitised(text.text);
  if (text.accepted && is_blank(text.text)) return {false, {}, "nothing is left of it"};
  return text;
}

// What was written before key up, against what was read again for it.
void learn_gain(PieceGain& gain, const Question& question, const LlmAnswer& answer) {
  Nanoseconds saved{};
  for (const WorkedPiece& piece : question.worked) saved += decode_time(piece.answer);
  gain.took(saved, prompt_time(answer) - prompt_time(question.worked.front().answer));
}

bool ChainRouter::take(ChainLink& link, Job& job, const Question& question, const LlmAnswer* answer) const {
  std::vector<ProcessedPart>& parts = job.result.parts;
  for (std::size_t i = 0; i < question.worked.size(); ++i)
    job.result.pieces.push_back({static_cast<int>(i), question.worked[i].start, question.worked[i].end});
  if (answer != nullptr) {
    for (const ProcessedPart& part : parts_of(*answer)) parts.push_back(part);
    if (!question.worked.empty()) learn_gain(link.gain, question, *answer);
  }
  const Instant start = SteadyClock().now();
  CheckedText text = checked(job.original, whole_text(question, answer));
  parts.push_back({SpanName::verify, SteadyClock().now() - start});
  if (!text.accepted) {
    job.result.notes.emplace_back("the answer of " + link.model->name() + " was not used: " + text.reason);
    return false;
  }
  job.result.text = std::move(text.text);
  job.result.by = link.model->name();
  return true;
}

}  // namespace

std::unique_ptr<TextProcessor> make_router(RouterOptions options) {
  return std::make_unique<ChainRouter>(std::move(options));
}

}  // namespace diktate
