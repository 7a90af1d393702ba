// The rules of cleanup as a TextProcessor.
#pragma once

#include <memory>
#include <string>

#include "core/ports.h"
#include "text/clean.h"
#include "text/language.h"

namespace diktate {

struct RulesOptions {
  std::shared_ptr<const Language> language;
  CleanOptions clean;  // `pieces` come with each request; what it borrows outlives the processor
};

// process() never fails and takes well under a millisecond.
std::unique_ptr<TextProcessor> make_rules(RulesOptions options);

}  // namespace diktate
