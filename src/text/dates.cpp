// Dates, years, decades and times of day: "march third twenty twenty five", "half past five".
#include <algorithm>
#include <string>
#include <utility>

#include "text/number_words.h"
#include "text/rules.h"
#include "text/times.h"
#include "text/unicode.h"
#include "text/years.h"

namespace diktate {
namespace {

constexpr std::int64_t kDays = 31;

struct Date {
  std::size_t tokens = 0;
  Tokens with = {};

  explicit operator bool() const { return tokens > 0; }
};

std::string_view ordinal_ending(std::int64_t value) {
  if (value / 10 % 10 == 1) return "th";
  switch (value % 10) {
    case 1:
      return "st";
    case 2:
      return "nd";
    case 3:
      return "rd";
    default:
      return "th";
  }
}

class DateFinder {
 public:
  DateFinder(const Rewriter& at, const Language& language) : at_(at), language_(language) {}

  Date find() const {
    if (Date date = month_first()) return date;
    if (Date date = day_first()) return date;
    if (Date date = decade()) return date;
    if (Date date = named_decade()) return date;
    if (Date date = era()) return date;
    const Year year = read_year(at_, language_, 0);
    if (!year || year.figures || !is_year(at_, language_, year)) return {};
    return {year.tokens, {number(year.value)}};
  }

 private:
  Token number(std::int64_t value, std::string_view ending = {}) const {
    return fixed_word(std::to_string(value) + std::string(ending), language_);
  }

  const Phrase* phrase(PhraseGroup group, std::size_t ahead) const {
    if (ahead > 0 && at_.now(ahead).gap != Gap::space) return nullptr;
    return match_phrase(at_, groups(group), ahead);
  }

  bool next_to(std::size_t ahead) const { return at_.now(ahead).gap == Gap::space; }

  // "march third", "may 5", "june fifteenth, twenty twenty five", "june two thousand ten"
  Date month_first() const {
    const Phrase* month = phrase(PhraseGroup::month, 0);
    if (month == nullptr || !next_to(1)) return {};
    Date date{1, {fixed_word(month->value, language_)}};
    const bool doubtful = at_.now().is(classes(WordClass::auxiliary, WordClass::verb));
    if (const Year year = read_year(at_, language_, 1);
        year && !is_counted(at_, language_, 1 + year.tokens)) {
      if (doubtful && !month_is_meant(year.pair)) return {};
      add_year(date, year, false);
      return date;
    }
    const SmallNumber day = read_small_number(at_, language_, 1, kDays + 1);
    if (day.value < 1) return month_and_joint(*month, date);
    const std::size_t end = 1 + day.tokens;
    const Year year = year_after(end);
    if (!year && !is_day(day, end)) return {};
    if (doubtful && !year && !month_is_meant(day.ordinal && day.value > 2)) return {};
    date.tokens = end;
    date.with.push_back(day.figures ? fixed(at_.now(1)) : number(day.value));
    if (year) add_year(date, year, true);
    return date;
  }

  // "marzo de dos mil diez"
  Date month_and_joint(const Phrase& month, Date date) const {
    const std::size_t start = month.words.size();
    const Phrase* joint = phrase(PhraseGroup::date_joint, start);
    if (joint == nullptr) return {};
    const Year year = read_year(at_, language_, start + joint->words.size());
    const std::size_t end = start + joint->words.size() + year.tokens;
    if (!year || year.figures || is_counted(at_, language_, end)) return {};
    for (std::size_t i = start; i < start + joint->words.size(); ++i) date.with.push_back(at_.now(i));
    date.with.push_back(number(year.value));
    date.tokens = end;
    return date;
  }

  static Token fixed(Token token) {
    token.fixed = true;
    return token;
  }

  // A year behind a day, also after a comma.
  Year year_after(std::size_t end) const {
    const std::size_t start = end + (at_.now(end).is_mark(",") ? 1 : 0);
    if (!next_to(start)) return {};
    const Year year = read_year(at_, language_, start);
    if (!year || is_counted(at_, language_, start + year.tokens)) return {};
    // "on June 5, two thousand people came"
    if (!year.pair && start > end && is_noun_like(at_.now(start + year.tokens))) return {};
    return year;
  }

  void add_year(Date& date, const Year& year, bool comma) const {
    if (at_.now(date.tokens).is_mark(",")) {
      ++date.tokens;
      comma = true;
    }
    if (comma) date.with.push_back(make_mark(","));
    date.with.push_back(number(year.value));
    date.tokens += year.tokens;
  }

  // Not "in june twenty people came".
  bool is_day(const SmallNumber& day, std::size_t end) const {
    if (is_counted(at_, language_, end)) return false;
    if (day.ordinal || day.figures) return !day.ordinal || !at_.before().is(classes(WordClass::whole_time));
    return !at_.before().is(classes(WordClass::whole_time)) && !is_noun_like(at_.now(end)) &&
           phrase(PhraseGroup::date_joint, end) == nullptr;
  }

  // "may" and "march" are verbs too.
  bool month_is_meant(bool sure_day) const {
    const Token& before = at_.before();
    if (at_.now().is(classes(WordClass::verb)) && before.is(classes(WordClass::infinitive))) return false;
    if (!before.is_word()) return sure_day;
    return before.is(classes(WordClass::preposition, WordClass::weekday, WordClass::be, WordClass::article,
                             WordClass::demonstrative, WordClass::sequence));
  }

  // "third of march two thousand ten", "tres de marzo de dos mil diez"
  Date day_first() const {
    const SmallNumber day = read_small_number(at_, language_, 0, kDays + 1);
    if (day.value < 1 || (number_value(at_.before().entry, NumberKind::one_of) > 0 && day.ordinal)) return {};
    const Phrase* joint = phrase(PhraseGroup::date_joint, day.tokens);
    if (joint == nullptr) return {};
    const bool keeps_day = day.figures || (day.ordinal && joint->value == "cardinal");
    if (!day.ordinal && joint->value == "ordinal" && !day.figures) return {};
    const std::size_t place = day.tokens + joint->words.size();
    const Phrase* month = phrase(PhraseGroup::month, place);
    if (month == nullptr) return {};
    Date date{.tokens = place + 1};
    for (std::size_t i = 0; keeps_day && i < day.tokens; ++i)
      date.with.push_back(day.figures ? fixed(at_.now(i)) : at_.now(i));  // a word may begin the sentence
    if (!keeps_day) date.with.push_back(number(day.value, day.ordinal ? ordinal_ending(day.value) : ""));
    for (std::size_t i = day.tokens; i < place; ++i) date.with.push_back(fixed(at_.now(i)));
    date.with.push_back(fixed_word(month->value, language_));
    add_joined_year(date);
    return date;
  }

  void add_joined_year(Date& date) const {
    const Phrase* joint = phrase(PhraseGroup::date_joint, date.tokens);
    if (joint != nullptr && joint->value == "cardinal") {
      const Year year = read_year(at_, language_, date.tokens + joint->words.size());
      if (!year) return;
      for (std::size_t i = 0; i < joint->words.size(); ++i)
        date.with.push_back(fixed(at_.now(date.tokens + i)));
      date.with.push_back(number(year.value));
      date.tokens += joint->words.size() + year.tokens;
    } else if (const Year year = year_after(date.tokens); year && joint == nullptr) {
      add_year(date, year, false);
    }
  }

  // "nineteen nineties", "eighteen hundreds"
  Date decade() const {
    const NumberInWords century = read_number(at_, language_);
    if (!century || century.ordinal || century.value < 16 || century.value > 20) return {};
    const Phrase* decade = phrase(PhraseGroup::decade, century.words);
    if (decade == nullptr || decade->value.empty()) return {};
    if (century.value == 20 &&
        !at_.before().is(classes(WordClass::article, WordClass::whole_time, WordClass::before_year)))
      return {};
    return {century.words + decade->words.size(),
            {fixed_word(std::to_string(century.value) + decade->value, language_)}};
  }

  // "los ochenta" stays.
  Date named_decade() const {
    const Phrase* decade = phrase(PhraseGroup::decade, 0);
    if (decade == nullptr || !decade->value.empty()) return {};
    if (!at_.before().is(classes(WordClass::article, WordClass::counted_year))) return {};
    if (read_number(at_, language_).words != 1 || is_counted(at_, language_, 1) || is_noun_like(at_.now(1)))
      return {};
    return {1, {fixed(at_.now())}};
  }

  // "forty four b c"
  Date era() const {
    const Year year = read_year(at_, language_, 0);
    const NumberInWords plain = read_number(at_, language_);
    const std::size_t end = year ? year.tokens : plain.words;
    if (end == 0 || (!year && (plain.ordinal || !plain.alone))) return {};
    const Phrase* era = phrase(PhraseGroup::era, end);
    if (era == nullptr) return {};
    return {end + era->words.size(),
            {number(year ? year.value : plain.value), fixed_word(era->value, language_)}};
  }

  const Rewriter& at_;
  const Language& language_;
};

class Dates {
 public:
  Dates(Tokens& tokens, const RuleContext& context) : language_(context.language), at_(tokens, context.log) {}

  void run() {
    while (!at_.at_end()) {
      if (!time() && !date()) at_.keep();
    }
  }

 private:
  bool date() {
    if (at_.now().entry == nullptr && at_.now().text.find('-') == std::string::npos &&
        !has_digit(at_.now().text))
      return false;
    Date date = at_.now().fixed ? Date{} : DateFinder(at_, language_).find();
    if (!date) return false;
    at_.replace(date.tokens, "date", std::move(date.with));
    return true;
  }

  bool time() {
    TimeOfDay time = find_time(at_, language_);
    if (!time) return false;
    agree(time.one);
    at_.replace(time.tokens, "time", std::move(time.with));
    return true;
  }

  // "la una menos cuarto" is "las 12:45".
  void agree(bool one) {
    const Token& before = at_.before();
    if (before.entry == nullptr || before.fixed) return;
    for (const Phrase& article : before.entry->phrases) {
      if (article.group != PhraseGroup::clock_article) continue;
      const std::string_view wanted = one ? "one" : "many";
      if (article.value.starts_with(wanted)) return;
      const std::string other = article.value.substr(article.value.find(' ') + 1);
      at_.last() = make_word(starts_upper(before.text) ? capitalised(other) : other, language_, before.gap);
      return;
    }
  }

  const Language& language_;
  Rewriter at_;
};

bool may_hold_dates(const Tokens& tokens) {
  return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
    if (token.entry == nullptr) return token.text.find('-') != std::string::npos;
    return !token.entry->numbers.empty() ||
           (token.entry->groups & groups(PhraseGroup::month, PhraseGroup::day_half)) != 0;
  });
}

}  // namespace

void write_dates(Tokens& tokens, const RuleContext& context) {
  if (may_hold_dates(tokens)) Dates(tokens, context).run();
}

}  // namespace diktate
