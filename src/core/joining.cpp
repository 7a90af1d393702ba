#include "core/joining.h"

#include <algorithm>
#include <cctype>

#include "core/joining_words.h"

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

// Whether `word` (lower case) stands in `text` as it is, in lower case.
bool appears_lowered(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool starts = at == 0 || !is_letter(text[at - 1]);
    const bool ends = at + word.size() == text.size() || !is_letter(text[at + word.size()]);
    if (starts && ends) return true;
  }
  return false;
}

// "p.m.", "U.S.", "Ph.D.": letters in ones and twos, each followed by a dot.
bool is_dotted(std::string_view word) {
  std::size_t letters = 0;
  std::size_t dots = 0;
  for (const char c : word) {
    if (c != '.' && (!is_letter(c) || ++letters > 2)) return false;
    if (c != '.') continue;
    if (letters == 0) return false;
    letters = 0;
    ++dots;
  }
  return dots >= 2 && letters == 0;
}

// The full stop that a cut put after the last word; not one that belongs to the word, and no ellipsis.
void drop_full_stop(std::string& text, std::string_view more) {
  while (!text.empty() && is_space(text.back())) text.pop_back();
  if (!text.ends_with('.') || text.ends_with("..")) return;
  const std::string_view word = std::string_view(text).substr(text.find_last_of(" \n\t\"(") + 1);
  const std::string_view bare = word.substr(0, word.size() - 1);
  if (is_dotted(word) || is_abbreviation(lowered(bare))) return;
  const bool initial = bare.size() == 1 && is_upper(bare.front()) && bare != "I" && bare != "A";
  if (initial && is_upper(more.front())) return;  // "John F. Kennedy"
  text.pop_back();
  while (!text.empty() && is_space(text.back())) text.pop_back();
}

// Whether the capital with which `more` begins is there only because it was taken for a sentence of its own.
bool has_capital_of_cut(std::string_view text, std::string_view more) {
  const std::string_view first = first_word(more);
  const std::string word = lowered(first);
  const std::string_view next = first_word(more.substr(std::min(first.size() + 1, more.size())));
  if (keeps_capital(first)) return false;
  if (word == "may") return follows_may(next) && !precedes_a_month(lowered(last_word(text)));
  const bool named = !next.empty() && is_upper(next.front()) && !is_i(next);
  if (named && (opens_names(word) || !is_common(word))) return false;  // "Will Smith"
  if ((word == "will" || word == "mark") && follows_a_name(next)) return false;
  return is_common(word) || appears_lowered(text, word) || appears_lowered(more, word);
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
      if (has_capital_of_cut(text, more)) more[0] = lower(more[0]);
      drop_full_stop(text, more);
    }
    append(text, more);
    if (before != nullptr) joined.starts.push_back(text.size() - more.size());
    before = &piece;
  }
  return joined;
}

std::vector<Piece> as_joined(std::span<const Piece> pieces) {
  const JoinedText joined = join_pieces(pieces);
  std::vector<Piece> parts;
  std::size_t start = 0;
  for (const Piece& piece : pieces) {
    if (piece.text.empty()) continue;
    const bool is_last = parts.size() == joined.starts.size();
    const std::size_t size = joined.text.size();
    // Of a piece that is a stop alone nothing may be left.
    const std::size_t end = is_last ? size : std::clamp(joined.starts[parts.size()], start, size);
    parts.push_back(piece);
    parts.back().text = joined.text.substr(start, end - start);
    if (!is_last && parts.back().text.ends_with(' ')) parts.back().text.pop_back();  // between the two
    start = end;
  }
  return parts;
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
