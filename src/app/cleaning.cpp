#include "app/cleaning.h"

#include <utility>

#include "text/rules_processor.h"

namespace diktate {

Result<Cleaner> make_cleaner(const CleaningChoice& choice) {
  auto language = built_in_language(choice.language);
  if (!language) return tl::unexpected(language.error());
  auto profile = profile_called(choice.profile);
  if (!profile) return tl::unexpected(profile.error());
  return Cleaner{std::move(*language), {.profile = std::move(*profile)}};
}

Result<std::unique_ptr<TextProcessor>> make_rules_processor(const CleaningChoice& choice) {
  auto cleaner = make_cleaner(choice);
  if (!cleaner) return tl::unexpected(cleaner.error());
  return make_rules({std::move(cleaner->language), std::move(cleaner->options)});
}

}  // namespace diktate
