// What the rules know of a language: classes of words, phrases with a meaning, and words for numbers. It is
// all data (languages/*.toml, one file a language); no rule names a word of its own.
//
// A file has
//   name = "en"
//   [classes]          a list of words for each name in kWordClassNames
//   [phrases.<group>]  "words as spoken" = "what it stands for", for the groups in kPhraseGroupNames
//   [numbers.<kind>]   word = value, for the kinds in kNumberKindNames
//   [figures]          how numbers are written: the members of Figures
//   [meanings]         "English words" = "words that mean them", for the common ones: text/meanings.h
//   [opposites]        "beginnings of words" = "words that mean the opposite", in the same way
// in lower case and with straight apostrophes. A name that is not in these lists is an error, and so is what
// a group cannot use; what is left out is merely not known.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "text/meanings.h"

namespace diktate {

using WordClasses = std::uint64_t;  // a set of WordClass bits

// In the order of kWordClassNames.
enum class WordClass : unsigned char {
  article,
  pronoun,     // as a subject: I, he, they; also there, who
  object,      // me, him, them
  possessive,  // my, their
  demonstrative,
  preposition,
  conjunction,
  be,
  auxiliary,  // have, do, can, will
  verb,       // common ones, in the forms that are said: what cannot stand before an "at" of an address
  adjective,  // common ones that stand before a noun: "long" in "a long period"
  opener,     // so, well, yes: a comma may follow it at the start of a sentence
  intensifier,
  hesitation,
  weekday,
  capital,   // always written with a capital
  doubled,   // may stand twice in a row
  weighty,   // is said twice for weight, also with a comma: "no, no"
  question,  // who, what, when
  negation,
  common,          // one of the most common words: never a misheard name
  pause_word,      // a hesitation only where marks set it off: Spanish "este"
  link,            // and, but, so: a filler may follow
  softener,        // just, kind of: "just like really"
  quantity,        // many, much, some
  after_verb,      // may stand twice in a row after a verb: "log in in Berlin"
  never_last,      // nothing ends with it, so that a noun must follow: the, my, of
  imperative,      // verbs that often begin a sentence: "send", "please"
  polite,          // please
  infinitive,      // to
  sequence,        // next, last: "next Monday, no, next Friday"
  before_address,  // an address may come next: "to", "email"
  not_address,     // no name of an address: "today", "everything"
  program,         // what is run with options and files: "cd", "grep"
  root,            // a folder at the root: "usr"
  before_month,  // after these a month is one, and gets its capital: "in march"; empty where months get none
  weight,        // beside it a word for a currency and a unit is the unit: "weighs twenty pounds"
  counted,       // a number before it counts it, and is no name: "times"
  code_label,    // digits after it are one number: "code", "room"
  phone_label,   // a code_label that may be one of a telephone: "number"
  versioned,     // has versions: "python", "release"
  before_year,   // a year may come next: "since", "of"
  whole_time,    // a month or a year comes next, and no day: "in", "year"
  before_time,   // a time of day may come next: "at"
  counted_year,  // what is counted with no unit: "people", "year" in "sixteen year olds"
  padding,       // a word that cleanup may leave out: basically
  contrast,      // a short word on which the meaning hangs: before, without, she
  denial,        // a negation that is more than "not": nothing, nobody
  negative,      // has a denial in it: unable, refuse, fail
  request,       // makes a request polite: please, kindly
  ending,        // of inflected words: ed, ing
  ordinal_suffix,  // th
  task,            // what a model may be asked to make, as an order: write, explain
  self,            // of the speaker: I, my, us
  listener,        // of who is spoken to: you, your
  day,             // today, tomorrow
  reminder,        // what a negation makes a reminder of: "don't forget"
  inquiry,         // asks for a yes or a no where it opens a sentence: did, does, is
  whether,         // asks the same inside one: whether, confirm
  span,            // before "period" it makes a noun: waiting, grace
  foreign,  // small words of other languages, and of neither this one nor English or Spanish: "und", "avec"
};
inline constexpr std::array<std::string_view, 61> kWordClassNames = {
    "article",      "pronoun",        "object",      "possessive",  "demonstrative",
    "preposition",  "conjunction",    "be",          "auxiliary",   "verb",
    "adjective",    "opener",         "intensifier", "hesitation",  "weekday",
    "capital",      "doubled",        "weighty",     "question",    "negation",
    "common",       "pause_word",     "link",        "softener",    "quantity",
    "after_verb",   "never_last",     "imperative",  "polite",      "infinitive",
    "sequence",     "before_address", "not_address", "program",     "root",
    "before_month", "weight",         "counted",     "code_label",  "phone_label",
    "versioned",    "before_year",    "whole_time",  "before_time", "counted_year",
    "padding",      "contrast",       "denial",      "negative",    "request",
    "ending",       "ordinal_suffix", "task",        "self",        "listener",
    "day",          "reminder",       "inquiry",     "whether",     "span",
    "foreign"};

template <class... Class>
constexpr WordClasses classes(Class... each) {
  return ((WordClasses{1} << static_cast<unsigned>(each)) | ... | WordClasses{0});
}

// In the order of kPhraseGroupNames.
enum class PhraseGroup : unsigned char {
  mark,         // a spoken mark that closes what was before: "comma" = ","
  open,         // one that opens: "open paren" = "("
  close,        // "close paren" = ")"
  join,         // one that joins its neighbours: "hyphen" = "-"
  sign,         // one that stands by itself: "ampersand" = "&"
  prefix,       // one that joins what follows: "hashtag" = "#"
  layout,       // "new line" = "line", "paragraph", "bullet", "stop and line"
  casing,       // "all caps" = "all on", "end caps" = "all off", "caps" = "next"
  literal,      // the next command is the word itself
  no_space,     // the next word joins the one before
  key,          // "press enter" = "Enter"
  take_back,    // "scratch that" = "sentence", "scratch all that" = "all", "undo that" = "command"; "joined
                // to nothing": not after "and" or a comma
  not_command,  // "period of time": these words are no command
  filler,       // "you know"; what it stands for says where: "comma", "clause", "be"
  not_filler,   // "do you know"; "noun": but a filler where a noun must follow: "it was you know a mess"
  correction,   // "no wait": takes back what was before and says it anew
  not_correction,
  unit,       // "miles per hour" = "mph"
  time_unit,  // keeps its word, but its number is a figure: "minutes" = ""; "one": of one alone ("hour");
              // "adjective": what "second" is in "a thirty second spot"; "none": no unit ("degrees in")
  currency,   // "dollars" = "$"
  cents,      // a hundredth of one, and keeps its word: "cents" = ""
  percent,
  month,         // as it is written: "march" = "March"
  day_half,      // "p m" = "p.m."
  label,         // a number follows it: "page" = ""; "any": also after an article; "many": more than one
  address,       // "dot" = ".", "at" = "@", "slash" = "/", "underscore", "dash", "colon"
  domain,        // top-level domains: "com" = "com"; "in" = "word" for one that is also a common word
  code_style,    // "snake case" = "snake"
  code_sign,     // "equals" = "="
  abbreviation,  // ends with a full stop that ends no sentence: "mr." = "Mr."
  word_of_sign,  // "dot com bubble": these words are no address, from the sign on
  file_type,     // ends of files: "txt"
  snippet,       // "insert": the trigger of a snippet follows
  decimal,       // between a number and its decimals: "point" = "lead" where it may also begin one
  minus,         // "minus" = ""; "never of time": not before a length of time or a count of times
  range,  // between two numbers of one unit: "to" = ""; or the word that must come first: "and" = "between"
  cents_joint,  // between money and its cents: "and" = ""; "bare" where the word for cents may be left out
  part_of,      // "of" = "": what a fraction is of
  not_number,   // its number words count nothing: "cloud nine" = ""
  repeat,       // the digit after it is said so often: "double" = "2"
  phone_shape,  // a telephone number of so many digits: "7" = "3-4"
  version_dot,  // "point" = "."
  date_joint,   // between a day and its month: "of" = "ordinal", "de" = "cardinal": what the day is
  decade,       // after a century: "nineties" = "90s"; "" is one by itself: "los noventa"
  era,          // "b c" = "BC"
  clock,  // after an hour: "y media" = "30"; "+", "-": minutes follow; "stays": "o'clock"; "article stays":
          // only after a clock_article: "de la tarde"
  before_hour,    // "half past" = "sure"; "" where it may be something else
  minute_joint,   // "past" = "sure" in "ten past four"; "" where it may be something else
  clock_article,  // in front of an hour: "la" = "one las": for one o'clock; the other one
  hours,          // ends a time of day: "hours" in "fifteen thirty hours"
  // What verification compares and looks for (compare.h, verify.h).
  contraction,    // "don't" = "do not"; also how it is said: "gonna" = "going to"
  hour_part,      // "half past" = "+30" and "quarter to" = "-15" before the hour, "y media" = "30" after it
  same_as,        // words that may be exchanged: spellings ("colour" = "color"), forms ("went" = "go"), what
                  // sounds alike ("their" = "there"), names in another language ("londres" = "london")
  inside_number,  // between digits: "point" = ".", "oh" = "0"
  talk,     // words of a model that talks: "i can't help with" = "refusal"; "how can i assist" = "reply", or
            // "polite" where a polite speaker may say it too; "the cleaned text" = "task"; "as an ai" = "ai";
            // "return only the" = "echo", of its instructions
  preface,  // what it puts before the text: "sure" = "word", a sentence of its own; "here is" = "line"
  closing,  // what it puts behind it: "let me know if" = "sentence"; "note" = "rest", up to the end
  reply_label,  // "output", before a colon or as a heading
  heading,      // a part of a structured prompt: "requirements"
};
inline constexpr std::array<std::string_view, 60> kPhraseGroupNames = {
    "mark",         "open",           "close",        "join",          "sign",
    "prefix",       "layout",         "casing",       "literal",       "no_space",
    "key",          "take_back",      "not_command",  "filler",        "not_filler",
    "correction",   "not_correction", "unit",         "time_unit",     "currency",
    "cents",        "percent",        "month",        "day_half",      "label",
    "address",      "domain",         "code_style",   "code_sign",     "abbreviation",
    "word_of_sign", "file_type",      "snippet",      "decimal",       "minus",
    "range",        "cents_joint",    "part_of",      "not_number",    "repeat",
    "phone_shape",  "version_dot",    "date_joint",   "decade",        "era",
    "clock",        "before_hour",    "minute_joint", "clock_article", "hours",
    "contraction",  "hour_part",      "same_as",      "inside_number", "talk",
    "preface",      "closing",        "reply_label",  "heading"};

using PhraseGroups = std::uint64_t;  // a set of PhraseGroup bits
template <class... Group>
constexpr PhraseGroups groups(Group... each) {
  return ((PhraseGroups{1} << static_cast<unsigned>(each)) | ... | PhraseGroups{0});
}

struct Phrase {
  PhraseGroup group{};
  std::vector<std::string> words;  // folded, at least one
  std::string value;
};

// In the order of kNumberKindNames.
enum class NumberKind : unsigned char {
  digit,        // 0 to 9
  teen,         // a number in one word that nothing can be added to: "twelve", "veintitrés", "cien"
  ten,          // twenty, thirty: a digit may follow
  hundred,      // multiplies what is before it
  scale,        // thousand, million
  ordinal,      // first, twentieth, hundredth
  fraction,     // half = 2, quarter = 4: one such part
  hundreds,     // hundreds in one word: doscientos = 200
  lone_scale,   // a scale that needs no number before it, and that a larger one may multiply: mil, "dos mil
                // millones"
  joint,        // "and" = 100: joins what is less to a hundred or more; "y" = 10: joins a digit to a ten
  one_of,       // is one before a hundred or a scale only: a, an
  short_one,    // is one in a longer number only: un, una
  inner_digit,  // is a digit among digits only: "oh" = 0
};
inline constexpr std::array<std::string_view, 13> kNumberKindNames = {
    "digit",    "teen",       "ten",   "hundred", "scale",     "ordinal",    "fraction",
    "hundreds", "lone_scale", "joint", "one_of",  "short_one", "inner_digit"};

struct NumberWord {
  NumberKind kind{};
  std::int64_t value = 0;
};

// How a language writes numbers.
struct Figures {
  std::string group = ",";            // between thousands: 1,200
  std::string decimal = ".";          // 3.5
  bool currency_first = true;         // "$5", or "5 $"
  std::vector<std::string> ordinals;  // "th", "st", "nd", "rd": by the last digit, the first one for all
                                      // others; none: ordinals stay words
};

// What is known of a word.
struct Entry {
  WordClasses classes = 0;
  PhraseGroups groups = 0;          // of the phrases below
  std::vector<Phrase> phrases;      // that begin with the word, the longest first
  std::vector<NumberWord> numbers;  // "second" may be several
};

using Entries = std::unordered_map<std::string, Entry, WordHash, std::equal_to<>>;

// Immutable; any thread.
class Language {
 public:
  // `invalid` names the line or the key that is wrong.
  static Result<std::shared_ptr<const Language>> parse(std::string_view toml);

  const std::string& name() const { return name_; }
  const Figures& figures() const { return figures_; }
  const Meanings& meanings() const { return meanings_; }
  const Meanings& opposites() const { return opposites_; }
  // nullptr for a word that is in no table. `folded` as in Token. The entry lives as long as the language.
  const Entry* find(std::string_view folded) const;

 private:
  std::string name_;
  Figures figures_;
  Meanings meanings_;
  Meanings opposites_;
  Entries entries_;
};

// The languages that ship, by name: "en", "es". An unknown name is `invalid`, and the message says which
// there are.
std::vector<std::string> language_names();
Result<std::shared_ptr<const Language>> built_in_language(std::string_view name);

}  // namespace diktate
