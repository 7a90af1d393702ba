// The rules of cleanup as a TextProcessor.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/ports.h"
#include "text/clean.h"
#include "text/dictionary.h"
#include "text/language.h"
#include "text/snippets.h"

namespace diktate {

struct RulesOptions {
  std::shared_ptr<const Language> language;
  std::shared_ptr<const Dictionary> dictionary = {};  // none: nullptr; kept as long as the processor lives
  std::shared_ptr<const Snippets> snippets = {};
  CleanOptions clean = {};                     // `pieces` come with each request
  std::function<SnippetValues()> values = {};  // asked at each request; none: those in `clean`
};

// process() never fails and takes well under a millisecond.
std::unique_ptr<TextProcessor> make_rules(RulesOptions options);

}  // namespace diktate
