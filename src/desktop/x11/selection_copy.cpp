#include "desktop/x11/selection_copy.h"

#include <utility>

#include <xcb/xcb.h>

namespace diktate {

SelectionCopy::SelectionCopy(X11Connection& connection, XId window, XId selection)
    : connection_(connection), window_(window), selection_(selection) {
  const auto owner = owned(xcb_get_selection_owner_reply(
      connection.get(), xcb_get_selection_owner(connection.get(), selection), nullptr));
  if (!owner || owner->owner == XCB_NONE) {
    end(Custody::empty);
  } else {
    ask(connection_.atom("TARGETS"));
  }
}

void SelectionCopy::ask(XId target) {
  asked_ = target;
  parts_.reset();
  until_ = SteadyClock().now() + kFormatLimit;
  xcb_delete_property(connection_.get(), window_, target);
  xcb_convert_selection(connection_.get(), window_, selection_, target, target, XCB_CURRENT_TIME);
  connection_.flush();
}

void SelectionCopy::ask_next() {
  if (left_.empty()) return end(content_->order.empty() ? Custody::unreadable : Custody::copied);
  const XId next = left_.front();
  left_.pop_front();
  ask(next);
}

void SelectionCopy::on_answer(XId target, XId property) {
  if (custody_ != Custody::copying || target != asked_) return;
  auto value = property == 0 ? std::nullopt : connection_.property(window_, property, true);
  if (!value) return refused();
  if (value->type == connection_.atom("INCR")) {
    parts_ = XProperty{};
    until_ = SteadyClock().now() + kFormatLimit;
    return connection_.flush();
  }
  take(std::move(*value));
}

// An empty part is the end. Reading deletes the property, which asks for the next.
void SelectionCopy::on_property(XId property) {
  if (custody_ != Custody::copying || !parts_ || property != asked_) return;
  auto part = connection_.property(window_, property, true);
  connection_.flush();
  if (!part) return;
  until_ = SteadyClock().now() + kFormatLimit;
  if (part->bytes.empty()) return take(std::move(*parts_));
  parts_->type = part->type;
  parts_->format = part->format;
  parts_->bytes += part->bytes;
  if (content_->bytes() + parts_->bytes.size() > kMostCopied) end(Custody::too_large);
}

void SelectionCopy::on_time(Instant now) {
  if (custody_ != Custody::copying || now < until_) return;
  if (!fails()) end(Custody::incomplete);
}

// Nobody could paste it, now or later: it is no loss.
void SelectionCopy::refused() {
  if (!fails()) ask_next();
}

// Without an answer to these there is no copy. What may be a secret, for all that is known, is taken for one.
bool SelectionCopy::fails() {
  if (asked_ == connection_.atom("TARGETS")) end(Custody::unreadable);
  if (asked_ == connection_.atom(kSecretHint)) end(Custody::secret);
  return custody_ != Custody::copying;
}

std::optional<Instant> SelectionCopy::deadline() const {
  return custody_ == Custody::copying ? std::optional(until_) : std::nullopt;
}

// Asking for some of them does something.
bool SelectionCopy::is_to_be_left(XId target) {
  for (const char* name :
       {"TARGETS", "MULTIPLE", "TIMESTAMP", "SAVE_TARGETS", "DELETE", "INSERT_SELECTION", "INSERT_PROPERTY"})
    if (target == connection_.atom(name)) return true;
  return target == 0;
}

void SelectionCopy::take_targets(const XProperty& offered) {
  const XId hint = connection_.atom(kSecretHint);
  for (const XId target : offered.ids()) {
    if (is_to_be_left(target)) continue;
    if (target == hint) {
      left_.push_front(target);  // before anything that might be a secret
    } else {
      left_.push_back(target);
    }
  }
  ask_next();
}

void SelectionCopy::take(XProperty value) {
  if (asked_ == connection_.atom("TARGETS")) return take_targets(value);
  if (asked_ == connection_.atom(kSecretHint) && value.bytes.starts_with("secret"))
    return end(Custody::secret);
  if (content_->bytes() + value.bytes.size() > kMostCopied) return end(Custody::too_large);
  content_->add(asked_, std::move(value));
  ask_next();
}

void SelectionCopy::end(Custody custody) {
  custody_ = custody;
  left_.clear();
  parts_.reset();
  // PRIMARY is taken in any case: what came of it can be given back.
  if (custody != Custody::copied && custody != Custody::incomplete)
    content_ = std::make_shared<SelectionContent>();
}

}  // namespace diktate
