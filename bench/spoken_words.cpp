#include "bench/spoken_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "bench/characters.h"
#include "bench/number_words.h"

namespace diktate::bench {
namespace {

constexpr std::array<std::string_view, 10> kHesitations = {"um", "uh",  "er",  "hm", "hmm",
                                                           "mm", "mhm", "uhm", "ah", "eh"};

// Ways of writing what sounds the same or means the same word. Sorted by the first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 30> kSpellings = {{
    {"alright", "all right"},
    {"cannot", "can not"},
    {"color", "colour"},
    {"deservd", "deserved"},
    {"dr", "doctor"},
    {"em", "them"},
    {"etc", "et cetera"},
    {"favor", "favour"},
    {"feelst", "feelest"},
    {"gonna", "going to"},
    {"gray", "grey"},
    {"honor", "honour"},
    {"labor", "labour"},
    {"mr", "mister"},
    {"mrs", "missus"},
    {"namespace", "name space"},
    {"namespaces", "name spaces"},
    {"neighbor", "neighbour"},
    {"neighbors", "neighbours"},
    {"oclock", "o'clock"},
    {"oh", "zero"},
    {"ok", "okay"},
    {"percent", "per cent"},
    {"st", "saint"},
    {"tatterd", "tattered"},
    {"tkinter", "t k inter"},
    {"todo", "to do"},
    {"toward", "towards"},
    {"wanna", "want to"},
    {"yknow", "you know"},
}};

constexpr std::array<std::pair<char, std::string_view>, 5> kSymbols = {
    {{'%', "percent"}, {'&', "and"}, {'=', "equals"}, {'+', "plus"}, {'$', "dollar"}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Bytes of letters outside ASCII count: fold_characters() has made everything else there a space.
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<std::uint8_t>(c) >= 0x80; }

std::string_view without_apostrophes_around(std::string_view word) {
  while (word.starts_with('\'')) word.remove_prefix(1);
  while (word.ends_with('\'')) word.remove_suffix(1);
  return word;
}

std::string_view usual_spelling(std::string_view word) {
  const auto* const found = std::find_if(kSpellings.begin(), kSpellings.end(),
                                         [&](const auto& entry) { return entry.first == word; });
  return found == kSpellings.end() ? word : found->second;
}

// Ordinals longer than any that is said are read as digits.
std::string ordinal_of(const std::string& digits) {
  return digits.size() > 12 ? digit_by_digit(digits) : ordinal(std::stoull(digits));
}

std::string plural(std::string words) {
  if (words.ends_with('y')) return words.replace(words.size() - 1, 1, "ies");
  return words + (words.ends_with('x') ? "es" : "s");
}

// Reads folded text from left to right, a number, a word or a sign at a time.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<std::string> words() && {
    while (at_ < text_.size()) {
      if (is_digit(text_[at_])) {
        number();
      } else if (is_letter(text_[at_]) || text_[at_] == '\'') {
        word();
      } else if (!note()) {
        sign();
      }
    }
    return std::move(words_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  // Nothing that belongs to a word stands `ahead` of here.
  bool ends_at(std::size_t ahead) const {
    return !is_letter(peek(ahead)) && !is_digit(peek(ahead)) && peek(ahead) != '_';
  }

  std::size_t digits_at(std::size_t ahead) const {
    std::size_t count = 0;
    while (is_digit(peek(ahead + count))) ++count;
    return count;
  }

  std::string_view take(std::size_t count) {
    const std::string_view taken = text_.substr(at_, count);
    at_ += count;
    return taken;
  }

  bool take_suffix(std::string_view suffix) {
    if (!text_.substr(at_).starts_with(suffix) || !ends_at(suffix.size())) return false;
    at_ += suffix.size();
    return true;
  }

  void say(std::string_view words) {
    while (!words.empty()) {
      const std::size_t end = std::min(words.find(' '), words.size());
      say_word(words.substr(0, end));
      words.remove_prefix(std::min(end + 1, words.size()));
    }
  }

  void say_word(std::string_view word) {
    word = without_apostrophes_around(word);
    if (word.empty() || std::find(kHesitations.begin(), kHesitations.end(), word) != kHesitations.end())
      return;
    const std::string_view usual = usual_spelling(word);
    if (usual == word) {
      words_.emplace_back(word);
    } else {
      say(usual);
    }
  }

  // "1,234,567" without its commas; whether there were any.
  std::pair<std::string, bool> integer() {
    std::string digits(take(digits_at(0)));
    bool grouped = false;
    while ((grouped || digits.size() <= 3) && peek() == ',' && digits_at(1) == 3) {
      ++at_;
      digits += take(3);
      grouped = true;
    }
    return {digits, grouped};
  }

  void number() {
    if (clock_time()) return;
    const auto [digits, grouped] = integer();
    if (peek() == '.' && is_digit(peek(1))) {
      ++at_;
      return say(read_aloud(digits, grouped) + " point " + digit_by_digit(take(digits_at(0))));
    }
    if (take_suffix("s")) return say(plural(read_aloud(digits, grouped)));
    for (const std::string_view suffix : {"st", "nd", "rd", "th"}) {
      if (take_suffix(suffix)) return say(ordinal_of(digits));
    }
    const std::string_view possessive = take_suffix("'s") ? "'s" : "";
    say(read_aloud(digits, grouped).append(possessive));
  }

  // "9:00", "9:05", "9:30".
  bool clock_time() {
    const std::size_t hours = digits_at(0);
    if (hours > 2 || peek(hours) != ':' || digits_at(hours + 1) != 2) return false;
    say(read_aloud(take(hours), false));
    ++at_;
    const std::string_view minutes = take(2);
    if (minutes != "00") say(read_aloud(minutes, false));
    return true;
  }

  void word() {
    std::size_t length = 0;
    while (is_letter(peek(length)) || peek(length) == '\'') ++length;
    const std::string_view word = take(length);
    if ((word == "a" || word == "p") && take_meridiem()) return say(word == "a" ? "am" : "pm");
    say_word(word);
  }

  // The rest of "a.m.", "p. m." or "a m" after its first letter.
  bool take_meridiem() {
    std::size_t ahead = peek() == '.' ? 1 : 0;
    if (peek(ahead) == ' ') ++ahead;
    if (peek(ahead) != 'm' || !ends_at(ahead + 1)) return false;
    at_ += ahead + 1;
    return true;
  }

  // "[laughs]" or "<unk>": nothing that was said.
  bool note() {
    if (peek() != '[' && peek() != '<') return false;
    const std::size_t end = text_.find(peek() == '[' ? ']' : '>', at_);
    if (end == std::string_view::npos) return false;
    at_ = end + 1;
    return true;
  }

  void sign() {
    const char sign = take(1).front();
    for (const auto& [symbol, name] : kSymbols) {
      if (symbol == sign) say(name);
    }
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> words_;
};

}  // namespace

std::vector<std::string> spoken_words(std::string_view utf8) {
  const std::string folded = fold_characters(utf8);
  return Reader(folded).words();
}

}  // namespace diktate::bench
