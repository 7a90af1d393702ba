#include "text/sanitise.h"

#include <algorithm>
#include <array>

#include <utf8proc.h>

#include "text/escapes.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr char32_t kNonJoiner = 0x200C;
constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kTextStyle = 0xFE0E;
constexpr char32_t kEmojiStyle = 0xFE0F;
constexpr char32_t kKeycap = 0x20E3;

struct Range {
  char32_t first;
  char32_t last;
};

// Characters that show nothing: all that Unicode calls default ignorable, and format controls beyond them.
constexpr std::array<Range, 18> kInvisible = {{
    {0xAD, 0xAD},        // soft hyphen
    {0x34F, 0x34F},      // grapheme joiner
    {0x61C, 0x61C},      // Arabic letter mark
    {0x115F, 0x1160},    // Hangul fillers
    {0x17B4, 0x17B5},    // Khmer vowels
    {0x180B, 0x180F},    // Mongolian selectors
    {0x200B, 0x200F},    // zero width, marks of direction
    {0x202A, 0x202E},    // embeddings, overrides
    {0x2060, 0x206F},    // word joiner, invisible operators, isolates
    {0x3164, 0x3164},    // Hangul filler
    {0xFE00, 0xFE0F},    // variation selectors
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFFA0, 0xFFA0},    // Hangul filler
    {0xFFF0, 0xFFFB},    // annotations
    {0x13430, 0x1343F},  // Egyptian controls
    {0x1BCA0, 0x1BCA3},  // shorthand controls
    {0x1D173, 0x1D17A},  // musical controls
    {0xE0000, 0xE0FFF},  // tags, variation selectors
}};

// Cursive and Indic scripts, in which a non-joiner changes the shape or the meaning of a word.
constexpr std::array<Range, 7> kJoiningScripts = {{
    {0x600, 0x8FF},      // Arabic, Syriac, N'Ko
    {0x900, 0xDFF},      // Devanagari to Sinhala
    {0x1000, 0x109F},    // Myanmar
    {0x1780, 0x18AF},    // Khmer, Mongolian
    {0xFB50, 0xFDFF},    // Arabic forms
    {0xFE70, 0xFEFC},    // Arabic forms
    {0x1E900, 0x1E95F},  // Adlam
}};

template <std::size_t size>
bool contains(const std::array<Range, size>& ranges, char32_t code) {
  const auto* range = std::lower_bound(ranges.begin(), ranges.end(), code,
                                       [](const Range& one, char32_t value) { return one.last < value; });
  return range != ranges.end() && range->first <= code;
}

bool is_plain(char c) { return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t'; }

std::size_t plain_size(std::string_view bytes) {
  return static_cast<std::size_t>(std::find_if_not(bytes.begin(), bytes.end(), is_plain) - bytes.begin());
}

// What parts lines or pages without being a line feed. A space keeps the words apart; a newline might press
// Enter where nobody asked for it.
bool is_break(char32_t code) {
  return code == 0x0B || code == 0x0C || code == 0x85 || code == 0x2028 || code == 0x2029;
}

bool is_control(char32_t code) { return code < 0x20 || (code >= 0x7F && code <= 0x9F); }

// What may be joined to an emoji; also what a later Unicode will put there.
bool is_pictograph(char32_t code) {
  const utf8proc_property_t* property = utf8proc_get_property(static_cast<utf8proc_int32_t>(code));
  if (property->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC) return true;
  return property->category == UTF8PROC_CATEGORY_CN && code >= 0x1F000 && code <= 0x1FAFF;
}

bool is_skin_tone(char32_t code) { return code >= 0x1F3FB && code <= 0x1F3FF; }

bool is_keycap_base(char32_t code) { return is_digit(code) || code == '#' || code == '*'; }

bool is_letter_or_number(char32_t code) {
  const auto kind = utf8proc_category(static_cast<utf8proc_int32_t>(code));
  return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO;
}

// Writes only what may stay. What it writes depends on nothing but what it has written before and on the
// character itself, so its own result passes unchanged.
class Sanitiser {
 public:
  explicit Sanitiser(std::string_view bytes) : rest_(bytes) { text_.reserve(bytes.size()); }

  std::string run() {
    while (!rest_.empty()) {
      const std::size_t plain = plain_size(rest_);
      if (plain > 0) {
        take_plain(plain);
      } else {
        take_character();
      }
    }
    return std::move(text_);
  }

 private:
  enum class Emoji : unsigned char { none, bare, dressed };  // dressed: with a style or a skin tone

  void take_plain(std::size_t size) {
    settle(static_cast<unsigned char>(rest_[0]));
    text_ += rest_.substr(0, size);
    last_ = static_cast<unsigned char>(text_.back());
    emoji_ = Emoji::none;
    rest_.remove_prefix(size);
  }

  void take_character() {
    auto [code, size] = raw_character(rest_);
    if (code == '\r') {
      if (!rest_.substr(1).starts_with('\n')) write('\n', "\n");
    } else if (is_break(code)) {
      write(' ', " ");
    } else if (is_control(code)) {
      if (code == 0x1B || code >= 0x80) size = escape_size(rest_);
    } else if (code == kJoiner || code == kNonJoiner) {
      waiting_ = code;
    } else if (code == kTextStyle || code == kEmojiStyle) {
      take_style(code, rest_.substr(0, size));
    } else if (code != kMalformed && !contains(kInvisible, code)) {
      write(code, rest_.substr(0, size));
    }
    rest_.remove_prefix(size);
  }

  // Behind an emoji at once; between a digit and its keycap if that follows.
  void take_style(char32_t code, std::string_view bytes) {
    if (emoji_ != Emoji::bare) {
      waiting_ = code;
    } else if (waiting_ == 0) {
      text_ += bytes;
      emoji_ = Emoji::dressed;
    }
  }

  void write(char32_t code, std::string_view bytes) {
    settle(code);
    text_ += bytes;
    last_ = code;
    if (is_skin_tone(code) && emoji_ != Emoji::none) {
      emoji_ = Emoji::dressed;
    } else {
      emoji_ = is_pictograph(code) ? Emoji::bare : Emoji::none;
    }
  }

  // `next` is about to be written: what waits before it has its place, or goes.
  void settle(char32_t next) {
    if (waiting_ != 0 && fits(next)) append_character(text_, waiting_);
    waiting_ = 0;
  }

  bool fits(char32_t next) const {
    if (waiting_ == kJoiner) return emoji_ != Emoji::none && is_pictograph(next);
    if (waiting_ != kNonJoiner) return is_keycap_base(last_) && next == kKeycap;
    return is_letter_or_number(last_) && is_letter_or_number(next) &&
           (contains(kJoiningScripts, last_) || contains(kJoiningScripts, next));
  }

  std::string_view rest_;
  std::string text_;
  char32_t last_ = 0;          // written; a style or joiner is none
  Emoji emoji_ = Emoji::none;  // what the text ends with
  char32_t waiting_ = 0;       // a style or joiner that is not written yet
};

}  // namespace

std::string sanitised(std::string_view bytes) {
  if (plain_size(bytes) == bytes.size()) return std::string(bytes);
  return Sanitiser(bytes).run();
}

}  // namespace diktate
