#include "desktop/offer_copy.h"

#include <array>
#include <cerrno>
#include <utility>

#include <unistd.h>

namespace diktate {

OfferCopy::OfferCopy(Ask ask, const std::vector<std::string>& mimes, bool guessed)
    : ask_(std::move(ask)), listed_(!guessed), guessed_(guessed) {
  for (const std::string& mime : mimes) {
    if (mime == kSecretHint) {
      left_.push_front(mime);  // before anything that might be a secret
    } else {
      left_.push_back(mime);
    }
  }
  if (left_.empty()) {
    end(Custody::empty);
  } else {
    ask_next();
  }
}

// Its owner says whether it is a secret: as long as that cannot be read it is one.
bool OfferCopy::is_hint() const { return !guessed_ && left_.front() == kSecretHint; }

void OfferCopy::ask_next() {
  bytes_.clear();
  pipe_ = {};
  for (; !left_.empty(); left_.pop_front()) {
    auto pipe = ask_(left_.front());
    if (!pipe) return end(Custody::unreadable);
    pipe_ = std::move(*pipe);
    until_ = SteadyClock().now() + kFormatLimit;
    if (pipe_) return;
    if (is_hint()) return end(Custody::secret);
  }
  const Custody none = guessed_ ? Custody::empty : Custody::unreadable;
  end(content_->formats.empty() ? none : Custody::copied);
}

void OfferCopy::take() {
  const std::string mime = std::exchange(left_.front(), {});
  left_.pop_front();
  if (mime == kSecretHint && bytes_.starts_with("secret")) return end(Custody::secret);
  if (!guessed_ || !bytes_.empty()) content_->formats.emplace_back(mime, std::exchange(bytes_, {}));
  ask_next();
}

void OfferCopy::on_wake(Instant now) {
  std::array<char, 65536> part{};
  while (custody_ == Custody::copying) {
    const ssize_t count = read(pipe_.get(), part.data(), part.size());
    if (count > 0) {
      bytes_.append(part.data(), static_cast<std::size_t>(count));
      until_ = SteadyClock().now() + kFormatLimit;  // reading much takes longer than that
      if (content_->bytes() + bytes_.size() > kMostCopied) end(Custody::too_large);
    } else if (count == 0) {
      take();
    } else if (errno != EINTR) {
      const bool is_late = errno == EAGAIN;
      if (is_late && now < until_) return;
      if (is_hint()) return end(Custody::secret);
      if (is_late && listed_) return end(Custody::incomplete);
      guessed_ = false;  // there is something
      left_.pop_front();
      ask_next();
    }
  }
}

std::optional<Instant> OfferCopy::deadline() const {
  return custody_ == Custody::copying ? std::optional(until_) : std::nullopt;
}

void OfferCopy::end(Custody custody) {
  custody_ = custody;
  left_.clear();
  pipe_ = {};
  if (custody != Custody::copied) content_ = std::make_shared<MimeContent>();
}

}  // namespace diktate
