#include "transcribe.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/core.h>
#include <unistd.h>

#include "app/progress_bar.h"
#include "app/subtitles.h"
#include "app/take_json.h"
#include "app/terminal.h"
#include "console.h"
#include "core/joining.h"
#include "signals.h"

namespace diktate {
namespace {

// The progress of one file, in one line of standard error if that is a terminal.
class ProgressLine {
 public:
  ProgressLine(std::string name, const OpenedAudio& audio, const Clock& clock)
      : name_(std::move(name)), clock_(clock), started_(clock.now()) {
    if (audio.expected_samples) total_ = seconds(*audio.expected_samples);
    show(0);
  }
  ~ProgressLine() {
    if (style_.live) print_note("\r\x1b[K");
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(std::int64_t samples) const {
    if (!style_.live) return;
    const std::chrono::duration<double> elapsed = clock_.now() - started_;
    print_note(
        fmt::format("\r\x1b[K{}", progress_line(name_, {seconds(samples), total_, elapsed.count()}, style_)));
  }

 private:
  const TerminalStyle style_ = terminal_style(STDERR_FILENO);
  const std::string name_;
  const Clock& clock_;
  const Instant started_;
  std::optional<double> total_;
};

class Transcriber {
 public:
  explicit Transcriber(const TranscribeOptions& options) : options_(options) {
    const bool live = std::find(options.files.begin(), options.files.end(), "-") != options.files.end();
    if (!live) return;
    signals_ = std::make_unique<Signals>();
    signals_->set_finishes(false);
  }

  int run() {
    start();
    for (const std::string& file : options_.files) {
      if (is_cancelled()) break;
      report(file, session_ ? transcribe_file(file) : failed_take(*engine_error_));
    }
    if (is_cancelled()) check(fail(ErrorKind::cancelled, "cancelled"));
    if (!options_.trace.empty()) check(write_trace(options_.trace, traced_));
    return failed_ ? kFailure : kSuccess;
  }

 private:
  void start() {
    auto session = Session::start(options_.engine);
    if (!session) return give_up(session.error());
    if (auto ready =
            (*session)->clean_with({.name = options_.cleaning.profile, .cleaning = options_.cleaning});
        !ready)
      return give_up(ready.error());
    session_ = std::move(*session);
  }

  // Without an engine every file fails for the same reason: it is said once.
  void give_up(const Error& error) {
    print_error(error.message);
    engine_error_ = error;
    session_.reset();
  }

  bool is_cancelled() const { return signals_ && signals_->cancel().stop_requested(); }

  Take transcribe_file(const std::string& file) {
    const bool live = file == "-";  // of a file, what was read by then is not all of it
    if (signals_) signals_->set_finishes(live);
    auto audio = session_->open({file, 0, options_.stdin_format});
    if (!audio) return failed_take(audio.error());
    const ProgressLine progress(file, *audio, session_->clock());
    TakeOptions take = file_options();
    take.raw = options_.raw;
    const Session::Listeners listeners{[](const InsertRequest&) { return Result<void>(); },
                                       [&](const Piece& piece, bool) { progress.show(piece.end); }};
    return session_->run(*audio->source, take, listeners, live ? signals_->finish() : std::stop_token(),
                         signals_ ? signals_->cancel() : std::stop_token());
  }

  void report(const std::string& file, Take take) {
    TakeContext context{file, options_.engine.name};
    if (session_) context.warnings = session_->take_warnings();
    for (const auto& warning : context.warnings) print_warning(warning);
    for (const auto& warning : take.warnings) print_warning(about(file, warning));
    report_cause(file, take);
    check(print_result(formatted(take, context)));
    failed_ = failed_ || (take.outcome != Outcome::delivered && take.outcome != Outcome::empty);
    if (!options_.trace.empty() && !take.spans.empty()) traced_.emplace_back(file, std::move(take));
  }

  void report_cause(const std::string& file, const Take& take) {
    if (take.cause.empty() || engine_error_) return;
    if (auto ready = take.spans.empty() ? Result<void>() : session_->check_engine(); !ready) {
      give_up(ready.error());
    } else {
      print_error(about(file, take.cause));
    }
  }

  std::string formatted(const Take& take, const TakeContext& context) const {
    switch (options_.format) {
      case TranscriptFormat::json:
        return transcription_json(take, context) + "\n";
      case TranscriptFormat::srt:
        return srt(as_joined(take.pieces));
      case TranscriptFormat::vtt:
        return take.spans.empty() ? "" : vtt(as_joined(take.pieces));
      case TranscriptFormat::text:
        break;
    }
    if (options_.files.size() == 1) return take.text.empty() ? "" : take.text + "\n";
    return take.spans.empty() ? "" : fmt::format("{}: {}\n", context.file, take.text);
  }

  void check(const Result<void>& done) {
    if (done) return;
    print_error(done.error().message);
    failed_ = true;
  }

  const TranscribeOptions& options_;
  std::unique_ptr<Signals> signals_;  // before anything that starts threads
  std::unique_ptr<Session> session_;
  std::optional<Error> engine_error_;
  std::vector<std::pair<std::string, Take>> traced_;
  bool failed_ = false;
};

}  // namespace

int run_transcribe(const TranscribeOptions& options) { return Transcriber(options).run(); }

}  // namespace diktate
