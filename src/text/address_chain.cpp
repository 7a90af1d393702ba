#include "text/address_chain.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "text/spelling.h"

namespace diktate {
namespace {

constexpr PhraseGroups kAddressSigns = groups(PhraseGroup::address);
constexpr std::size_t kMostAddressParts = 24;  // of an address
constexpr std::size_t kMostAtomWords = 3;      // of an atom, where they are not spelled
constexpr std::array<std::string_view, 4> kSignRuns = {":/", "://", "/~", "/."};

class ChainReader {
 public:
  ChainReader(const Rewriter& at, const Language& language) : at_(at), language_(language) {}

  std::vector<ChainPart> run() {
    auto atom = read_atom(0);
    while (atom) {
      const std::size_t end = atom->end;
      parts_.push_back(*std::move(atom));
      auto sign = parts_.size() < kMostAddressParts ? read_signs(end) : std::nullopt;
      if (!sign) break;
      open_ = open_ || opens(*sign);
      atom = read_atom(sign->end);
      if (!atom || !may_follow(*sign, *atom)) break;
      parts_.push_back(*std::move(sign));
    }
    return std::move(parts_);
  }

 private:
  bool sign_at(std::size_t ahead) const {
    return is_next(at_, ahead) && read_sign(at_, ahead, kAddressSigns) != nullptr;
  }

  // Whether the words from this sign to the next belong to the address for sure.
  bool opens(const ChainPart& sign) const {
    if (sign.text == "@") return !sign.weak || parts_.size() > 1;
    return parts_.front().text == "www" || sign.text == "://";
  }

  // A query needs its whole beginning: "question mark q equals".
  bool may_follow(const ChainPart& sign, const ChainPart& atom) const {
    if (sign.text != "?") return true;
    const Phrase* next = is_next(at_, atom.end) ? read_sign(at_, atom.end, kAddressSigns) : nullptr;
    return next != nullptr && next->value == "=";
  }

  // "dot"; also "colon slash slash".
  std::optional<ChainPart> read_signs(std::size_t ahead) const {
    ChainPart sign{.end = ahead};
    while (is_next(at_, sign.end)) {
      const Phrase* phrase = read_sign(at_, sign.end, kAddressSigns);
      if (phrase == nullptr) break;
      const std::string run = sign.text + phrase->value;
      if (!sign.text.empty() && std::find(kSignRuns.begin(), kSignRuns.end(), run) == kSignRuns.end()) break;
      sign.weak = phrase->words.size() == 1 && at_.now(sign.end).is(classes(WordClass::preposition));
      sign.text = run;
      sign.end += phrase->words.size();
    }
    if (sign.text.empty()) return std::nullopt;
    return sign;
  }

  std::optional<ChainPart> read_atom(std::size_t ahead) const {
    std::vector<SpokenPiece> pieces;
    std::size_t end = ahead;
    while (pieces.size() < kMostPieces && (ahead == 0 && pieces.empty() ? true : is_next(at_, end))) {
      SpokenPiece next = read_piece(at_, language_, end, kAddressSigns);
      if (next.kind == SpokenPiece::Kind::none || !(pieces.empty() || joins(pieces, next))) break;
      end += next.tokens;
      pieces.push_back(std::move(next));
    }
    if (pieces.empty()) return std::nullopt;
    if (!sign_at(end)) cut(pieces, is_next(at_, end) && at_.now(end).is_word());
    return joined(pieces, ahead);
  }

  bool joins(const std::vector<SpokenPiece>& before, const SpokenPiece& next) const {
    const SpokenPiece& last = before.back();
    const bool start = parts_.empty();
    if (last.kind == SpokenPiece::Kind::word) {
      if (is_domain(language_, last.text)) return false;
      if (next.kind == SpokenPiece::Kind::word) return open_ && before.size() < kMostAtomWords;
      return !start ||
             (next.kind == SpokenPiece::Kind::digits && before.size() == 1 && !at_.now().is(kFunctionWords));
    }
    if (next.kind != SpokenPiece::Kind::word) return true;
    if (last.kind == SpokenPiece::Kind::digits) return !start || before.size() > 1;
    return !(before.size() == 1 && last.may_be_a_word);
  }

  // Where no sign follows, the sentence may go on with the next word: what is left are letters and digits, or
  // a single word.
  void cut(std::vector<SpokenPiece>& pieces, bool goes_on) const {
    const auto word = std::find_if(pieces.begin(), pieces.end(), [](const SpokenPiece& piece) {
      return piece.kind == SpokenPiece::Kind::word;
    });
    goes_on = goes_on || word != pieces.end();
    pieces.erase(std::max(word, pieces.begin() + 1), pieces.end());
    if (pieces.size() > 1 && pieces.back().may_be_a_word && goes_on &&
        !is_domain(language_, joined(pieces, 0).text))
      pieces.pop_back();
  }

  static ChainPart joined(const std::vector<SpokenPiece>& pieces, std::size_t ahead) {
    ChainPart atom{.end = ahead, .spelled = pieces.size() > 1};
    for (const SpokenPiece& piece : pieces) {
      atom.text += piece.text;
      atom.end += piece.tokens;
      atom.spelled = atom.spelled && piece.kind == SpokenPiece::Kind::letter;
    }
    atom.numbered = pieces.size() > 1 && pieces.front().kind == SpokenPiece::Kind::word &&
                    pieces.back().kind == SpokenPiece::Kind::digits;
    return atom;
  }

  const Rewriter& at_;
  const Language& language_;
  std::vector<ChainPart> parts_;
  bool open_ = false;  // words between two signs belong to the address for sure
};

const Phrase* domain(const Language& language, std::string_view label) {
  const Entry* entry = language.find(label);
  if (entry == nullptr || (entry->groups & groups(PhraseGroup::domain)) == 0) return nullptr;
  const auto found = std::find_if(entry->phrases.begin(), entry->phrases.end(), [](const Phrase& phrase) {
    return phrase.group == PhraseGroup::domain && phrase.words.size() == 1;
  });
  return found == entry->phrases.end() ? nullptr : &*found;
}

}  // namespace

std::vector<ChainPart> read_address_chain(const Rewriter& at, const Language& language) {
  return ChainReader(at, language).run();
}

bool is_domain(const Language& language, std::string_view label) {
  return domain(language, label) != nullptr;
}

bool is_weak_domain(const Language& language, std::string_view label) {
  const Phrase* phrase = domain(language, label);
  return phrase != nullptr && phrase->value == "word";
}

}  // namespace diktate
