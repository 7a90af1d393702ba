// Judges what a language model made of dictated words: whether it may be used, what must be cut off first, or
// that it is no cleanup of these words at all. docs/verification.md says how.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.h"
#include "text/language.h"

namespace diktate {

// In the order of kVerifyStyleNames.
enum class VerifyStyle : unsigned char {
  standard,      // the speaker's words, tidied
  professional,  // in other words, with the same content
  prompt,        // arranged as a prompt, with headings
  translate,     // in another language
};
inline constexpr std::array<std::string_view, 4> kVerifyStyleNames = {"standard", "professional", "prompt",
                                                                      "translate"};

enum class Decision : unsigned char { accept, strip, reject };
inline constexpr std::array<std::string_view, 3> kDecisionNames = {"accept", "strip", "reject"};

// Why; in the order of kVerifyReasonNames. The names are an interface.
enum class VerifyReason : unsigned char {
  faithful,   // accept
  wrapped,    // strip
  empty,      // nothing came back
  reasoning,  // it never came to the text
  schema,     // JSON, or code
  refusal,    // it will not
  talk,       // to the speaker, or about the task
  echo,       // of the prompt
  language,   // another one; translated: not another one
  answer,     // a question or an order that was obeyed
  number,     // lost, new, or changed
  name,       // new
  negation,   // lost or new
  added,      // words that were not said
  lost,       // words that were
  order,      // another one
};
inline constexpr std::array<std::string_view, 16> kVerifyReasonNames = {
    "faithful", "wrapped", "empty",  "reasoning", "schema",   "refusal", "talk", "echo",
    "language", "answer",  "number", "name",      "negation", "added",   "lost", "order"};

struct VerifyOptions {
  VerifyStyle style = VerifyStyle::standard;
  std::string_view prompt = {};    // what the model was told, as far as it is known
  const Language* into = nullptr;  // translate: the language to translate into, as far as it is known
};

struct Verdict {
  Decision decision = Decision::reject;
  VerifyReason reason = VerifyReason::empty;
  std::string sentence;  // the reason, for a person
  std::string text;      // what to use: sanitised, and without what was cut off; empty when rejected
  double kept = 0;       // share of the said content words that are in the result (translate: 0)
  double inserted = 0;   // share of the result's content words that were not said (translate: 0)
  double length = 0;     // words of the result for each said
  double order = 1;      // share of the kept words that stand in the order in which they were said
};

std::string_view to_string(VerifyStyle style);
std::string_view to_string(Decision decision);
std::string_view to_string(VerifyReason reason);
// The reason as a line for a person that has none of the words in it, as Verdict::sentence may.
std::string_view without_words(VerifyReason reason);
Result<VerifyStyle> verify_style_called(std::string_view name);  // `invalid` says which there are

// Takes any bytes; nearly linear; never fails. `language` is that of what was said. Does not wait; any
// thread.
Verdict verify(std::string_view said, std::string_view got, const Language& language,
               const VerifyOptions& options = {});

}  // namespace diktate
