#include "text/output_check.h"

#include <utility>

#include "text/phrase_search.h"
#include "text/sanitise.h"
#include "text/wrappers.h"

namespace diktate {
namespace {

class Verification final : public OutputCheck {
 public:
  explicit Verification(OutputCheckOptions options) : options_(std::move(options)) {}

  CheckedText check(std::string_view said, std::string_view got) const override {
    const VerifyOptions options{
        .style = options_.style, .prompt = options_.prompt, .into = options_.into.get()};
    Verdict verdict = verify(said, got, *options_.language, options);
    return {verdict.decision != Decision::reject, std::move(verdict.text),
            std::string(without_words(verdict.reason))};
  }

 private:
  const OutputCheckOptions options_;
};

class Unwrapping final : public OutputCheck {
 public:
  explicit Unwrapping(std::shared_ptr<const Language> language) : language_(std::move(language)) {}

  CheckedText check(std::string_view said, std::string_view got) const override {
    const Said dictated(sanitised(said), *language_);
    Unwrapped inner = unwrapped(sanitised(got), dictated, {language_.get()}, true);
    if (inner.open_reasoning) return {false, {}, "it never came to the end of its reasoning"};
    if (inner.text.empty()) return {false, {}, "it is empty"};
    return {true, std::move(inner.text), {}};
  }

 private:
  const std::shared_ptr<const Language> language_;
};

}  // namespace

std::shared_ptr<const OutputCheck> make_output_check(OutputCheckOptions options) {
  return std::make_shared<const Verification>(std::move(options));
}

std::shared_ptr<const OutputCheck> make_wrapper_check(std::shared_ptr<const Language> language) {
  return std::make_shared<const Unwrapping>(std::move(language));
}

}  // namespace diktate
