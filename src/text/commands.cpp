// Spoken commands: one pass from left to right, in which each takes effect on what is written so far, so that
// "scratch that" and "undo that" see what those before them did.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "text/commas.h"
#include "text/rules.h"
#include "text/spoken.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::size_t kMostTakenBack = 20;  // words
constexpr std::size_t kLongestQuote = 60;   // tokens from "quote" to "unquote"

// A mark that a recogniser may have put around a command, and that goes with it.
bool is_soft(const Token& token) {
  return !token.fixed &&
         (token.is_mark(",") || token.is_mark(".") || token.is_mark(";") || token.is_mark(":"));
}

// Where the commands that end something stand, so that the ones that begin it know whether there is an end.
struct Ends {
  std::vector<std::size_t> caps;
  std::vector<std::size_t> quotes;
};

Ends find_ends(const Tokens& tokens) {
  Ends ends;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Phrase* phrase = match_phrase(tokens, i, groups(PhraseGroup::casing, PhraseGroup::close));
    if (phrase == nullptr) continue;
    if (phrase->value == "all off") ends.caps.push_back(i);
    if (phrase->value == "\"") ends.quotes.push_back(i);
  }
  return ends;
}

bool any_within(const std::vector<std::size_t>& places, std::size_t from, std::size_t reach) {
  const auto next = std::upper_bound(places.begin(), places.end(), from);
  return next != places.end() && *next - from <= reach;
}

// Whether the text before the cursor ends with a word that a noun must follow: "the", "my".
bool wants_noun(std::string_view before, const Language& language) {
  while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
  const Entry* last = language.find(lowered(before.substr(before.find_last_of(" \n\t") + 1)));
  return last != nullptr && (last->classes & classes(WordClass::never_last)) != 0;
}

class Commands {
 public:
  Commands(Tokens& tokens, const RuleContext& context, std::vector<Action>& actions)
      : context_(context),
        actions_(actions),
        ends_(find_ends(tokens)),
        size_(tokens.size()),
        at_(tokens, context.log) {
    const std::string_view before = context.options.before;
    if (leaves_sentence_open(before) && !wants_noun(before, context.language)) open_before_ = before;
  }

  void run() {
    while (!at_.at_end()) {
      if (const Phrase* words = match_phrase(at_, groups(PhraseGroup::not_command))) {
        keep(words->words.size());
        continue;
      }
      const Phrase* command = match_phrase(at_, kCommands);
      const bool meant =
          command != nullptr && (opens_quote(*command) || is_command(at_, *command, open_before_));
      if (!meant || !execute(*command)) keep(1);
    }
  }

 private:
  // What the last command did, for "undo that".
  struct Effect {
    enum class Kind { mark, gap, taken_back };
    Kind kind{};
    std::size_t place = 0;  // in what is written
    Tokens tokens = {};     // that were taken back
  };

  void keep(std::size_t count) {
    for (; count > 0 && !at_.at_end(); --count) {
      if (all_caps_ && at_.now().is_word()) {
        at_.next().text = uppered(at_.next().text);
        at_.next().fixed = true;
      }
      at_.keep();
    }
  }

  // False where it turns out to be no command here: its words stay.
  bool execute(const Phrase& command) {
    switch (command.group) {
      case PhraseGroup::mark:
        return write_mark(command);
      case PhraseGroup::open:
        return open(command);
      case PhraseGroup::close:
        return close(command);
      case PhraseGroup::join:
        return join(command);
      case PhraseGroup::sign:
        return sign(command);
      case PhraseGroup::prefix:
        return prefix(command);
      case PhraseGroup::layout:
        return layout(command);
      case PhraseGroup::casing:
        return casing(command);
      case PhraseGroup::literal:
        return literal(command);
      case PhraseGroup::no_space:
        return no_space(command);
      case PhraseGroup::key:
        return key(command);
      default:
        return command.value == "command" ? undo(command) : take_back(command);
    }
  }

  // Marks of the recogniser's before and after the command.
  void absorb_before(std::string_view same = {}) {
    while (is_soft(at_.before()) || (!same.empty() && at_.before().is_mark(same) && !at_.before().fixed)) {
      at_.take_back(1, "punctuation");
    }
  }
  // Of those after it, a stop had made the next word begin a sentence.
  bool absorb_after(std::string_view same = {}) {
    bool stop = false;
    while (is_soft(at_.now()) || (!same.empty() && at_.now().is_mark(same) && !at_.now().fixed)) {
      stop = stop || at_.now().is_mark(".");
      at_.drop(1, "punctuation");
    }
    return stop;
  }

  // The next word has a capital only because a stop stood before it.
  void lower_next() {
    if (at_.at_end() || !at_.now().is_word() || at_.now().entry == nullptr) return;
    const Token& next = at_.now();
    if (next.is(classes(WordClass::capital)) || is_all_upper(next.text)) return;
    at_.next().text = uncapitalised(next.text);
  }

  void put(const Phrase& command, const std::string& mark, Gap gap, std::string_view rule = "punctuation") {
    Token token = make_mark(mark);
    token.fixed = true;
    at_.replace(command.words.size(), rule, {std::move(token)});
    at_.last().gap = std::max(gap, at_.last().gap >= Gap::line ? at_.last().gap : Gap::none);
    effect_ = Effect{Effect::Kind::mark, at_.written() - 1};
  }

  bool write_mark(const Phrase& command) {
    absorb_before(command.value);
    put(command, command.value, Gap::none);
    const bool stop = absorb_after(command.value);
    if (stop && !ends_sentence(at_.last())) lower_next();
    return true;
  }

  // "quote", with its "unquote": what stands before it cannot make it a word, but for an article.
  static bool may_be_word(const Phrase& command) {
    return command.group == PhraseGroup::open && command.value == "\"" && command.words.size() == 1;
  }
  bool has_end() const { return any_within(ends_.quotes, size_ - at_.left(), kLongestQuote); }
  bool opens_quote(const Phrase& command) const {
    return may_be_word(command) && has_end() && !at_.before().is(classes(WordClass::article));
  }

  bool open(const Phrase& command) {
    if (may_be_word(command) && !has_end()) return false;
    if (command.value == "\"") ++open_quotes_;
    put(command, command.value, at_.written() > 0 ? Gap::space : Gap::none);
    absorb_after();
    if (!at_.at_end()) at_.next().gap = Gap::none;
    return true;
  }

  // A quote that nothing opened stays as its words.
  bool close(const Phrase& command) {
    if (command.value == "\"" && open_quotes_-- < 1 && !quote_before()) return false;
    const Token& opening = at_.before();
    const bool empty = opening.fixed && is_opening_mark(opening) && at_.before(1).is_word();
    if (empty && context_.options.profile.identifiers) at_.last().gap = Gap::none;  // "foo()"
    while (is_soft(at_.before()) && !at_.before().is_mark(".")) at_.take_back(1, "punctuation");
    put(command, command.value, Gap::none);
    return true;
  }

  // One that a recogniser wrote, or that stands before the cursor.
  bool quote_before() const {
    if (context_.options.before.find('"') != std::string::npos) return true;
    for (std::size_t back = 0; back < kLongestQuote; ++back) {
      if (at_.before(back).is_mark("\"")) return true;
    }
    return false;
  }

  bool join(const Phrase& command) {
    absorb_before();
    put(command, command.value, Gap::none);
    absorb_after();
    if (!at_.at_end()) at_.next().gap = Gap::none;
    return true;
  }

  bool sign(const Phrase& command) {
    absorb_before();
    put(command, command.value, Gap::space);
    absorb_after();
    return true;
  }

  bool prefix(const Phrase& command) {
    if (!at_.now(command.words.size()).is_word() && !is_soft(at_.now(command.words.size()))) return false;
    put(command, command.value, Gap::space);
    absorb_after();
    if (!at_.at_end()) at_.next().gap = Gap::none;
    return true;
  }

  bool layout(const Phrase& command) {
    if (command.value == "stop and line") {
      absorb_before();
      Token stop = make_mark(".");
      stop.fixed = true;
      at_.write(std::move(stop));
    } else if (at_.before().is_mark(",") && !at_.before().fixed) {
      at_.take_back(1, "punctuation");
    }
    at_.drop(command.words.size(), "layout");
    absorb_after();
    const bool bullet = command.value == "bullet";
    const Gap gap = command.value == "paragraph" ? Gap::paragraph : Gap::line;
    if (at_.written() == 0 && !bullet) at_.write(make_mark(""));  // a line that begins the text
    if (bullet) {
      at_.write(make_mark("-", at_.written() == 0 ? Gap::none : Gap::line));
      at_.last().fixed = true;
    }
    if (at_.at_end() && !bullet) at_.write(make_mark("", gap));  // one that ends it
    if (at_.at_end()) return true;
    const bool again = at_.now().gap == gap && at_.now().gap >= Gap::line;
    at_.next().gap = bullet ? Gap::space : again ? Gap::paragraph : std::max(gap, at_.now().gap);
    effect_ = Effect{Effect::Kind::gap, at_.written() - (bullet ? 1 : 0)};
    return true;
  }

  bool casing(const Phrase& command) {
    const std::size_t here = size_ - at_.left();
    if (command.value == "all on" && !any_within(ends_.caps, here, size_)) return false;
    if (command.value == "all off" && !all_caps_) return false;
    all_caps_ = command.value == "all on";
    const bool mark = is_soft(at_.now(command.words.size())) && command.value != "all off";
    at_.drop(command.words.size() + (mark ? 1 : 0), "caps");
    if (command.value.starts_with("next") && !at_.at_end()) at_.next().text = capitalised(at_.next().text);
    return true;
  }

  // The command that follows stays as its words, which no other rule reads.
  bool literal(const Phrase& command) {
    const std::size_t length = command.words.size();
    const Phrase* meant = match_phrase(at_, kCommands, length);
    if (meant == nullptr) return false;
    at_.drop(length, "literal");
    for (std::size_t i = 0; i < meant->words.size(); ++i) {
      at_.next().fixed = true;
      at_.keep();
    }
    at_.log().mark_once();
    return true;
  }

  bool no_space(const Phrase& command) {
    at_.drop(command.words.size(), "spacing");
    if (!at_.at_end()) at_.next().gap = Gap::none;
    return true;
  }

  // Only as the last words of the text, and only where a key may be pressed.
  bool key(const Phrase& command) {
    std::size_t end = command.words.size();
    while (is_soft(at_.now(end))) ++end;
    if (!at_.now(end).is_end() || !context_.options.profile.actions) return false;
    at_.drop(end, "key");
    actions_.push_back({"key", command.value});
    return true;
  }

  // How much "scratch that" takes back: the sentence, line or piece that was said last.
  std::size_t last_sentence() const {
    std::size_t count = 0;
    while (at_.before(count).is_mark()) ++count;
    for (std::size_t words = 0; !at_.before(count).is_end(); ++count) {
      const Token& token = at_.before(count);
      if (ends_sentence(token) || (token.is_word() && ++words > kMostTakenBack)) break;
      if (token.gap >= Gap::line || token.piece_start) return count + 1;
    }
    return count;
  }

  bool take_back(const Phrase& command) {
    const std::size_t count = command.value.ends_with("all") ? at_.written() : last_sentence();
    const std::size_t place = at_.written() - count;
    Tokens taken;
    for (std::size_t i = count; i > 0; --i) taken.push_back(at_.before(i - 1));
    at_.take_back(count, "scratch");
    at_.drop(command.words.size(), "scratch");
    absorb_after();
    effect_ = Effect{Effect::Kind::taken_back, place, std::move(taken)};
    return true;
  }

  bool undo(const Phrase& command) {
    if (!effect_) return false;
    const Effect effect = *std::exchange(effect_, std::nullopt);
    switch (effect.kind) {
      case Effect::Kind::mark:
        at_.erase(effect.place, "scratch");
        break;
      case Effect::Kind::gap:
        if (effect.place < at_.written()) {
          at_.reset_gap(effect.place);
        } else {
          at_.next().gap = Gap::space;
        }
        break;
      case Effect::Kind::taken_back:
        at_.insert(effect.place, effect.tokens);
        break;
    }
    at_.drop(command.words.size(), "scratch");
    absorb_after();
    return true;
  }

  const RuleContext& context_;
  std::vector<Action>& actions_;
  const Ends ends_;
  const std::size_t size_;
  Rewriter at_;
  std::string_view open_before_;  // the text before the cursor, if it leaves a sentence open
  int open_quotes_ = 0;
  bool all_caps_ = false;
  std::optional<Effect> effect_;
};

}  // namespace

void apply_commands(Tokens& tokens, const RuleContext& context, std::vector<Action>& actions) {
  Commands(tokens, context, actions).run();
}

}  // namespace diktate
