#include "text/output_check.h"

#include <utility>

namespace diktate {
namespace {

class Verification final : public OutputCheck {
 public:
  explicit Verification(OutputCheckOptions options) : options_(std::move(options)) {}

  CheckedText check(std::string_view said, std::string_view got) const override {
    const VerifyOptions options{
        .style = options_.style, .prompt = options_.prompt, .into = options_.into.get()};
    Verdict verdict = verify(said, got, *options_.language, options);
    return {verdict.decision != Decision::reject, std::move(verdict.text), std::move(verdict.sentence)};
  }

 private:
  const OutputCheckOptions options_;
};

}  // namespace

std::shared_ptr<const OutputCheck> make_output_check(OutputCheckOptions options) {
  return std::make_shared<const Verification>(std::move(options));
}

}  // namespace diktate
