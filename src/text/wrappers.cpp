#include "text/wrappers.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::string_view kReasoning = "its reasoning";
constexpr int kMostLayers = 10;
constexpr std::size_t kLongestPreface = 240;
constexpr std::size_t kMostLabelWords = 6;
constexpr std::size_t kMostUnits = 12;  // sentences and lines from the end that may be an offer

constexpr std::array<std::string_view, 9> kReasoningTags = {"think",      "thinking",  "thought",
                                                            "thoughts",   "reasoning", "reflection",
                                                            "scratchpad", "analysis",  "reason"};
constexpr std::array<std::string_view, 18> kTextTags = {
    "output",  "text",      "cleaned",      "cleaned_text", "result",         "transcript",
    "answer",  "response",  "final",        "corrected",    "corrected_text", "clean",
    "message", "dictation", "final_answer", "translation",  "prompt",         "p"};
// Marks of chat templates that leak out.
constexpr std::array<std::string_view, 18> kTemplateMarks = {"<|im_start|>assistant",
                                                             "<|im_start|>",
                                                             "<|im_end|>",
                                                             "<|eot_id|>",
                                                             "<|end|>",
                                                             "<|assistant|>",
                                                             "<|endoftext|>",
                                                             "<end_of_turn>",
                                                             "<start_of_turn>model",
                                                             "<start_of_turn>",
                                                             "<|end_of_text|>",
                                                             "<|begin_of_text|>",
                                                             "</s>",
                                                             "<s>",
                                                             "<eos>",
                                                             "<bos>",
                                                             "[/INST]",
                                                             "[INST]"};
struct Pair {
  std::string_view open, close;
};
constexpr std::array<Pair, 10> kQuotes = {{{"\"", "\""},
                                           {"“", "”"},
                                           {"„", "“"},
                                           {"«", "»"},
                                           {"‘", "’"},
                                           {"'", "'"},
                                           {"***", "***"},
                                           {"**", "**"},
                                           {"*", "*"},
                                           {"`", "`"}}};

class Unwrapper {
 public:
  Unwrapper(std::string_view got, const Said& said, const std::vector<const Language*>& languages,
            bool structured)
      : text_(trimmed(got)), said_(said), languages_(languages), structured_(structured) {}

  Unwrapped run() {
    for (int layer = 0; layer < kMostLayers && !open_ && !text_.empty(); ++layer) {
      const std::size_t before = text_.size();
      reasoning();
      template_marks();
      fence();
      tags();
      labels();
      preface();
      closing();
      quotes();
      if (text_.size() == before) break;
    }
    return {std::string(text_), std::move(cut_), open_};
  }

 private:
  void keep(std::string_view rest, std::string_view what) {
    rest = trimmed(rest);
    if (rest.empty() && what != kReasoning) return;  // then it is the text
    text_ = rest;
    if (std::find(cut_.begin(), cut_.end(), what) == cut_.end()) cut_.push_back(what);
  }

  static bool starts_folded(std::string_view text, std::string_view with) {
    if (text.size() < with.size()) return false;
    return std::equal(with.begin(), with.end(), text.begin(),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
  }

  static std::size_t find_folded(std::string_view text, std::string_view what) {
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    const auto* found = std::search(text.begin(), text.end(), what.begin(), what.end(), same);
    return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
  }

  void reasoning() {
    for (const std::string_view tag : kReasoningTags) {
      const std::string close = "</" + std::string(tag) + ">";
      const bool opens = starts_folded(text_, "<" + std::string(tag) + ">");
      const std::size_t end = find_folded(text_, close);
      if (end != std::string_view::npos) return keep(text_.substr(end + close.size()), kReasoning);
      open_ = open_ || opens || find_folded(text_, "<" + std::string(tag) + ">") != std::string_view::npos;
    }
    constexpr std::string_view kFinal = "<|channel|>final<|message|>";
    const std::size_t final = text_.rfind(kFinal);
    if (final != std::string_view::npos) return keep(text_.substr(final + kFinal.size()), kReasoning);
    open_ = open_ || text_.starts_with("<|channel|>");
  }

  void template_marks() {
    for (const std::string_view mark : kTemplateMarks) {
      if (text_.starts_with(mark)) keep(text_.substr(mark.size()), "a template's mark");
      const std::size_t end = text_.rfind(mark);
      if (end != std::string_view::npos && end + mark.size() == text_.size())
        keep(text_.substr(0, end), "a template's mark");
    }
  }

  void fence() {
    for (const std::string_view mark : {"```", "~~~", "\"\"\""}) {
      if (text_.size() <= 2 * mark.size() || !text_.starts_with(mark) || !text_.ends_with(mark)) continue;
      std::string_view inner = text_.substr(mark.size(), text_.size() - 2 * mark.size());
      if (inner.find(mark) != std::string_view::npos) continue;
      const std::size_t line = inner.find('\n');
      const bool name =
          line != std::string_view::npos && inner.substr(0, line).find(' ') == std::string_view::npos;
      keep(name ? inner.substr(line) : inner, "a code fence");
    }
  }

  void tags() {
    for (const std::string_view tag : kTextTags) {
      const std::string open = "<" + std::string(tag) + ">";
      const std::string close = "</" + std::string(tag) + ">";
      if (!starts_folded(text_, open)) continue;
      const std::size_t end = find_folded(text_, close);
      if (end != std::string_view::npos && end + close.size() != text_.size()) continue;
      return keep(text_.substr(open.size(), std::min(end, text_.size()) - open.size()), "tags");
    }
  }

  bool phrase(const PlainWords& words, std::size_t first, std::size_t end, PhraseGroup group) const {
    return std::any_of(languages_.begin(), languages_.end(), [&](const Language* language) {
      return phrase_at(words, first, *language, groups(group)) == end - first;
    });
  }

  // "Output:", "**Cleaned text:**" and "# Result" before a text. How many bytes they are; 0 for none.
  std::size_t label(std::string_view line, bool ends_line) const {
    const std::size_t colon = line.find(':');
    const PlainWords words = plain_words(line.substr(0, std::min(colon, line.size())));
    const bool marked = line.starts_with('#') || line.starts_with('*') || line.starts_with('[');
    if (words.empty() || words.size() > kMostLabelWords) return 0;
    if (line.substr(0, words.front().begin).find_first_not_of("*#_[> ") != std::string_view::npos) return 0;
    if (colon == std::string_view::npos && !(ends_line && marked)) return 0;
    if (!phrase(words, 0, words.size(), PhraseGroup::reply_label)) return 0;
    if (structured_ && phrase(words, 0, words.size(), PhraseGroup::heading)) return 0;
    if (said_.has(words, 0, words.size(), Said::Where::at_start)) return 0;
    if (colon == std::string_view::npos) return line.size();
    std::size_t end = colon + 1;
    while (end < line.size() && (line[end] == '*' || line[end] == '_')) ++end;
    return end;
  }

  void labels() {
    std::size_t cut = 0;
    for (std::size_t start = 0; start < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', start), text_.size());
      const std::size_t size = label(text_.substr(start, end - start), end < text_.size());
      if (start == 0 && size == 0) return;
      const bool more = !trimmed(text_.substr(start + size)).empty();
      if (size > 0 && more) cut = start + size;
      if (structured_) break;
      start = end + 1;
    }
    if (cut > 0) keep(text_.substr(cut), "a label");
  }

  // "Sure! Here's the cleaned text:" and such.
  void preface() {
    const std::size_t line = std::min(text_.find('\n'), text_.size());
    const std::string_view head = text_.substr(0, std::min(line, kLongestPreface));
    const PlainWords words = plain_words(head);
    for (const Language* language : languages_) {
      std::size_t at = 0;
      std::size_t sentence = 0;  // where a sentence of nothing else ends
      const Phrase* found = nullptr;
      while (const std::size_t count =
                 phrase_at(words, at, *language, groups(PhraseGroup::preface), &found)) {
        if (found->value != "word") return line_preface(head, words, at, line);
        at += count;
        const std::size_t end = words[at - 1].end;
        const std::string_view after = head.substr(end, 1);
        if (after.empty() ? line < text_.size() : after == "!" || after == "." || after == ":")
          sentence = end + after.size();
      }
      if (sentence > 0 && !said_.has(words, 0, at, Said::Where::at_start))
        return keep(text_.substr(sentence), "a sentence before it");
    }
  }

  void line_preface(std::string_view head, const PlainWords& words, std::size_t phrase, std::size_t line) {
    if (head.front() == '{' || head.front() == '[') return;
    std::size_t end = head.find(':', words[phrase].begin);
    if (end == std::string_view::npos && line == head.size() && line < text_.size()) end = line;
    const bool sentence = end == std::string_view::npos;
    if (sentence) end = head.find(". ", words[phrase].begin);
    if (end == std::string_view::npos) return;
    std::size_t count = 0;
    while (count < words.size() && words[count].begin < end) ++count;
    if (said_.has(words, 0, count, Said::Where::at_start)) return;
    // "This is the third time I am asking. When ..." in other words than the speaker's.
    if (sentence && said_.missing(words, 0, count, Said::Where::at_start) * 2 <= count) return;
    std::size_t rest = std::min(end + 1, text_.size());
    while (rest < text_.size() && text_[rest] == '*') ++rest;
    keep(text_.substr(rest), "a sentence before it");
  }

  // Starts of the sentences and lines, but the first.
  std::vector<std::size_t> units() const {
    std::vector<std::size_t> starts;
    for (std::size_t i = text_.size(); i-- > 1 && starts.size() < kMostUnits;) {
      const char before = text_[i - 1];
      const bool line = before == '\n' && text_[i] != '\n';
      const bool sentence = before == ' ' && i >= 2 &&
                            std::string_view(".!?)\"”*").find(text_[i - 2]) != std::string_view::npos;
      if (line || sentence) starts.push_back(i);
    }
    return starts;
  }

  void closing() {
    std::size_t cut = text_.size();
    for (const std::size_t start : units()) {
      const std::string_view unit = text_.substr(start, cut - start);
      const PlainWords words = plain_words(unit);
      if (words.empty()) {  // a rule between two parts
        if (cut == text_.size() || unit.find_first_not_of("-*_= \n") == std::string_view::npos) cut = start;
        continue;
      }
      if (is_closing(words, start > 0 && text_[start - 1] == '\n', unit)) cut = start;
    }
    if (cut < text_.size()) keep(text_.substr(0, cut), "what it says behind it");
  }

  bool is_closing(const PlainWords& words, bool line, std::string_view unit) const {
    for (const Language* language : languages_) {
      const Phrase* found = nullptr;
      std::size_t first = 0;
      while (const std::size_t count =
                 phrase_at(words, first, *language, groups(PhraseGroup::preface), &found)) {
        if (found->value != "word") break;
        first += count;
      }
      const std::size_t count = phrase_at(words, first, *language, groups(PhraseGroup::closing), &found);
      if (count == 0) continue;
      if (said_.has(words, first, first + count, Said::Where::at_end)) continue;
      const bool marked = unit.front() == '(' || unit.front() == '*' || unit.front() == '[';
      if (found->value == "sentence" || line || marked) return true;
    }
    return false;
  }

  void quotes() {
    for (const Pair& pair : kQuotes) {
      if (text_.size() <= pair.open.size() + pair.close.size()) continue;
      if (!text_.starts_with(pair.open) || !text_.ends_with(pair.close)) continue;
      const std::string_view inner =
          text_.substr(pair.open.size(), text_.size() - pair.open.size() - pair.close.size());
      const bool apostrophe = pair.open == "'" || pair.open == "‘";
      const bool again =
          inner.find(pair.open) != std::string_view::npos || inner.find(pair.close) != std::string_view::npos;
      if ((again && !apostrophe) || quoted_by_speaker()) continue;
      return keep(inner, pair.open.front() == '*' ? "emphasis around it" : "quotes around it");
    }
  }

  bool quoted_by_speaker() const {
    const std::string_view said = trimmed(said_.text());
    const bool marked = std::any_of(kQuotes.begin(), kQuotes.end(), [&](const Pair& pair) {
      return said.starts_with(pair.open) && said.ends_with(pair.close);
    });
    return marked || phrase_at(said_.words(), 0, said_.language(), groups(PhraseGroup::open)) > 0;
  }

  std::string_view text_;
  const Said& said_;
  const std::vector<const Language*>& languages_;
  bool structured_;
  std::vector<std::string_view> cut_;
  bool open_ = false;
};

}  // namespace

Unwrapped unwrapped(std::string_view got, const Said& said, const std::vector<const Language*>& languages,
                    bool structured) {
  return Unwrapper(got, said, languages, structured).run();
}

}  // namespace diktate
