#include "session.h"

#include <thread>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "app/backends.h"
#include "app/chrome_trace.h"
#include "app/take_json.h"
#include "audio/file_source.h"
#include "audio/stream_source.h"
#include "base/files.h"
#include "base/thread_name.h"
#include "core/joining.h"

namespace diktate {

Result<std::unique_ptr<Session>> Session::start(const EngineOptions& options) {
  std::unique_ptr<Session> session(new Session);
  const OnWarning on_warning = [s = session.get()](const std::string& warning) { s->warn(warning); };
  EngineChoice choice;
  choice.name = options.name;
  choice.threads = options.threads;
  choice.on_warning = on_warning;
  auto engine = make_engine(choice);
  if (!engine) return tl::unexpected(engine.error());
  session->engine_ = std::move(*engine);
  session->detector_ = make_detector(on_warning);
  session->recogniser_ = std::make_unique<Recogniser>(*session->engine_);
  return session;
}

Result<void> Session::clean_with(const TakeProfile& profile) {
  CleaningChoice cleaning = profile.cleaning;
  cleaning.keys = false;  // nobody presses them
  const auto cleaner = make_cleaner(cleaning, [this](const std::string& warning) { warn(warning); });
  if (!cleaner) return tl::unexpected(cleaner.error());
  auto processor = make_text_processor(profile, *cleaner);
  if (!processor) return tl::unexpected(processor.error());
  processor_ = std::move(*processor);
  return {};
}

Result<OpenedAudio> Session::open(const InputOptions& input) const {
  if (input.file != "-") return open_file({input.file, input.speed}, clock_);
  StreamSourceOptions stream;
  stream.fd = STDIN_FILENO;
  stream.raw = input.raw;
  stream.speed = input.speed;
  return open_stream(stream, clock_);
}

Take Session::run(AudioSource& source, const TakeOptions& options, const Listeners& listeners,
                  std::stop_token finish, std::stop_token cancel) {
  const TakeParts parts{source,           *detector_,        *recogniser_,
                        clock_,           listeners.deliver, listeners.on_piece,
                        processor_.get(), listeners.record};
  Result<Take> take;
  std::thread listen([&] {
    set_thread_name("listen");
    take = without_exceptions([&]() -> Result<Take> { return dictate(parts, options, finish, cancel); });
  });
  listen.join();
  return take ? std::move(*take) : failed_take(take.error());
}

Result<std::string> Session::clean(const std::string& raw_text) {
  if (!processor_) return raw_text;
  static_cast<void>(processor_->prepare());  // process() says what failed
  auto processed = processor_->process({.text = raw_text, .pieces = {}}, {});
  if (!processed) return tidy(raw_text);
  if (processed->text.empty() && !processed->notes.empty())
    return fail(ErrorKind::failed, fmt::format("{}", fmt::join(processed->notes, "; ")));
  return std::move(processed->text);
}

std::vector<std::string> Session::take_warnings() {
  std::lock_guard lock(mutex_);
  return std::exchange(warnings_, {});
}

void Session::warn(const std::string& warning) {
  std::lock_guard lock(mutex_);
  warnings_.push_back(warning);
}

Result<void> write_trace(const std::string& path, const std::vector<std::pair<std::string, Take>>& takes) {
  std::vector<TracedTake> traced;
  for (const auto& [file, take] : takes) traced.push_back({file, &take});
  return write_file_atomically(path, chrome_trace(traced));
}

}  // namespace diktate
