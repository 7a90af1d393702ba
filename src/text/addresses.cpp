// Addresses of mail and of the web, said word by word: "john dot smith at example dot com".
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/address_chain.h"
#include "text/rules.h"
#include "text/spelling.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::array<std::string_view, 7> kSchemes = {"http", "https", "ftp", "sftp", "ssh", "ws", "wss"};
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kHostSigns = "-.0123456789";
constexpr std::string_view kLocalSigns = "-._+0123456789";
constexpr std::string_view kPathSigns = "-._~/?=&#%+:0123456789";

bool consists_of(std::string_view text, std::string_view signs) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return kLetters.find(c) != std::string_view::npos || signs.find(c) != std::string_view::npos;
  });
}

// Letters and digits at either end, no two signs in a row.
bool is_well_joined(std::string_view text) {
  bool sign = true;
  for (const char c : text) {
    const bool now = !is_letter(static_cast<unsigned char>(c)) && !is_digit(static_cast<unsigned char>(c));
    if (sign && now) return false;
    sign = now;
  }
  return !sign;
}

std::string_view last_label(std::string_view host) { return host.substr(host.rfind('.') + 1); }

// The parts of "https://example.com:80/about".
struct Url {
  std::string_view scheme, host, port, path;
};

Url taken_apart(std::string_view text) {
  Url url;
  if (const auto end = text.find("://"); end != std::string_view::npos) {
    url.scheme = text.substr(0, end);
    text.remove_prefix(end + 3);
  }
  const auto end = std::min(text.find_first_of("/?#:"), text.size());
  url.host = text.substr(0, end);
  text.remove_prefix(end);
  if (text.starts_with(':')) {
    url.port = text.substr(1, text.find('/') - 1);
    text.remove_prefix(url.port.size() + 1);
  }
  url.path = text;
  return url;
}

struct Found {
  std::size_t tokens = 0;
  std::string text;
};

constexpr WordClasses kOwner = classes(WordClass::possessive);

bool is_function_word(const Token& token) {
  return token.text.size() > 1 && token.is(kFunctionWords) && !token.is(classes(WordClass::negation));
}

// Whether it is worth looking for one here.
bool may_begin_address(const Token& token) {
  return token.is_word() && !token.fixed && (!is_function_word(token) || token.is(kOwner));
}

class AddressFinder {
 public:
  AddressFinder(const Rewriter& at, const Language& language)
      : at_(at), language_(language), chain_(read_address_chain(at, language)) {}

  // The address that the next tokens are, if they are one.
  std::optional<Found> find() const {
    if (chain_.size() < 3 || (is_function_word(at_.now()) && !begins_name())) return std::nullopt;
    std::vector<std::string> texts(1, chain_.front().text);
    for (std::size_t i = 1; i < chain_.size(); ++i) texts.push_back(texts.back() + chain_[i].text);
    for (std::size_t last = chain_.size() - 1; last >= 2; last -= 2) {
      if (is_mail(texts[last], last) || is_url(texts[last], last))
        return Found{chain_[last].end, std::move(texts[last])};
    }
    return std::nullopt;
  }

 private:
  // "my dash site dot com"
  bool begins_name() const { return at_.now().is(kOwner) && chain_[1].text == "-"; }

  bool is_mail(std::string_view text, std::size_t last) const {
    const auto at_sign = text.find('@');
    if (at_sign == std::string_view::npos) return false;
    const std::string_view local = text.substr(0, at_sign);
    const std::string_view host = text.substr(at_sign + 1);
    if (!consists_of(local, kLocalSigns) || !is_well_joined(local)) return false;
    const bool known = is_domain(language_, last_label(host)) || chain_[last].spelled;
    return known && is_host(host, 2) && is_local_part(local);
  }

  bool is_host(std::string_view host, std::ptrdiff_t labels) const {
    return consists_of(host, kHostSigns) && is_well_joined(host) &&
           std::count(host.begin(), host.end(), '.') >= labels - 1;
  }

  // Whether what stands before "at" is a name and no part of the sentence.
  bool is_local_part(std::string_view local) const {
    const auto sign =
        std::find_if(chain_.begin(), chain_.end(), [](const ChainPart& part) { return part.text == "@"; });
    if (sign == chain_.end() || !sign->weak) return true;
    const auto dot = local.rfind('.');
    if (dot != std::string_view::npos && is_domain(language_, local.substr(dot + 1)) &&
        !is_weak_domain(language_, local.substr(dot + 1)))
      return false;  // "example dot com at ..."
    if (!has_letter(local)) return local.size() > 4;
    const ChainPart& first = chain_.front();
    const bool joined = sign != chain_.begin() + 1 && chain_[1].text != "+";
    if (joined || first.spelled || first.numbered || local.find_first_of("._") != std::string_view::npos)
      return true;
    return may_be_a_name(at_.now()) && comes_before_a_name(at_.before());
  }

  static bool may_be_a_name(const Token& token) {
    if (token.text.size() == 1) return true;
    return !token.is(kFunctionWords | classes(WordClass::verb, WordClass::weekday, WordClass::negation,
                                              WordClass::intensifier, WordClass::not_address));
  }

  bool comes_before_a_name(const Token& token) const {
    if (!token.is_word() || at_.now().gap > Gap::space) return true;
    if (token.is(classes(WordClass::before_address))) return true;
    const Token& earlier = at_.before(1);
    return token.is(classes(WordClass::conjunction)) && earlier.text.find('@') != std::string::npos;
  }

  bool is_url(std::string_view text, std::size_t last) const {
    const Url url = taken_apart(text);
    if (!url.scheme.empty() && std::find(kSchemes.begin(), kSchemes.end(), url.scheme) == kSchemes.end())
      return false;
    if (!consists_of(url.path, kPathSigns) || has_letter(url.port)) return false;
    if (text.find(':') != std::string_view::npos && url.scheme.empty() && url.port.empty()) return false;
    const bool sure = !url.scheme.empty() || url.host.starts_with("www.");
    if (!is_host(url.host, sure ? 1 : 2) || !(sure || begins_a_url(url.host))) return false;
    return ends_a_url(url, last, sure);
  }

  bool begins_a_url(std::string_view host) const {
    const std::string_view label = host.substr(0, host.find('.'));
    if (!has_letter(label) && label.size() < 3) return false;
    const bool two_labels = label.size() + 1 + last_label(host).size() == host.size();
    return !two_labels || begins_name() ||
           !at_.now().is(kFunctionWords | classes(WordClass::adjective, WordClass::negation,
                                                  WordClass::intensifier, WordClass::not_address));
  }

  bool ends_a_url(const Url& url, std::size_t last, bool sure) const {
    const std::string_view label = last_label(url.host);
    const bool whole = url.path.empty() && url.port.empty();
    if (!is_domain(language_, label)) return sure && (label == url.host || chain_[last].spelled || !whole);
    if (sure || !whole) return true;
    if (match_phrase(at_, groups(PhraseGroup::word_of_sign), chain_[last - 2].end) != nullptr) return false;
    return !is_weak_domain(language_, label) || ends_sentence_after(chain_[last].end);
  }

  // A word that a sentence could go on with ends one seldom.
  bool ends_sentence_after(std::size_t ahead) const {
    const Token& next = at_.now(ahead);
    return !(next.is_word() && next.gap <= Gap::space) &&
           !at_.before().is(kFunctionWords & ~classes(WordClass::preposition)) &&
           !at_.now().is(kFunctionWords);
  }

  const Rewriter& at_;
  const Language& language_;
  const std::vector<ChainPart> chain_;
};

bool stands_for(const Token& token, std::string_view sign) {
  return token.entry != nullptr && !token.fixed &&
         std::any_of(token.entry->phrases.begin(), token.entry->phrases.end(), [&](const Phrase& phrase) {
           return phrase.group == PhraseGroup::address && phrase.value == sign;
         });
}

// No address is without a dot or a slash, written or said.
bool may_hold_addresses(const Tokens& tokens) {
  return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
    return token.is_word() && (token.text.find_first_of("./") != std::string::npos ||
                               stands_for(token, ".") || stands_for(token, "/"));
  });
}

}  // namespace

void write_addresses(Tokens& tokens, const RuleContext& context) {
  if (!may_hold_addresses(tokens)) return;
  Rewriter at(tokens, context.log);
  while (!at.at_end()) {
    // "slash main dot p y" is no address of its own.
    if (may_begin_address(at.now()) && !stands_for(at.before(), "/")) {
      if (auto found = AddressFinder(at, context.language).find()) {
        Token word = make_word(std::move(found->text), context.language);
        word.fixed = true;
        at.replace(found->tokens, "address", {std::move(word)});
        continue;
      }
    }
    at.keep();
  }
}

}  // namespace diktate
