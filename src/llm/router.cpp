#include "llm/router.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "base/thread_name.h"
#include "llm/backoff.h"
#include "llm/model_call.h"
#include "text/sanitise.h"

namespace diktate {
namespace {

Instant now() { return std::chrono::steady_clock::now(); }

// A model of the chain, and how it has been doing.
struct Link {
  std::shared_ptr<LanguageModel> model;
  std::mutex mutex;
  Backoff backoff;
  std::unique_ptr<ModelCall> call;  // of the last take; the router's thread only
  std::jthread preparing;           // the router's thread only
  bool prepared = true;             // nothing is under way

  explicit Link(std::shared_ptr<LanguageModel> owned) : model(std::move(owned)) {}

  bool may_try() {
    const std::lock_guard lock(mutex);
    return backoff.may_try(now());
  }
  bool is_failing() {
    const std::lock_guard lock(mutex);
    return backoff.is_failing();
  }
  void succeeded() {
    const std::lock_guard lock(mutex);
    backoff.succeeded();
  }
  void failed(const LlmError& error) {
    // A text that one model will not work on says nothing about the next.
    if (error.failure == LlmFailure::rejected || error.failure == LlmFailure::cancelled) return;
    const std::lock_guard lock(mutex);
    backoff.failed(now(), error.retry_after);
  }
};

// What is being done for one take.
struct Job {
  std::string said;  // what the models get
  LlmRequest request;
  Instant deadline;
  ProcessedText result;  // the fallback's, with notes that grow
};

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

void add_part(std::vector<ProcessedPart>& parts, std::string_view name, std::optional<Nanoseconds> duration) {
  if (duration) parts.push_back({name, *duration});
}

std::vector<ProcessedPart> parts_of(const LlmAnswer& answer, Nanoseconds verify) {
  const LlmDurations& server = answer.reply.durations;
  std::vector<ProcessedPart> parts;
  add_part(parts, "connect", answer.http.lookup + answer.http.connect + answer.http.tls);
  add_part(parts, "load", server.load);
  add_part(parts, "prompt", server.prompt);
  add_part(parts, "decode", server.decode);
  add_part(parts, "queue", server.queue);
  add_part(parts, "gap", gap(answer.reply, answer.http.total));
  add_part(parts, "verify", verify);
  return parts;
}

// What stands for the text if no model answers. A selected text stays as it is: what was said about it is not
// to be written over it.
std::string stand_in(TaskMode mode, std::string fallback, std::string_view selection) {
  if (mode == TaskMode::refine || mode == TaskMode::refine_by_voice) return std::string(selection);
  return mode == TaskMode::ask ? std::string() : std::move(fallback);
}

class ChainRouter final : public Router {
 public:
  explicit ChainRouter(RouterOptions options) : options_(std::move(options)) {
    for (auto& model : options_.models) links_.push_back(std::make_unique<Link>(std::move(model)));
  }

  Result<void> prepare() override;
  Result<ProcessedText> process(const TextRequest& request, std::stop_token cancel) override;
  void abandon() override;
  std::string name() const override;

 private:
  Result<ProcessedText> fallback_text(const TextRequest& request, const std::stop_token& cancel) const;
  Job job_for(const TextRequest& request, ProcessedText fallback) const;
  bool ask(Link& link, Job& job, const std::stop_token& cancel);
  std::optional<LlmResult<LlmAnswer>> answer_in_time(Link& link, const Job& job,
                                                     const std::stop_token& cancel);
  void make_ready(Link& link) const;
  void leave(Link& link, const Job& job);
  bool take(Link& link, Job& job, const LlmAnswer& answer) const;
  CheckedText checked(std::string_view said, std::string_view got) const;

  RouterOptions options_;
  std::vector<std::unique_ptr<Link>> links_;
  std::vector<std::unique_ptr<ModelCall>> abandoned_;  // asked to end, not over
};

std::string ChainRouter::name() const {
  std::string names;
  for (const auto& link : links_) names += link->model->name() + " > ";
  return names + (options_.fallback ? options_.fallback->name() : "raw");
}

void ChainRouter::abandon() {
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
    if (!link->is_failing()) break;
  }
  return options_.fallback ? options_.fallback->prepare() : Result<void>();
}

void ChainRouter::make_ready(Link& link) const {
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

Job ChainRouter::job_for(const TextRequest& request, ProcessedText fallback) const {
  const Instant from = request.key_up.value_or(now());
  const PromptOptions& options = options_.prompt;
  Job job{.said = options_.models_get_fallback_text ? fallback.text : sanitised(request.text)};
  const PromptInput input{.said = job.said, .selection = request.selection};
  job.request = {.prompt = make_prompt(options, input),
                 .most_tokens = most_answer_tokens(options, input),
                 .exact = options.mode != TaskMode::ask,
                 .deadline = from + std::max(options_.late_limit, options_.limit)};
  job.deadline = from + options_.limit;
  job.result = std::move(fallback);
  job.result.text = stand_in(options.mode, std::move(job.result.text), request.selection);
  return job;
}

Result<ProcessedText> ChainRouter::process(const TextRequest& request, std::stop_token cancel) {
  abandon();
  auto fallback = fallback_text(request, cancel);
  if (!fallback) return fallback;
  if (links_.empty() || (is_blank(fallback->text) && is_blank(request.selection))) return fallback;
  Job job = job_for(request, std::move(*fallback));
  for (auto& link : links_) {
    if (now() >= job.deadline) {
      job.result.notes.emplace_back("no time was left to ask " + link->model->name());
      break;
    }
    const bool answered = ask(*link, job, cancel);
    if (cancel.stop_requested()) {
      abandon();
      return fail(ErrorKind::cancelled, "cancelled");
    }
    if (answered) break;
  }
  return std::move(job.result);
}

// True if the text is there.
bool ChainRouter::ask(Link& link, Job& job, const std::stop_token& cancel) {
  if (!link.may_try()) {
    job.result.notes.emplace_back(link.model->name() + " failed before, and is left alone for a while");
    return false;
  }
  const auto answer = answer_in_time(link, job, cancel);
  if (cancel.stop_requested()) return false;
  if (!answer) {
    leave(link, job);
    job.result.notes.emplace_back(link.model->name() + " had no answer in time");
    return false;
  }
  link.call.reset();
  if (*answer) {
    link.succeeded();
    return take(link, job, **answer);
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
std::optional<LlmResult<LlmAnswer>> ChainRouter::answer_in_time(Link& link, const Job& job,
                                                                const std::stop_token& cancel) {
  const SteadyClock clock;
  bool tried_again = false;
  while (true) {
    link.call = std::make_unique<ModelCall>(link.model, job.request);
    auto answer = link.call->wait_until(job.deadline, cancel);
    if (!answer || *answer || cancel.stop_requested()) return answer;
    auto pause = pause_before_retry(answer->error());
    // An answer that broke off: once more, as the server may only have restarted.
    if (answer->error().failure == LlmFailure::down && !std::exchange(tried_again, true))
      pause = Nanoseconds(0);
    if (!pause || now() + *pause >= job.deadline) return answer;
    clock.sleep_until(now() + *pause, cancel);
    if (cancel.stop_requested()) return answer;
  }
}

// The call goes on; what comes of it is checked as if it had come in time.
void ChainRouter::leave(Link& link, const Job& job) {
  link.failed({.failure = LlmFailure::slow});
  link.call->leave_to([this, &link, said = job.said](const LlmResult<LlmAnswer>& answer) {
    if (!answer) return;
    link.succeeded();
    CheckedText text = checked(said, answer->reply.text);
    if (text.accepted && options_.on_late) options_.on_late({said, std::move(text.text), link.model->name()});
  });
}

CheckedText ChainRouter::checked(std::string_view said, std::string_view got) const {
  if (!options_.check) return {true, sanitised(got), {}};
  CheckedText text = options_.check->check(said, got);
  text.text = sanitised(text.text);
  if (text.accepted && is_blank(text.text)) return {false, {}, "nothing is left of it"};
  return text;
}

bool ChainRouter::take(Link& link, Job& job, const LlmAnswer& answer) const {
  const Instant start = now();
  CheckedText text = checked(job.said, answer.reply.text);
  if (!text.accepted) {
    job.result.notes.emplace_back("the answer of " + link.model->name() + " was not used: " + text.reason);
    return false;
  }
  job.result.text = std::move(text.text);
  job.result.by = link.model->name();
  job.result.parts = parts_of(answer, now() - start);
  return true;
}

}  // namespace

std::unique_ptr<Router> make_router(RouterOptions options) {
  return std::make_unique<ChainRouter>(std::move(options));
}

}  // namespace diktate
