// What every take of one run of the program shares: the engine, the detector, the clock.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/processing.h"
#include "app/take_json.h"
#include "audio/encoding.h"
#include "audio/opened_audio.h"
#include "audio/pulse_source.h"
#include "base/clock.h"
#include "base/result.h"
#include "core/pipeline.h"
#include "core/ports.h"
#include "core/recogniser.h"

namespace diktate {

struct EngineOptions {
  std::string name;
  int threads = 0;  // 0: as many as help
};

// Where samples come from.
struct InputOptions {
  std::string file;    // "-": standard input
  double speed = 0;    // 0: as fast as possible
  PcmFormat raw = {};  // of a standard input that does not start with a WAV header
};

// One thread uses it.
class Session {
 public:
  static Result<std::unique_ptr<Session>> start(const EngineOptions& options);

  Result<OpenedAudio> open(const InputOptions& input) const;
  Result<OpenedAudio> open(const PulseSourceOptions& microphone) const {
    return open_pulse(microphone, clock_);
  }

  struct Listeners {
    std::function<Result<void>(const InsertRequest& request)> deliver;
    std::function<void(const Piece& piece, bool final)> on_piece = {};
    TakeRecord* record = nullptr;
  };

  // How the text of the takes after this call is cleaned; before, white space and casing are all.
  Result<void> clean_with(const TakeProfile& profile);

  // On a thread called "listen", as timelines show it; waits for it.
  Take run(AudioSource& source, const TakeOptions& options, const Listeners& listeners,
           std::stop_token finish, std::stop_token cancel);

  // Words that were recognised before, cleaned as those of a take are. Waits as long as that takes.
  // Fails where something was to be made of them, and was not.
  Result<std::string> clean(const std::string& raw_text);

  // Whether the engine can be used at all; waits for it if no take has loaded it yet.
  Result<void> check_engine() { return recogniser_->prepare(); }

  // What the backends warned of since the last call.
  std::vector<std::string> take_warnings();

  std::string engine_name() const { return engine_->name(); }
  const Clock& clock() const { return clock_; }

 private:
  Session() = default;
  void warn(const std::string& warning);

  SteadyClock clock_;
  std::mutex mutex_;
  std::vector<std::string> warnings_;
  std::unique_ptr<SpeechEngine> engine_;
  std::unique_ptr<VoiceDetector> detector_;
  std::unique_ptr<Recogniser> recogniser_;
  std::unique_ptr<TextProcessor> processor_;  // none: words are not cleaned
};

// Writes the takes' trace to `path`.
Result<void> write_trace(const std::string& path, const std::vector<std::pair<std::string, Take>>& takes);

}  // namespace diktate
