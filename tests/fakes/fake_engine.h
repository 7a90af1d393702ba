// A SpeechEngine that understands the tone language, or answers as a test tells it, and remembers what it was
// asked.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/ports.h"
#include "fakes/tone_language.h"

namespace diktate::fakes {

class FakeEngine final : public SpeechEngine {
 public:
  struct Call {
    Samples samples;
    bool suppress_end_at_start;
    std::vector<int> draft;
  };
  using Answer =
      std::function<Result<Transcript>(std::span<const float>, const DecodeOptions&, std::stop_token cancel)>;

  Result<void> prepare() override {
    ++prepared;
    return prepare_answer;
  }

  Result<Transcript> transcribe(std::span<const float> samples, const DecodeOptions& options,
                                std::stop_token cancel) override {
    calls.push_back({Samples(samples.begin(), samples.end()), options.suppress_end_at_start,
                     std::vector<int>(options.draft.begin(), options.draft.end())});
    if (answer) return answer(samples, options, cancel);
    if (cancel.stop_requested()) return fail(ErrorKind::cancelled, "cancelled");
    return listen(samples);
  }

  Transcript listen(std::span<const float> samples) const {
    Transcript transcript;
    transcript.tokens = words_in(samples);
    transcript.text = text_of_words(transcript.tokens);
    return transcript;
  }

  std::string text_of(std::span<const int> tokens) const override {
    return text_of_words(std::vector<int>(tokens.begin(), tokens.end()));
  }

  std::string name() const override { return "fake"; }

  Answer answer;
  Result<void> prepare_answer;
  int prepared = 0;
  std::vector<Call> calls;
};

}  // namespace diktate::fakes
