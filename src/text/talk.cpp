#include <algorithm>
#include <unordered_set>

#include "text/verify_checks.h"

namespace diktate {
namespace {

constexpr std::size_t kEchoed = 6;  // words of the prompt in a row

struct Kind {
  PhraseGroup group{};
  VerifyReason reason{};
  const char* what = "";
};

std::string excerpt(std::string_view text, const PlainWords& words, std::size_t first, std::size_t count) {
  const std::size_t begin = words[first].begin;
  return std::string(text.substr(begin, words[first + count - 1].end - begin));
}

Finding find_phrases(std::string_view got, const PlainWords& words, const Said& said,
                     const Language& language, bool translation, VerifyStyle style) {
  static constexpr Kind kKinds[] = {{PhraseGroup::refusal, VerifyReason::refusal, "it refuses"},
                                    {PhraseGroup::reply, VerifyReason::talk, "it talks to the speaker"},
                                    {PhraseGroup::meta, VerifyReason::talk, "it talks about the task"},
                                    {PhraseGroup::echo, VerifyReason::echo, "it repeats its instructions"}};
  constexpr PhraseGroups kAll =
      groups(PhraseGroup::refusal, PhraseGroup::reply, PhraseGroup::meta, PhraseGroup::echo);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Entry* entry = language.find(words[i].folded);
    if (entry == nullptr || (entry->groups & kAll) == 0) continue;
    for (const Kind& kind : kKinds) {
      const Phrase* found = nullptr;
      const std::size_t count = phrase_at(words, i, language, groups(kind.group), &found);
      if (count == 0 || said.has(words, i, i + count)) continue;
      const bool may_be_said = kind.group == PhraseGroup::echo || kind.group == PhraseGroup::meta;
      if (translation && may_be_said && found->value.empty()) continue;
      if (style != VerifyStyle::standard && found->value == "polite") continue;
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

// What a translation may say is what was said in the other language.
bool says_as_much(const Said& said, VerifyStyle style, PhraseGroup group) {
  return style == VerifyStyle::translate && said.has_phrase(groups(group));
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
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
    const bool translated = language != &said.language() && options.style == VerifyStyle::translate;
    const Finding found = find_phrases(got, words, said, *language, translated, options.style);
    const auto group =
        found && found->reason == VerifyReason::refusal ? PhraseGroup::refusal : PhraseGroup::reply;
    if (found && !(translated && says_as_much(said, options.style, group))) return found;
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
