// Answers those who ask for a selection of ours. Inside this folder only.
#pragma once

#include <functional>
#include <list>
#include <optional>
#include <string>

#include "base/clock.h"
#include "desktop/x11/content.h"

namespace diktate {

struct SelectionRequest {
  XId time = 0;
  XId requestor = 0;
  XId selection = 0;
  XId target = 0;
  XId property = 0;
};

// The thread of the selections uses it. Never waits for whoever asks.
class SelectionServer {
 public:
  // `on_text` is called when somebody is given a text that counts, and once it is taken to its last byte.
  SelectionServer(X11Connection& connection, std::function<void(XId requestor, bool taken)> on_text);

  // Answers the request: with the content, or without one with a refusal. `since` is when the selection
  // became ours. `counts`: on_text is to be told if it is a text.
  void serve(const SelectionRequest& request, const SharedContent& content, XId since, bool counts);

  // on_text is not to be told any more of what is under way.
  void count_no_more();

  // A property of somebody's window was deleted: the next part is due, or all was taken.
  void on_deleted(XId window, XId property);

  // Who does not take what was asked for is left alone.
  void on_time(Instant now);
  std::optional<Instant> deadline() const;

 private:
  struct Transfer {
    XId window;
    XId property;
    SharedContent content;
    const XProperty* value;
    std::size_t sent;
    bool in_parts;
    bool counts;
    Instant until;
  };

  struct Offer {
    const SharedContent& content;
    XId since;
    bool counts;
  };

  // False: there is no such thing, or there is too much under way.
  bool convert(XId requestor, XId target, XId property, const Offer& offer);
  bool convert_several(const SelectionRequest& request, const Offer& offer);
  bool put(XId requestor, XId target, XId property, const Offer& offer);
  void put_part(Transfer& transfer);
  void answer(const SelectionRequest& request, XId property);
  void watch(XId window, bool on);

  X11Connection& connection_;
  const std::function<void(XId, bool)> on_text_;
  std::list<Transfer> transfers_;
  const std::size_t part_;  // bytes that go in one piece
};

}  // namespace diktate
