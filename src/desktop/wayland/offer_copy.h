// Copies what another program's clipboard holds, in all formats, while others wait for nothing. Inside this
// folder only.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "desktop/custody.h"
#include "desktop/wayland/connection.h"
#include "desktop/wayland/content.h"

// NOLINTNEXTLINE(readability-identifier-naming): the protocol's name
struct data_control_offer;

namespace diktate {

// The thread of the connection uses it. Asks for one format after the other; an owner that does not go on
// with one for kFormatLimit loses it.
class OfferCopy {
 public:
  // `offer` null: there is nothing. It is borrowed until the copy ends.
  OfferCopy(data_control_offer* offer, const std::vector<std::string>& mimes);

  // Something came, or time has passed.
  void on_wake(Instant now);
  std::optional<Instant> deadline() const;
  int descriptor() const { return pipe_.get(); }  // -1: none is waited for

  Custody custody() const { return custody_; }
  SharedMime content() const { return content_; }

 private:
  void ask_next();
  void take();
  void end(Custody custody);

  data_control_offer* const offer_;
  std::deque<std::string> left_;
  std::string bytes_;  // of the format that is being read, the first of those left
  UniqueFd pipe_;
  Instant until_;
  std::shared_ptr<MimeContent> content_ = std::make_shared<MimeContent>();
  Custody custody_ = Custody::copying;
};

}  // namespace diktate
