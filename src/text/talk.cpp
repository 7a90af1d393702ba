#include <array>
#include <cctype>
#include <unordered_set>

#include "text/unicode.h"
#include "text/verify_checks.h"

namespace diktate {
namespace {

constexpr std::size_t kEchoed = 6;  // words of the prompt in a row

// The values of PhraseGroup::talk.
struct TalkKind {
  std::string_view name;
  VerifyReason reason{};
  const char* what = "";
};
constexpr std::array<TalkKind, 6> kTalkKinds = {
    {{"refusal", VerifyReason::refusal, "it refuses"},
     {"reply", VerifyReason::talk, "it talks to the speaker"},
     {"polite", VerifyReason::talk, "it talks to the speaker"},
     {"task", VerifyReason::talk, "it talks about the task"},
     {"ai", VerifyReason::talk, "it talks about itself"},
     {"echo", VerifyReason::echo, "it repeats its instructions"}}};

std::string excerpt(std::string_view text, const PlainWords& words, std::size_t first, std::size_t count) {
  const std::size_t begin = words[first].begin;
  return std::string(text.substr(begin, words[first + count - 1].end - begin));
}

// Whether a good result may have the phrase, although not in the words of the speaker.
bool may_be_said(std::string_view kind, const Said& said, const Language& language, VerifyStyle style) {
  if (style != VerifyStyle::standard && kind == "polite") return true;
  const bool translated = style == VerifyStyle::translate && &language != &said.language();
  if (!translated) return false;
  return kind == "task" || kind == "echo" || said.has_phrase(PhraseGroup::talk, kind);
}

// "I will call you" for "call you back in ten".
bool is_elided(const PlainWords& words, std::size_t first, std::size_t count, const Said& said,
               const Language& language) {
  constexpr WordClasses kNeverSaid = classes(WordClass::pronoun, WordClass::auxiliary, WordClass::be);
  const std::size_t end = first + count;
  for (; first < end; ++first) {
    const Entry* entry = language.find(words[first].folded);
    if (entry == nullptr || (entry->classes & kNeverSaid) == 0 || (entry->classes & kNegations) != 0) break;
  }
  return first + 1 < end && said.missing(words, first, end, Said::Where::anywhere) == 0;
}

Finding find_phrases(std::string_view got, const PlainWords& words, const Said& said,
                     const Language& language, VerifyStyle style) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Phrase* found = nullptr;
    const std::size_t count = phrase_at(words, i, language, groups(PhraseGroup::talk), &found);
    if (count == 0 || said.has(words, i, i + count)) continue;
    if (style != VerifyStyle::standard && found->value == "reply" &&
        is_elided(words, i, count, said, language))
      continue;
    if (may_be_said(found->value, said, language, style)) continue;
    for (const TalkKind& kind : kTalkKinds) {
      if (kind.name != found->value) continue;
      return Fault{kind.reason, std::string(kind.what) + ": \"" + excerpt(got, words, i, count) + "\""};
    }
  }
  return std::nullopt;
}

Finding find_prompt(const PlainWords& words, const Said& said, std::string_view prompt) {
  const PlainWords told = plain_words(prompt);
  if (told.size() < kEchoed || words.size() < kEchoed) return std::nullopt;
  const auto run = [](const PlainWords& list, std::size_t first) {
    std::string joined;
    for (std::size_t i = first; i < first + kEchoed; ++i) joined += list[i].folded + ' ';
    return joined;
  };
  std::unordered_set<std::string> runs;
  for (std::size_t i = 0; i + kEchoed <= told.size(); ++i) runs.insert(run(told, i));
  for (std::size_t i = 0; i + kEchoed <= words.size(); ++i) {
    if (runs.count(run(words, i)) == 0 || said.has(words, i, i + kEchoed)) continue;
    return Fault{VerifyReason::echo, "it repeats its prompt"};
  }
  return std::nullopt;
}

std::size_t count_code(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\n';
    const bool call = text[i] == '(' && i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1])) != 0;
    const bool ends = (text[i] == ';' || text[i] == '{' || text[i] == ':') && next == '\n';
    const bool assigns = text[i] == '=' && next != '\n';
    count += call || (ends && text[i] != ':') || assigns || text[i] == '{' ? 1 : 0;
  }
  return count;
}

}  // namespace

Finding find_talk(std::string_view got, const Said& said, const std::vector<const Language*>& languages,
                  const VerifyOptions& options) {
  const PlainWords words = plain_words(got);
  for (const Language* language : languages) {
    if (auto found = find_phrases(got, words, said, *language, options.style)) return found;
  }
  return find_prompt(words, said, options.prompt);
}

Finding find_schema(std::string_view got, std::string_view said) {
  const std::string_view text = trimmed(got);
  if (text.empty()) return std::nullopt;
  const bool object =
      (text.front() == '{' && text.back() == '}') || (text.front() == '[' && text.back() == ']');
  const bool list = text.starts_with("[\"") && text.ends_with("\"]");
  const bool keyed =
      list || text.find("\":") != std::string_view::npos || text.find("\" :") != std::string_view::npos;
  if (object && keyed && trimmed(said).substr(0, 1) != text.substr(0, 1))
    return Fault{VerifyReason::schema, "it is JSON"};
  const std::size_t code = count_code(text);
  if (code >= 2 && code > count_code(said) + text.size() / 80)
    return Fault{VerifyReason::schema, "it is code"};
  return std::nullopt;
}

}  // namespace diktate
