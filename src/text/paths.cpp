#include "text/paths.h"

#include <utility>

#include "text/spelling.h"

namespace diktate {
namespace {

constexpr PhraseGroups kCodeSigns = groups(PhraseGroup::code_sign);
constexpr std::size_t kMostSegments = 24;  // of a path
constexpr std::size_t kMostJoints = 12;    // of a name: nothing is read over and over for long
constexpr std::size_t kLongestFlag = 2;    // letters: "-la"

bool is_flag(const Token& token) { return is_written(token) && token.text.front() == '-'; }
bool runs(const Token& token) { return token.is(classes(WordClass::program)) || is_flag(token); }

// Whether a name may begin or go on with the word.
bool names(const Token& token) {
  return token.is_word() && (token.text.size() == 1 || !token.is(kFunctionWords));
}

class PathReader {
 public:
  PathReader(const Rewriter& at, const Language& language) : at_(at), language_(language) {}

  std::size_t end() const { return end_; }
  const std::string& text() const { return text_; }
  int slashes() const { return slashes_; }
  bool has_type() const { return has_type_; }
  bool from_root() const { return from_root_; }

  // The value of the sign `ahead` of what was read; "" for none.
  std::string_view sign(std::size_t ahead = 0) const {
    const Phrase* phrase = sign_phrase(ahead);
    return phrase == nullptr ? std::string_view() : phrase->value;
  }

  void take_sign() {
    const Phrase* phrase = sign_phrase(0);
    text_ += phrase->value;
    end_ += phrase->words.size();
  }

  // A word, letters one by one, a number; only letters and digits go together.
  bool read_atom(bool only_letters = false) {
    if (read_star()) return true;
    const std::string before = text_;
    for (std::size_t pieces = 0; pieces < kMostPieces; ++pieces) {
      if (end_ > 0 && !is_next(at_, end_)) break;
      const SpokenPiece piece = read_piece(at_, language_, end_, kCodeSigns);
      const bool fits = piece.kind == SpokenPiece::Kind::word ? pieces == 0 : letters_ || pieces == 0;
      if (piece.kind == SpokenPiece::Kind::none || !fits || (only_letters && pieces > 0 && is_number(piece)))
        break;
      letters_ = piece.kind != SpokenPiece::Kind::word;
      // A recogniser's own "README.md" keeps its capitals.
      const bool own = piece.text.find_first_of("./_") != std::string::npos;
      text_ += own ? at_.now(end_).text : piece.text;
      has_type_ = has_type_ || own;
      end_ += piece.tokens;
    }
    atom_ = text_.size() - before.size();
    return atom_ > 0;
  }

  // "notes dot t x t", "dot dot", "dot bash underscore history"
  bool read_segment() {
    if (sign() == ".") {
      take_sign();
      if (sign() == ".") {
        take_sign();
        return true;
      }
    }
    if (!read_atom()) return false;
    read_joints();
    return true;
  }

  // The segments behind the slash that comes next.
  void read_segments() {
    for (std::size_t i = 0; i < kMostSegments && sign() == "/"; ++i) {
      if (slashes_ == 0 && !text_.empty() && is_root(1) && text_ != "~") return;
      const PathReader saved = *this;
      take_sign();
      ++slashes_;
      from_root_ = from_root_ || (saved.text_.empty() && is_root(0));
      if (!read_segment()) {
        if (saved.slashes_ == 0) restore(saved);
        return;
      }
    }
  }

  // "dry dash run", "color equals always"
  bool read_option(bool is_long) {
    if (!read_atom(!is_long)) return false;
    if (is_long) read_joints();
    if (sign() != "=") return true;
    const PathReader saved = *this;
    take_sign();
    const std::size_t value = text_.size();
    if (sign() != "/" && !read_segment()) restore(saved);
    std::string option = text_.substr(0, value);
    text_.erase(0, value);
    slashes_ = 0;
    read_segments();
    text_.insert(0, option);
    return true;
  }

 private:
  static bool is_number(const SpokenPiece& piece) { return piece.kind == SpokenPiece::Kind::digits; }

  // "asterisk dot log"
  bool read_star() {
    const Phrase* star = match_phrase(at_, groups(PhraseGroup::sign), end_);
    if (star == nullptr || star->value != "*" || (end_ > 0 && !is_next(at_, end_))) return false;
    text_ += star->value;
    end_ += star->words.size();
    letters_ = false;
    atom_ = star->value.size();
    return true;
  }

  const Phrase* sign_phrase(std::size_t ahead) const {
    const std::size_t at = end_ + ahead;
    return at == 0 || is_next(at_, at) ? read_sign(at_, at, kCodeSigns) : nullptr;
  }

  bool is_root(std::size_t ahead) const { return at_.now(end_ + ahead).is(classes(WordClass::root)); }

  void read_joints() {
    for (std::size_t i = 0; i < kMostJoints && read_joint(); ++i) continue;
  }

  // A sign inside a name, and what follows it. "ls slash tmp dash l" goes on with an option.
  bool read_joint() {
    const std::string joint(sign());
    if (joint != "." && joint != "_" && joint != "-") return false;
    const PathReader saved = *this;
    take_sign();
    if (!read_atom() || (joint == "-" && atom_ <= kLongestFlag)) {
      restore(saved);
      return false;
    }
    const std::string type = text_.substr(text_.size() - atom_);
    has_type_ = has_type_ || (joint == "." && ((letters_ && atom_ > 1) || is_file_type(type)));
    return true;
  }

  bool is_file_type(const std::string& type) const {
    const Entry* entry = language_.find(type);
    return entry != nullptr && (entry->groups & groups(PhraseGroup::file_type, PhraseGroup::domain)) != 0;
  }

  void restore(const PathReader& saved) {
    end_ = saved.end_;
    text_ = saved.text_;
    slashes_ = saved.slashes_;
    has_type_ = saved.has_type_;
    from_root_ = saved.from_root_;
  }

  const Rewriter& at_;
  const Language& language_;
  std::size_t end_ = 0;
  std::string text_;
  std::size_t atom_ = 0;  // the length of the last one
  int slashes_ = 0;
  bool letters_ = false;    // the last atom was said letter by letter
  bool has_type_ = false;   // "notes.txt"
  bool from_root_ = false;  // "/usr"
};

// "tilde" and "dot dot" are folders only where a program is told so: "cd dot dot".
std::optional<Written> find_lone_folder(const Rewriter& at, PathReader path) {
  if (!runs(at.before())) return std::nullopt;
  while (path.sign() == "." || path.sign() == "~") path.take_sign();
  const bool known = path.text() == "~" || path.text() == "..";
  if (!known || !(is_break(at.now(path.end())) || path.sign().starts_with('-'))) return std::nullopt;
  return Written{path.end(), path.text()};
}

// A path that begins with a sign.
std::optional<Written> find_rooted(const Rewriter& at, PathReader path) {
  const PathReader start = path;
  const bool root = path.sign() == "/";
  if (path.sign() == "~") path.take_sign();
  for (int dots = 0; dots < 2 && path.sign() == "."; ++dots) path.take_sign();
  path.read_segments();
  if (path.slashes() == 0) return find_lone_folder(at, start);
  const Token& before = at.before();
  const bool sure = !root || path.from_root() || path.has_type() || runs(before) || path.slashes() > 1;
  if (!sure) return std::nullopt;
  return Written{path.end(), path.text()};
}

// "src slash main dot p y", "notes dot t x t"
std::optional<Written> find_relative(const Rewriter& at, PathReader path) {
  const Token& first = at.now();
  if (!names(first) || first.is(classes(WordClass::program, WordClass::verb))) return std::nullopt;
  if (!path.read_segment()) return std::nullopt;
  const std::size_t name = path.end();
  path.read_segments();
  const bool sure = path.has_type() ? name > 1 || path.slashes() > 0 : path.slashes() > 1;
  if (!sure || path.end() < 2) return std::nullopt;
  return Written{path.end(), path.text()};
}

}  // namespace

bool is_written(const Token& token) { return token.is_word() && token.fixed; }

std::optional<Written> find_path(const Rewriter& at, const Language& language) {
  const PathReader path(at, language);
  if (path.sign().empty()) return find_relative(at, path);
  return find_rooted(at, path);
}

std::optional<Written> find_option(const Rewriter& at, const Language& language) {
  PathReader option(at, language);
  while (option.sign().starts_with('-')) {
    option.take_sign();
    if (option.text().size() > 2) return std::nullopt;
  }
  const bool is_long = option.text().size() == 2;
  if (option.text().empty()) return std::nullopt;
  const Token& before = at.before();
  const SpokenPiece first = read_piece(at, language, option.end(), kCodeSigns);
  const bool sure = is_long || runs(before) || is_written(before);
  const bool letter =
      first.kind == SpokenPiece::Kind::letter && !first.may_be_a_word &&
      !before.is(classes(WordClass::article, WordClass::possessive, WordClass::demonstrative));
  if (!(sure || letter) || !option.read_option(is_long)) return std::nullopt;
  return Written{option.end(), option.text()};
}

}  // namespace diktate
