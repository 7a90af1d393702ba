// Copies what another program's clipboard holds, in all formats, while others wait for nothing.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"
#include "desktop/custody.h"
#include "desktop/mime_content.h"

namespace diktate {

// One thread uses it. Asks for one format after the other; if the owner does not go on with one for
// kFormatLimit there is no copy. One that is refused is left out.
class OfferCopy {
 public:
  // Asks the owner for a format. Answers with the end of a pipe that is to be read, which never waits; none:
  // it is not to be had. Fails where nothing can be asked any more.
  using Ask = std::function<Result<UniqueFd>(const std::string& mime)>;

  // No formats: there is nothing. `guessed`: it is not known which there are; then those that turn out to be
  // empty are none, those that do not come are left out, and if none is to be had there is nothing. What
  // `ask` needs is borrowed until the copy ends.
  OfferCopy(Ask ask, const std::vector<std::string>& mimes, bool guessed = false);

  // Something came, or time has passed.
  void on_wake(Instant now);
  std::optional<Instant> deadline() const;
  int descriptor() const { return pipe_.get(); }  // -1: none is waited for

  Custody custody() const { return custody_; }
  SharedMime content() const { return content_; }

 private:
  bool is_hint() const;
  void ask_next();
  void take();
  void end(Custody custody);

  const Ask ask_;
  const bool listed_;  // by their owner
  bool guessed_;       // and nothing was there so far
  std::deque<std::string> left_;
  std::string bytes_;  // of the format that is being read, the first of those left
  UniqueFd pipe_;
  Instant until_;
  std::shared_ptr<MimeContent> content_ = std::make_shared<MimeContent>();
  Custody custody_ = Custody::copying;
};

}  // namespace diktate
