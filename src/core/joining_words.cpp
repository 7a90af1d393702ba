#include "core/joining_words.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

namespace diktate {
namespace {

using Words = std::set<std::string, std::less<>>;

bool is_capital(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }

}  // namespace

bool continues(std::string_view word) {
  static const Words kWords{
      "and",     "or",      "nor",    "but",     "of",     "to",    "than",    "that",    "which",
      "who",     "whom",    "whose",  "with",    "from",   "into",  "onto",    "upon",    "by",
      "for",     "because", "until",  "unless",  "though", "while", "between", "through", "against",
      "without", "within",  "toward", "towards", "among",  "as",    "at",      "in",      "on"};
  return kWords.contains(word);
}

bool leaves_open(std::string_view word) {
  static const Words kWords{"a",    "an",   "the",  "and",   "or",      "but", "of",   "to",
                            "from", "with", "into", "my",    "your",    "his", "our",  "their",
                            "its",  "than", "very", "which", "because", "if",  "every"};
  return kWords.contains(word);
}

bool is_i(std::string_view word) { return word == "I" || word.starts_with("I'"); }

bool keeps_capital(std::string_view word) {
  static const Words kNames{"Monday",  "Tuesday", "Wednesday", "Thursday", "Friday",   "Saturday",
                            "Sunday",  "January", "February",  "March",    "April",    "June",
                            "July",    "August",  "September", "October",  "November", "December",
                            "English", "Spanish", "Mr",        "Mrs",      "Dr",       "God"};
  if (is_i(word)) return true;
  if (std::any_of(word.begin() + (word.empty() ? 0 : 1), word.end(), is_capital)) return true;
  return kNames.contains(word);
}

bool is_common(std::string_view word) {
  static const Words kWords{
      "a",     "about",   "after",   "again",  "all",    "also",  "always", "an",     "another", "any",
      "are",   "be",      "been",    "before", "being",  "both",  "can",    "could",  "did",     "do",
      "does",  "done",    "down",    "each",   "even",   "ever",  "every",  "few",    "first",   "get",
      "give",  "go",      "good",    "great",  "had",    "has",   "have",   "having", "he",      "her",
      "here",  "hers",    "him",     "his",    "how",    "if",    "is",     "it",     "its",     "just",
      "last",  "less",    "let",     "like",   "little", "long",  "made",   "make",   "many",    "me",
      "men",   "more",    "most",    "much",   "must",   "my",    "never",  "new",    "next",    "no",
      "not",   "nothing", "now",     "off",    "old",    "once",  "one",    "only",   "other",   "our",
      "out",   "over",    "own",     "people", "put",    "quite", "rather", "said",   "same",    "say",
      "see",   "she",     "should",  "since",  "so",     "some",  "still",  "such",   "take",    "the",
      "their", "them",    "then",    "there",  "these",  "they",  "this",   "those",  "time",    "too",
      "two",   "under",   "up",      "us",     "very",   "was",   "we",     "well",   "were",    "what",
      "when",  "where",   "whether", "why",    "will",   "work",  "would",  "yes",    "yet",     "you",
      "your"};
  return kWords.contains(word) || continues(word);
}

bool opens_names(std::string_view word) {
  static const Words kWords{"good", "great", "little", "long", "new", "old", "will"};
  return kWords.contains(word);
}

bool follows_a_name(std::string_view word) {
  static const Words kWords{"and", "had", "has", "is", "or", "said", "says", "to", "was"};
  return kWords.contains(word);
}

bool follows_may(std::string_view word) {
  static const Words kWords{"I", "be", "have", "he", "it", "never", "not", "she", "they", "we", "you"};
  return kWords.contains(word);
}

bool precedes_a_month(std::string_view word) {
  static const Words kWords{"by", "early", "in", "last", "late", "next", "of", "since", "this", "until"};
  return kWords.contains(word);
}

bool is_abbreviation(std::string_view word) {
  static const Words kWords{"approx", "co",  "corp", "dept", "dr",  "etc", "inc", "jr", "ltd",
                            "mr",     "mrs", "ms",   "prof", "sgt", "sr",  "st",  "vs"};
  return kWords.contains(word);
}

}  // namespace diktate
