// Copies what another program's selection holds, in all formats, while others wait for nothing. Inside this
// folder only.
#pragma once

#include <deque>
#include <optional>

#include "base/clock.h"
#include "desktop/custody.h"
#include "desktop/x11/content.h"

namespace diktate {

// The thread of the selections uses it. Asks for one format after the other; each has 300 ms, all together
// 64 MB, or there is no copy. One that is refused is left out. `window` is a hidden one of the thread's that
// nothing else uses.
class SelectionCopy {
 public:
  SelectionCopy(X11Connection& connection, XId window, XId selection);

  // The answer to a question, `property` 0 for a refusal; a property of the window that is new; time has
  // passed.
  void on_answer(XId target, XId property);
  void on_property(XId property);
  void on_time(Instant now);
  std::optional<Instant> deadline() const;

  XId window() const { return window_; }
  Custody custody() const { return custody_; }
  SharedContent content() const { return content_; }

 private:
  void ask(XId target);
  void ask_next();
  void take_targets(const XProperty& offered);
  void take(XProperty value);
  void refused();
  bool fails();
  void end(Custody custody);
  bool is_to_be_left(XId target);

  X11Connection& connection_;
  const XId window_;
  const XId selection_;
  Custody custody_ = Custody::copying;
  std::shared_ptr<SelectionContent> content_ = std::make_shared<SelectionContent>();
  std::deque<XId> left_;
  XId asked_ = 0;                   // also the name of the property it comes in
  std::optional<XProperty> parts_;  // what came so far of what comes in parts
  Instant until_;
};

}  // namespace diktate
