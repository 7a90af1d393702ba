// What a word sounds like, as text/favoured.h describes it.
#include "text/favoured.h"
#include "text/unicode.h"

namespace diktate {
namespace {

class KeyWriter {
 public:
  explicit KeyWriter(std::u32string_view letters) : letters_(letters) {}

  std::string run() {
    while (at_ < letters_.size()) at_ += step();
    return std::move(key_);
  }

 private:
  char32_t letter(std::size_t ahead = 0) const {
    return at_ + ahead < letters_.size() ? letters_[at_ + ahead] : U'\0';
  }
  bool follows(std::u32string_view letters) const { return letters_.substr(at_).starts_with(letters); }
  static bool is_one_of(std::u32string_view letters, char32_t letter) {
    return letter != U'\0' && letters.find(letter) != std::u32string_view::npos;
  }
  static bool is_soft(char32_t letter) { return is_one_of(U"eiy", letter); }

  std::size_t put(char32_t code, std::size_t letters = 1) {
    if (code != last_) append_character(key_, code);
    last_ = code;
    return letters;
  }

  // Something is heard between the codes around it.
  std::size_t vowel() {
    last_ = U'\0';
    return 1;
  }

  // What is written with several letters; 0 for none of those.
  std::size_t group() {
    if (at_ == 0 && (follows(U"kn") || follows(U"gn") || follows(U"wr"))) return 1;
    if (follows(U"gh")) return at_ == 0 ? put(U'K', 2) : 2;
    if (follows(U"tch")) return put(U'X', 3);
    if (follows(U"ch")) return put(is_one_of(U"lr", letter(2)) ? U'K' : U'X', 2);
    if (follows(U"sh")) return put(U'X', 2);
    if (follows(U"th")) return put(U'O', 2);
    if (follows(U"ph")) return put(U'F', 2);
    if (follows(U"dj") || (follows(U"dg") && is_soft(letter(2)))) return put(U'J', 2);
    return 0;
  }

  std::size_t step() {
    if (const std::size_t letters = group(); letters > 0) return letters;
    const char32_t now = letter();
    if (is_one_of(U"aeiouy", now)) return vowel();
    if (now == U'h' || (now == U'w' && !is_one_of(U"aeiouy", letter(1)))) return 1;
    if (now == U'x') return put(U'K', 0) + put(U'S');
    return put(code(now));
  }

  char32_t code(char32_t now) const {
    if (now == U'c') return is_soft(letter(1)) ? U'S' : U'K';
    if (is_one_of(U"bp", now)) return U'P';
    if (is_one_of(U"dt", now)) return U'T';
    if (is_one_of(U"fv", now)) return U'F';
    if (is_one_of(U"gkq", now)) return U'K';
    if (is_one_of(U"sz", now)) return U'S';
    return now >= U'a' && now <= U'z' ? now - U'a' + U'A' : now;
  }

  std::u32string_view letters_;
  std::string key_;
  char32_t last_ = U'\0';
  std::size_t at_ = 0;
};

}  // namespace

std::string sound_key(std::u32string_view letters) { return KeyWriter(letters).run(); }

}  // namespace diktate
