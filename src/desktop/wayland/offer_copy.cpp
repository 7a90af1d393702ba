#include "desktop/wayland/offer_copy.h"

#include <array>
#include <cerrno>
#include <utility>

#include <data_control_protocol.h>
#include <fcntl.h>
#include <unistd.h>

namespace diktate {

OfferCopy::OfferCopy(data_control_offer* offer, const std::vector<std::string>& mimes) : offer_(offer) {
  for (const std::string& mime : mimes) {
    if (mime == kSecretHint) {
      left_.push_front(mime);  // before anything that might be a secret
    } else {
      left_.push_back(mime);
    }
  }
  if (offer_ == nullptr) {
    end(Custody::empty);
  } else {
    ask_next();
  }
}

void OfferCopy::ask_next() {
  bytes_.clear();
  pipe_ = {};
  if (left_.empty()) return end(content_->formats.empty() ? Custody::unreadable : Custody::copied);
  int ends[2] = {};
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return end(Custody::unreadable);
  pipe_ = UniqueFd(ends[0]);
  // The owner may expect to be able to wait when it writes.
  const UniqueFd theirs(ends[1]);
  fcntl(theirs.get(), F_SETFL, 0);
  data_control_offer_receive(offer_, left_.front().c_str(), theirs.get());
  until_ = SteadyClock().now() + kFormatLimit;
}

void OfferCopy::take() {
  const std::string mime = std::exchange(left_.front(), {});
  left_.pop_front();
  if (mime == kSecretHint && bytes_.starts_with("secret")) return end(Custody::secret);
  content_->formats.emplace_back(mime, std::exchange(bytes_, {}));
  ask_next();
}

void OfferCopy::on_wake(Instant now) {
  std::array<char, 65536> part{};
  while (custody_ == Custody::copying) {
    const ssize_t count = read(pipe_.get(), part.data(), part.size());
    if (count > 0) {
      bytes_.append(part.data(), static_cast<std::size_t>(count));
      until_ = now + kFormatLimit;
      if (content_->bytes() + bytes_.size() > kMostCopied) end(Custody::too_large);
    } else if (count == 0) {
      take();
    } else if (errno != EINTR) {
      if (errno == EAGAIN && now < until_) return;
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
