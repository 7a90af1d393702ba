#include "text/rules_processor.h"

#include <utility>

namespace diktate {
namespace {

class Rules final : public TextProcessor {
 public:
  explicit Rules(RulesOptions options) : options_(std::move(options)) {}

  Result<void> prepare() override { return {}; }

  Result<ProcessedText> process(const TextRequest& request, std::stop_token /*cancel*/) override {
    CleanOptions options = options_.clean;
    options.pieces.assign(request.pieces.begin(), request.pieces.end());
    options.before = request.before;
    options.dictionary = options_.dictionary.get();
    options.snippets = options_.snippets.get();
    if (options_.values) options.values = options_.values();
    Cleaned cleaned = clean(request.text, *options_.language, options);
    ProcessedText result{std::move(cleaned.text), {}};
    for (Action& action : cleaned.actions) result.keys.push_back(std::move(action.key));
    return result;
  }

  std::string name() const override { return "rules"; }

 private:
  const RulesOptions options_;
};

}  // namespace

std::unique_ptr<TextProcessor> make_rules(RulesOptions options) {
  return std::make_unique<Rules>(std::move(options));
}

}  // namespace diktate
