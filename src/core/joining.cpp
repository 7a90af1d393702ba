#include "core/joining.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace diktate {
namespace {

// A pause shorter than this may stand inside a sentence; at a longer one the recogniser's full stop is
// believed.
constexpr std::int64_t kShortPause = samples_of(0.6);
constexpr std::int64_t kNoPause = samples_of(0.15);  // nobody ends a sentence with so short a one

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool is_upper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }
bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}
char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
char upper(char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); }

std::string lowered(std::string_view word) {
  std::string result(word);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

// The letters and apostrophes at the start of `text`.
std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && (is_letter(text[end]) || text[end] == '\'')) ++end;
  return text.substr(0, end);
}

std::string_view last_word(std::string_view text) {
  std::size_t end = text.size();
  while (end > 0 && !is_letter(text[end - 1])) --end;
  std::size_t start = end;
  while (start > 0 && (is_letter(text[start - 1]) || text[start - 1] == '\'')) --start;
  return text.substr(start, end - start);
}

// Words that open the rest of a sentence far more often than a new one.
bool continues(const std::string& word) {
  static const std::set<std::string, std::less<>> kWords{
      "and",     "or",      "nor",    "but",     "of",     "to",    "than",    "that",    "which",
      "who",     "whom",    "whose",  "with",    "from",   "into",  "onto",    "upon",    "by",
      "for",     "because", "until",  "unless",  "though", "while", "between", "through", "against",
      "without", "within",  "toward", "towards", "among",  "as",    "at",      "in",      "on"};
  return kWords.contains(word);
}

// Words after which no sentence ends.
bool leaves_open(const std::string& word) {
  static const std::set<std::string, std::less<>> kWords{
      "a",    "an",  "the", "and",   "or",  "but",  "of",   "to",    "from",    "with", "into", "my",
      "your", "his", "our", "their", "its", "than", "very", "which", "because", "if",   "every"};
  return kWords.contains(word);
}

// Names keep their capital: "I", what has another capital inside, days and months.
bool keeps_capital(std::string_view word) {
  static const std::set<std::string, std::less<>> kNames{
      "Monday",  "Tuesday",   "Wednesday", "Thursday", "Friday",   "Saturday", "Sunday",
      "January", "February",  "March",     "April",    "May",      "June",     "July",
      "August",  "September", "October",   "November", "December", "English",  "Spanish",
      "Mr",      "Mrs",       "Dr",        "God"};
  if (word == "I" || word.starts_with("I'")) return true;
  if (std::any_of(word.begin() + (word.empty() ? 0 : 1), word.end(), is_upper)) return true;
  return kNames.contains(word);
}

// Words that are common enough to be no name; only these lose a capital that may be a name's.
bool is_common(const std::string& word) {
  static const std::set<std::string, std::less<>> kWords{
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

// Whether `word` (lower case) stands in `text` as it is, in lower case.
bool appears_lowered(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool starts = at == 0 || !is_letter(text[at - 1]);
    const bool ends = at + word.size() == text.size() || !is_letter(text[at + word.size()]);
    if (starts && ends) return true;
  }
  return false;
}

void drop_full_stop(std::string& text) {
  while (!text.empty() && text.back() == '.') text.pop_back();
}

// The sentence of `before` goes on in `after`.
bool sentence_goes_on(const Piece& before, const Piece& after) {
  if (before.text.empty() || after.text.empty()) return false;
  if (before.text.back() == '?' || before.text.back() == '!') return false;
  const bool adjoin = before.end == after.start;  // else pause_before is that after a piece without text
  const bool at_once = before.cut == Cut::pause && adjoin && after.pause_before < kNoPause;
  if (before.cut == Cut::forced || at_once) return true;
  if (before.cut != Cut::pause || after.pause_before >= kShortPause) return false;
  return continues(lowered(first_word(after.text))) || leaves_open(lowered(last_word(before.text)));
}

void append(std::string& text, std::string_view more) {
  if (!text.empty() && !more.empty()) text += ' ';
  text += more;
}

}  // namespace

JoinedText join_pieces(std::span<const Piece> pieces) {
  JoinedText joined;
  std::string& text = joined.text;
  const Piece* before = nullptr;
  for (const Piece& piece : pieces) {
    if (piece.text.empty()) continue;
    std::string more = piece.text;
    if (before != nullptr && sentence_goes_on(*before, piece)) {
      drop_full_stop(text);
      const std::string word = lowered(first_word(more));
      const bool common = is_common(word) || appears_lowered(text, word) || appears_lowered(more, word);
      if (!keeps_capital(first_word(more)) && common) more[0] = lower(more[0]);
    }
    append(text, more);
    if (before != nullptr) joined.starts.push_back(text.size() - more.size());
    before = &piece;
  }
  return joined;
}

std::string tidy(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_space(c)) {
      if (!result.empty() && result.back() != ' ') result += ' ';
      continue;
    }
    const bool mark = c == ',' || c == '.' || c == ';' || c == ':' || c == '?' || c == '!';
    const bool closes =
        mark && (i + 1 == text.size() ||
                 std::isalnum(static_cast<unsigned char>(text[i + 1])) == 0);  // "the .NET app"
    if (closes && !result.empty() && result.back() == ' ') result.pop_back();
    result += c;
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  if (!result.empty()) result[0] = upper(result[0]);
  return result;
}

}  // namespace diktate
