#include "dictate.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/core.h>
#include <unistd.h>

#include "app/live_text.h"
#include "app/take_closing.h"
#include "app/take_json.h"
#include "app/terminal.h"
#include "app/waterfall.h"
#include "console.h"
#include "processing_options.h"
#include "recover_command.h"
#include "signals.h"
#include "store/journal.h"

namespace diktate {
namespace {

class Dictation {
 public:
  Dictation(const DictateOptions& options, TakeProfile profile, PrivacyLevel privacy)
      : options_(options), profile_(std::move(profile)), journal_({.privacy = privacy}) {
    if (!options_.raw) return;
    profile_.models.clear();  // their text would be waited for, and thrown away
    profile_.prompt.mode = TaskMode::standard;
  }

  int run() {
    if (options_.microphone) prepare_journal();
    auto session = Session::start(options_.engine);
    if (!session) return report(failed_take(session.error()), {});
    if (auto ready = (*session)->clean_with(profile_); !ready) {
      if (ready.error().kind == ErrorKind::invalid) return report_choice(ready.error(), "dictate");
      return report(failed_take(ready.error()), {});
    }
    auto audio = open(**session);
    if (!audio) return report(failed_take(audio.error()), (*session)->take_warnings());
    // Other programs, which --sequential stands for, are warm when the key goes down.
    if (auto ready = options_.sequential ? (*session)->check_engine() : Result<void>(); !ready) {
      return report(failed_take(ready.error()), (*session)->take_warnings());
    }
    Take take = listen(**session, *audio->source);
    return report(std::move(take), (*session)->take_warnings());
  }

 private:
  void prepare_journal() {
    warn_of_unfinished(journal_);
    if (!options_.ghost) journal_.get_ready();
  }

  Result<OpenedAudio> open(const Session& session) const {
    if (!options_.microphone) return session.open(options_.input);
    auto audio = session.open(PulseSourceOptions{options_.source, samples_of(options_.longest)});
    if (audio && style_.live) print_note("Speak. Enter or Ctrl-C ends, a second Ctrl-C throws away.\n");
    return audio;
  }

  Take listen(Session& session, AudioSource& source) {
    TakeOptions take = options_.sequential ? sequential_options() : TakeOptions{};
    take.raw = options_.raw;
    if (options_.microphone) record_ = journal_.begin({session.engine_name(), profile_.name, options_.ghost});
    const Session::Listeners listeners{[this](const InsertRequest& request) { return deliver(request.text); },
                                       [this](const Piece& piece, bool final) { show(piece, final); },
                                       record_.get()};
    Take result = session.run(source, take, listeners, signals_.finish(), signals_.cancel());
    show(live_.clear());
    return result;
  }

  // With --json the text is a part of the line that follows.
  Result<void> deliver(std::string_view text) {
    if (options_.json) return {};
    show(live_.clear());
    return print_result(std::string(text) + "\n");
  }

  void show(const Piece& piece, bool final) {
    if (piece.text.empty() || piece.index < finals_)
      return;  // what scrolled away is mended in the final text only
    if (final) finals_ = piece.index + 1;
    show(final ? live_.final(piece.text) : live_.provisional(piece.text));
  }

  void show(const std::string& bytes) const {
    if (style_.live) print_note(bytes);
  }

  int report(Take take, const std::vector<std::string>& warnings) {
    const TakeContext context{options_.microphone ? "microphone" : options_.input.file, options_.engine.name,
                              warnings, options_.sequential};
    for (const auto& warning : warnings) print_warning(warning);
    for (const auto& warning : take.warnings) print_warning(about(context.file, warning));
    if (take.outcome == Outcome::cancelled) print_error("cancelled");
    for (const auto& note : take.notes) print_warning(note);
    if (take.broken) print_error(take.cause + way_out(take));
    if (options_.json) print_json(take, context);
    close(take);
    if (options_.timeline && !take.spans.empty()) print_note(fmt::format("\n{}", waterfall(take, style_)));
    const bool good = !take.broken && take.outcome != Outcome::cancelled;
    if (!options_.trace.empty() && !take.spans.empty()) {
      std::vector<std::pair<std::string, Take>> traced;
      traced.emplace_back(context.file, std::move(take));
      check(write_trace(options_.trace, traced));
    }
    return good && !failed_ ? kSuccess : kFailure;
  }

  // With the line the text is lost; the journal has it.
  void print_json(Take& take, const TakeContext& context) {
    const auto printed = print_result(dictation_json(take, context) + "\n");
    if (printed) return;
    if (!take.text.empty()) take.outcome = Outcome::failed;
    if (take.cause.empty()) take.cause = printed.error().message;
    print_error(printed.error().message + way_out(take));
    failed_ = true;
  }

  std::string way_out(const Take& take) const {
    const bool kept = record_ && record_->keeps(closing_of(take));
    return kept ? "; the take is kept: 'diktate recover' has it" : "";
  }

  // Off the critical path: the text is delivered.
  void close(const Take& take) {
    if (!record_) return;
    if (auto closed = record_->close(closing_of(take)); !closed) print_warning(closed.error().message);
    for (const auto& warning : journal_.take_warnings()) print_warning(warning);
  }

  void check(const Result<void>& done) {
    if (done) return;
    print_error(done.error().message);
    failed_ = true;
  }

  const DictateOptions& options_;
  TakeProfile profile_;
  // Before anything that starts threads.
  Signals signals_{options_.microphone ? Signals::Input::microphone : Signals::Input::other};
  Journal journal_;
  std::unique_ptr<JournalTake> record_;  // of the take; none for a recording
  const TerminalStyle style_ = terminal_style(STDERR_FILENO);
  LiveText live_{style_};
  int finals_ = 0;  // pieces shown as final
  bool failed_ = false;
};

}  // namespace

int run_dictate(const DictateOptions& options) {
  auto profile = chosen_profile(options.processing);
  if (!profile) return report_choice(profile.error(), "dictate");
  const auto privacy = chosen_privacy();
  if (!privacy) return report_choice(privacy.error(), "dictate");
  return Dictation(options, std::move(*profile), *privacy).run();
}

}  // namespace diktate
