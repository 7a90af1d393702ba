#include "text/times.h"

#include <string>
#include <utility>

#include "text/digit_words.h"
#include "text/number_format.h"
#include "text/number_words.h"
#include "text/unicode.h"
#include "text/years.h"

namespace diktate {
namespace {

constexpr std::int64_t kHours = 24, kMinutes = 60, kHalfDay = 12;

class TimeFinder {
 public:
  TimeFinder(const Rewriter& at, const Language& language) : at_(at), language_(language) {}

  TimeOfDay find() const {
    if (TimeOfDay time = after_words()) return time;
    if (TimeOfDay time = minutes_first()) return time;
    if (TimeOfDay time = full_hours()) return time;
    const SmallNumber hour = read_hour(0);
    if (hour.value < 0 || hour.value > kHours) return {};
    if (TimeOfDay time = by_the_clock(hour)) return time;
    const SmallNumber minutes = read_minutes(hour.tokens);
    if (TimeOfDay time = military(hour, minutes)) return time;
    if (TimeOfDay time = with_half(hour, minutes)) return time;
    return after_preposition(hour, minutes);
  }

 private:
  // An hour: "five", "una", "5".
  SmallNumber read_hour(std::size_t ahead) const {
    const Token& token = at_.now(ahead);
    if (ahead > 0 && token.gap != Gap::space) return {};
    SmallNumber hour = read_small_number(at_, language_, ahead, kHours + 1);
    if (hour.value < 0 && at_.before().entry != nullptr && clock_article() != nullptr &&
        number_value(token.entry, NumberKind::short_one) == 1)
      hour = {1, 1};
    return hour.ordinal ? SmallNumber{} : hour;
  }

  // "thirty", "oh five", "fifteen"
  SmallNumber read_minutes(std::size_t ahead) const {
    if (at_.now(ahead).gap != Gap::space) return {};
    const DigitWord zero = read_digit_word(at_, language_, ahead);
    if (zero && zero.digits == "0" && !zero.figures) {
      const DigitWord digit = read_digit_word(at_, language_, ahead + 1);
      if (!digit || digit.digits.size() != 1 || digit.figures || at_.now(ahead + 1).gap != Gap::space)
        return {};
      return {digit.digits[0] - '0', 2};
    }
    const SmallNumber minutes = read_small_number(at_, language_, ahead, kMinutes);
    return minutes.value < 10 || minutes.ordinal || minutes.figures ? SmallNumber{} : minutes;
  }

  const Phrase* phrase(PhraseGroup group, std::size_t ahead) const {
    if (ahead > 0 && at_.now(ahead).gap != Gap::space) return nullptr;
    return match_phrase(at_, groups(group), ahead);
  }

  // "las" in front of an hour.
  const Phrase* clock_article() const {
    const Token& before = at_.before();
    if (before.entry == nullptr || before.fixed) return nullptr;
    for (const Phrase& one : before.entry->phrases) {
      if (one.group == PhraseGroup::clock_article) return &one;
    }
    return nullptr;
  }

  TimeOfDay written(std::size_t tokens, std::int64_t hour, std::int64_t minutes) const {
    std::string text = std::to_string(hour);
    if (minutes >= 0) text += ":" + two_digits(minutes);
    TimeOfDay time{.tokens = tokens, .one = hour == 1};
    time.with.push_back(fixed_word(std::move(text), language_));
    add_half(time);
    return time;
  }

  // "p m", and the full stop that a recogniser put behind it: "p.m." has one.
  bool add_half(TimeOfDay& time) const {
    const Phrase* half = phrase(PhraseGroup::day_half, time.tokens);
    if (half == nullptr) return false;
    const std::size_t end = time.tokens + half->words.size();
    if (at_.now(time.tokens).is(classes(WordClass::be)) && at_.now(end).is(classes(WordClass::pronoun)))
      return false;  // "five am I"
    time.with.push_back(fixed_word(half->value, language_));
    time.tokens = end + (at_.now(end).is_mark(".") && at_.now(end).gap == Gap::none ? 1 : 0);
    return true;
  }

  // "half past five": the words stay.
  TimeOfDay after_words() const {
    const Phrase* words = phrase(PhraseGroup::before_hour, 0);
    if (words == nullptr) return {};
    const std::size_t start = words->words.size();
    const SmallNumber hour = read_hour(start);
    const std::size_t end = start + hour.tokens;
    if (hour.value < 1 || hour.value > kHalfDay || hour.figures || is_counted(at_, language_, end)) return {};
    if (words->value != "sure" && is_noun_like(at_.now(end)) && !is_half(end)) return {};
    if (phrase(PhraseGroup::date_joint, end) != nullptr) return {};
    TimeOfDay time = written(end, hour.value, -1);
    for (std::size_t i = start; i > 0; --i) time.with.insert(time.with.begin(), at_.now(i - 1));
    return time;
  }

  bool is_half(std::size_t ahead) const { return phrase(PhraseGroup::day_half, ahead) != nullptr; }

  // "ten past four"; "ten to four" only after a word that tells a time.
  TimeOfDay minutes_first() const {
    const SmallNumber minutes = read_small_number(at_, language_, 0, kMinutes / 2);
    if (minutes.value < 1 || minutes.ordinal || minutes.figures) return {};
    const Phrase* joint = phrase(PhraseGroup::minute_joint, minutes.tokens);
    if (joint == nullptr) return {};
    if (joint->value != "sure" && !at_.before().is(classes(WordClass::before_time))) return {};
    const std::size_t start = minutes.tokens + joint->words.size();
    const SmallNumber hour = read_hour(start);
    const std::size_t end = start + hour.tokens;
    if (hour.value < 1 || hour.value > kHalfDay || hour.figures || is_counted(at_, language_, end) ||
        (is_noun_like(at_.now(end)) && !is_half(end)))
      return {};
    TimeOfDay time = written(end, hour.value, -1);
    for (std::size_t i = start; i > minutes.tokens; --i) time.with.insert(time.with.begin(), at_.now(i - 1));
    time.with.insert(time.with.begin(), fixed_word(std::to_string(minutes.value), language_));
    return time;
  }

  // "five o'clock", "las cinco y media", "las tres y veinte", "las tres de la tarde"
  TimeOfDay by_the_clock(const SmallNumber& hour) const {
    const Phrase* clock = phrase(PhraseGroup::clock, hour.tokens);
    if (clock == nullptr || hour.value < 1) return {};
    const bool article = clock_article() != nullptr;
    const std::size_t end = hour.tokens + clock->words.size();
    if (clock->value == "stays") {
      if (hour.figures || hour.value > kHalfDay) return {};
      TimeOfDay time = written(hour.tokens, hour.value, -1);
      return time;
    }
    if (!article) return {};
    if (clock->value == "article stays")
      return hour.figures ? TimeOfDay{} : written(hour.tokens, hour.value, -1);
    if (clock->value[0] == '-' && changes_verb(hour.value)) return left(hour, end);
    if (clock->value != "+" && clock->value != "-") return moved(end, hour.value, std::stoll(clock->value));
    const SmallNumber minutes = read_small_number(at_, language_, end, kMinutes);
    if (minutes.value < 1 || minutes.ordinal || minutes.figures) return {};
    const std::size_t after = end + minutes.tokens;
    if (is_counted(at_, language_, after) || is_noun_like(at_.now(after))) return {};
    return moved(after, hour.value, clock->value == "-" ? -minutes.value : minutes.value);
  }

  // "Son las dos menos diez" would be "Es la 1:50".
  bool changes_verb(std::int64_t hour) const {
    return (hour == 1 || hour == 2) && at_.before(1).is(classes(WordClass::be));
  }
  TimeOfDay left(const SmallNumber& hour, std::size_t end) const {
    end += read_small_number(at_, language_, end, kMinutes).tokens;
    TimeOfDay time{.tokens = end, .one = hour.value == 1};
    for (std::size_t i = 0; i < end; ++i) {
      time.with.push_back(at_.now(i));
      time.with.back().fixed = true;
    }
    return time;
  }

  TimeOfDay moved(std::size_t tokens, std::int64_t hour, std::int64_t minutes) const {
    if (minutes >= 0) return written(tokens, hour, minutes);
    return written(tokens, hour == 1 ? kHalfDay : hour - 1, kMinutes + minutes);
  }

  // "fifteen thirty hours"
  TimeOfDay military(const SmallNumber& hour, const SmallNumber& minutes) const {
    if (hour.figures || hour.value >= kHours || hour.value < 10 || minutes.value < 0) return {};
    return with_hours(hour.tokens + minutes.tokens, hour.value, minutes.value);
  }

  // "at eighteen hundred hours", "at oh six hundred hours"
  TimeOfDay full_hours() const {
    if (!at_.before().is(classes(WordClass::before_time))) return {};
    const DigitWord zero = read_digit_word(at_, language_, 0);
    const std::size_t start = zero && zero.digits == "0" && at_.now(1).gap == Gap::space ? 1 : 0;
    const NumberInWords number = read_number(at_, language_, start);
    const std::int64_t least = start == 0 ? 1000 : 100, most = start == 0 ? kHours * 100 : 1000;
    if (number.value % 100 != 0 || number.value < least || number.value >= most) return {};
    return with_hours(start + number.words, number.value / 100, 0, start == 1);
  }

  TimeOfDay with_hours(std::size_t end, std::int64_t hour, std::int64_t minutes, bool zero = false) const {
    const Phrase* hours = phrase(PhraseGroup::hours, end);
    if (hours == nullptr || phrase(PhraseGroup::date_joint, end + hours->words.size()) != nullptr) return {};
    TimeOfDay time = written(end + hours->words.size(), hour, minutes);
    if (zero) time.with.front() = fixed_word("0" + time.with.front().text, language_);
    return time;
  }

  // "five thirty p m", "5:30 PM", "five p m"
  TimeOfDay with_half(const SmallNumber& hour, const SmallNumber& minutes) const {
    if (hour.value < 1 || hour.value > kHalfDay) return {};
    const std::size_t end = hour.tokens + minutes.tokens;
    if (!is_half(end)) return {};
    TimeOfDay time = written(end, hour.value, minutes.value);
    return time.tokens > end ? time : TimeOfDay{};
  }

  // "at twelve thirty", "a las quince treinta"
  TimeOfDay after_preposition(const SmallNumber& hour, const SmallNumber& minutes) const {
    if (minutes.value < 0 || hour.figures || hour.value >= kHours) return {};
    const Token& before = at_.before();
    const bool range = before.is(classes(WordClass::preposition, WordClass::conjunction)) &&
                       at_.before(1).fixed && at_.before(1).text.find(':') != std::string::npos;
    // "by twenty thirty"
    if (hour.value > kHalfDay && before.is(classes(WordClass::before_year)) && clock_article() == nullptr)
      return {};
    if (!range && !before.is(classes(WordClass::before_time)) && clock_article() == nullptr) return {};
    const std::size_t end = hour.tokens + minutes.tokens;
    if (is_counted(at_, language_, end) || (clock_article() != nullptr && is_noun_like(at_.now(end))))
      return {};
    return written(end, hour.value, minutes.value);
  }

  const Rewriter& at_;
  const Language& language_;
};

// "5:30", as a recogniser writes it.
bool is_clock(const Token& token) {
  const auto colon = token.text.find(':');
  return token.is_word() && (colon == 1 || colon == 2) && token.text.size() == colon + 3 &&
         token.text.find_first_not_of("0123456789:") == std::string::npos;
}

TimeOfDay find_half_of_figures(const Rewriter& at, const Language& language) {
  if (at.now(1).gap != Gap::space) return {};
  const Phrase* half = match_phrase(at, groups(PhraseGroup::day_half), 1);
  if (half == nullptr) return {};
  std::size_t end = 1 + half->words.size();
  TimeOfDay time{.with = {at.now(), fixed_word(half->value, language)}};
  time.with.front().fixed = true;
  end += at.now(end).is_mark(".") && at.now(end).gap == Gap::none ? 1 : 0;
  time.tokens = end;
  return time;
}

}  // namespace

TimeOfDay find_time(const Rewriter& at, const Language& language) {
  const Token& token = at.now();
  if (!token.is_word() || token.fixed) return {};
  if (is_clock(token)) return find_half_of_figures(at, language);
  return TimeFinder(at, language).find();
}

}  // namespace diktate
