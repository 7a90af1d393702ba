// Fuzzes what reads text from outside: sanitised(), clean() and verify(). None may crash, whatever the bytes;
// what they give is text, and giving it to them once more changes nothing.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <fuzzer/FuzzedDataProvider.h>

#include "text/clean.h"
#include "text/sanitise.h"
#include "text/texts.h"
#include "text/verify.h"

namespace diktate {
namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

struct Spoken {
  std::shared_ptr<const Language> language;
  std::vector<std::string> words;
};

// The languages, each with words that mean something to its rules.
const std::vector<Spoken>& all_languages() {
  static const std::vector<Spoken> kAll = [] {
    std::vector<Spoken> all;
    for (const std::string& name : language_names())
      all.push_back({built_in_language(name).value(), vocabulary(name)});
    return all;
  }();
  return kAll;
}

// Words of the language, each named by two bytes, and bytes as they come.
std::string any_text(FuzzedDataProvider& input, const Spoken& spoken) {
  std::string text;
  while (input.remaining_bytes() > 0) {
    if (input.ConsumeBool()) {
      text += spoken.words[input.ConsumeIntegral<std::uint16_t>() % spoken.words.size()] + ' ';
    } else {
      text += input.ConsumeBytesAsString(input.ConsumeIntegralInRange<std::size_t>(1, 8));
    }
  }
  return text;
}

void check_clean(const std::string& text, const Language& language, CleanOptions options) {
  const Cleaned first = clean(text, language, options);
  require(sanitised(first.text) == first.text);
  require(options.snippets != nullptr || first.text.size() <= 2 * text.size() + 1);
  require(first.cursor.value_or(0) <= first.text.size());
  require(options.profile.actions || first.actions.empty());
  require(!options.profile.one_line || first.text.find('\n') == std::string::npos);
  if (once(first)) return;
  options.pieces.clear();
  require(clean(first.text, language, options).text == first.text);
}

// What a verdict hands on is text, and nothing of what it rejects. A share is one: nan fails as well.
void check_verdict(const std::string& said, const std::string& got, const Language& language,
                   VerifyStyle style) {
  const Verdict verdict = verify(said, got, language, {.style = style, .prompt = "Tidy this text: "});
  require(sanitised(verdict.text) == verdict.text && verdict.text.size() <= got.size());
  require(verdict.decision != Decision::reject || verdict.text.empty());
  for (const double share : {verdict.kept, verdict.inserted, verdict.order})
    require(share >= 0 && share <= 1);
  require(verdict.length >= 0);
}

void check(FuzzedDataProvider& input) {
  const Spoken& spoken = all_languages()[input.ConsumeIntegral<std::uint8_t>() % all_languages().size()];
  const auto profiles = profile_names();
  CleanOptions options{
      .profile = profile_called(profiles[input.ConsumeIntegral<std::uint8_t>() % profiles.size()]).value(),
      .before = input.PickValueInArray<std::string_view>({"", "and then ", "Hello.", "Hi,\n"}),
      .explain = true};
  static const UserWords kWords;
  if (input.ConsumeBool()) kWords.put_into(options);
  options.pieces.assign(1, input.ConsumeIntegral<std::uint8_t>());
  const auto style =
      static_cast<VerifyStyle>(input.ConsumeIntegral<std::uint8_t>() % kVerifyStyleNames.size());
  const std::string got = input.ConsumeRandomLengthString(64);
  const std::string text = any_text(input, spoken);
  const std::string safe = sanitised(text);
  require(safe.size() <= text.size() && sanitised(safe) == safe);
  check_clean(text, *spoken.language, options);
  check_verdict(text, got, *spoken.language, style);
  check_verdict(text, clean(text, *spoken.language, options).text, *spoken.language, style);
}

}  // namespace
}  // namespace diktate

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider input(data, size);
  diktate::check(input);
  return 0;
}
