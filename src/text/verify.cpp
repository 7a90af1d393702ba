#include "text/verify.h"

#include <algorithm>
#include <utility>

#include "text/sanitise.h"
#include "text/verify_checks.h"
#include "text/wrappers.h"

namespace diktate {
namespace {

ReadText read_text(std::string_view text, const Language& language, Keys& keys) {
  ReadText read{text, tokenise(text, language), {}};
  read.words = compare_words(read.tokens, language, keys);
  return read;
}

Comparison compare(std::string_view said, std::string_view got, const Language& language,
                   const VerifyOptions& options) {
  const bool translated = options.style == VerifyStyle::translate;
  const Language& got_language = translated && options.into != nullptr ? *options.into : language;
  Keys keys;
  Comparison comparison{
      language, got_language, options, read_text(said, language, keys), read_text(got, got_language, keys),
      {},       {},           {}};
  if (translated) {
    comparison.alignment.got.assign(comparison.got.words.size(), kUnmatched);
  } else {
    comparison.alignment = align(comparison.said.words, comparison.got.words, language, keys);
  }
  find_excuses(comparison);
  return comparison;
}

Verdict rejected(Fault fault, Verdict measures = {}) {
  measures.decision = Decision::reject;
  measures.reason = fault.reason;
  measures.sentence = std::move(fault.sentence);
  return measures;
}

Finding find_fault(const Comparison& comparison, Verdict& measures) {
  const std::size_t said = comparison.said.words.size();
  measures.length =
      said == 0 ? 0 : static_cast<double>(comparison.got.words.size()) / static_cast<double>(said);
  if (comparison.got.words.empty()) return Fault{VerifyReason::empty, "it is empty"};
  if (said == 0) return Fault{VerifyReason::added, "nothing was said"};
  if (auto found = find_other_language(comparison)) return found;
  switch (comparison.options.style) {
    case VerifyStyle::standard:
      return find_unfaithful(comparison, measures);
    case VerifyStyle::translate:
      return find_mistranslated(comparison, measures);
    default:
      return find_unlike(comparison, measures);
  }
}

std::string listed(const std::vector<std::string_view>& parts) {
  std::string list;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    list += i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ";
    list += parts[i];
  }
  return list;
}

// What has other bytes than it should: escape sequences and such. A carriage return is none of them.
bool has_controls(std::string_view got, std::string_view clean) {
  std::string plain(got);
  plain.erase(std::remove(plain.begin(), plain.end(), '\r'), plain.end());
  return plain != clean;
}

template <std::size_t size, class Enum>
std::string_view name_of(const std::array<std::string_view, size>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

// In the order of VerifyReason.
constexpr std::array<std::string_view, kVerifyReasonNames.size()> kReasonLines = {
    "it is the same text",
    "there was something around it",
    "it is empty",
    "it never came to the end of its reasoning",
    "it is JSON or code",
    "it is a refusal",
    "it talks about the text",
    "it repeats what it was told",
    "it is in the wrong language",
    "it answers what was only to be written down",
    "a number is lost, new or changed",
    "it has a name that was not said",
    "a negation is lost or new",
    "it has words that were not said",
    "words that were said are gone",
    "its words are in another order",
};

}  // namespace

std::string quoted(const ReadText& text, const CompareWord& word) {
  return "'" + text.tokens[word.token].text + "'";
}

bool is_content(const CompareWord& word) {
  if (word.kind == CompareWord::Kind::sign) return true;
  if (word.is_digit()) return word.border;
  if (word.is(kNegations | classes(WordClass::contrast))) return !word.is(classes(WordClass::pronoun));
  return !word.is(kGrammarWords | classes(WordClass::hesitation));
}

std::string_view to_string(VerifyStyle style) { return name_of(kVerifyStyleNames, style); }
std::string_view to_string(Decision decision) { return name_of(kDecisionNames, decision); }
std::string_view to_string(VerifyReason reason) { return name_of(kVerifyReasonNames, reason); }
std::string_view without_words(VerifyReason reason) { return name_of(kReasonLines, reason); }

Result<VerifyStyle> verify_style_called(std::string_view name) {
  const auto* found = std::find(kVerifyStyleNames.begin(), kVerifyStyleNames.end(), name);
  if (found != kVerifyStyleNames.end()) return static_cast<VerifyStyle>(found - kVerifyStyleNames.begin());
  const std::vector<std::string_view> names(kVerifyStyleNames.begin(), kVerifyStyleNames.end());
  return fail(ErrorKind::invalid, "unknown style '" + std::string(name) + "'; there are " + listed(names));
}

Verdict verify(std::string_view said, std::string_view got, const Language& language,
               const VerifyOptions& options) {
  const std::string clean_said = sanitised(said);
  const std::string clean_got = sanitised(got);
  if (auto found = find_schema(clean_got, clean_said)) return rejected(*std::move(found));
  const Said dictated(clean_said, language);
  std::vector<const Language*> languages = {&language};
  if (options.into != nullptr && options.into != &language) languages.push_back(options.into);
  Unwrapped inner = unwrapped(clean_got, dictated, languages, options.style == VerifyStyle::prompt);
  if (inner.open_reasoning)
    return rejected({VerifyReason::reasoning, "it never came to the end of its reasoning"});
  if (inner.text.empty()) return rejected({VerifyReason::empty, "it is empty"});
  if (auto found = find_schema(inner.text, clean_said)) return rejected(*std::move(found));
  if (auto found = find_talk(inner.text, dictated, languages, options)) return rejected(*std::move(found));
  const Comparison comparison = compare(clean_said, inner.text, language, options);
  Verdict verdict;
  if (auto found = find_fault(comparison, verdict)) return rejected(*std::move(found), std::move(verdict));
  if (has_controls(got, clean_got)) inner.cut.emplace_back("control characters");
  verdict.decision = inner.cut.empty() ? Decision::accept : Decision::strip;
  verdict.reason = inner.cut.empty() ? VerifyReason::faithful : VerifyReason::wrapped;
  verdict.sentence = inner.cut.empty() ? "it is what was said" : "good without " + listed(inner.cut);
  verdict.text = std::move(inner.text);
  return verdict;
}

}  // namespace diktate
