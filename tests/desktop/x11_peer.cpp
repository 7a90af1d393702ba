// A program that uses the selections of X as none at hand does; it says what happens, a line each.
//   x11_peer several TARGET=FILE...  asks the clipboard for all of them at once (MULTIPLE), and writes what
//                                    comes into the files
//   x11_peer own TARGET=FILE...      owns the clipboard, and gives the list of its formats in parts (INCR)
//   x11_peer manager [--refuse]      keeps what it is asked to (SAVE_TARGETS), and has it a second after
//                                    nobody else does
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <poll.h>
#include <xcb/xcb.h>

#include "base/clock.h"
#include "base/files.h"
#include "desktop/x11/connection.h"
#include "desktop/x11/selection_copy.h"
#include "desktop/x11/selection_server.h"

namespace {

using namespace diktate;

struct Format {
  std::string target;
  std::string file;
};

void say(const std::string& line) {
  std::puts(line.c_str());
  std::fflush(stdout);
}

template <class Event>
const Event& as(const void* event) {
  return *static_cast<const Event*>(event);
}

XId owner_of(X11Connection& connection, XId selection) {
  xcb_connection_t* raw = connection.get();
  const auto owner =
      owned(xcb_get_selection_owner_reply(raw, xcb_get_selection_owner(raw, selection), nullptr));
  return owner ? owner->owner : XCB_NONE;
}

void answer(X11Connection& connection, const xcb_selection_request_event_t& asked, XId property) {
  union {
    xcb_selection_notify_event_t event;
    char bytes[32];
  } notice{};
  notice.event.response_type = XCB_SELECTION_NOTIFY;
  notice.event.time = asked.time;
  notice.event.requestor = asked.requestor;
  notice.event.selection = asked.selection;
  notice.event.target = asked.target;
  notice.event.property = property;
  xcb_send_event(connection.get(), 0, asked.requestor, XCB_EVENT_MASK_NO_EVENT, notice.bytes);
  connection.flush();
}

// One request for several formats: each comes in a property of its own, a large one in parts.
class Several {
 public:
  Several(X11Connection& connection, const std::vector<Format>& formats)
      : connection_(connection), window_(connection.make_hidden_window()) {
    std::vector<XId> pairs;
    for (const Format& format : formats) {
      const XId property = connection.atom("PART_" + std::to_string(parts_.size()));
      parts_[property] = {format, {}, false};
      pairs.insert(pairs.end(), {connection.atom(format.target), property});
    }
    connection.set_property(window_, connection.atom("PAIRS"),
                            XProperty::of(connection.atom("ATOM_PAIR"), pairs));
    xcb_convert_selection(connection.get(), window_, connection.atom("CLIPBOARD"),
                          connection.atom("MULTIPLE"), connection.atom("PAIRS"), XCB_CURRENT_TIME);
    connection.flush();
  }

  int run() {
    while (auto event = owned(xcb_wait_for_event(connection_.get()))) {
      const int kind = event->response_type & 0x7F;
      if (kind == XCB_SELECTION_NOTIFY && !on_answer(as<xcb_selection_notify_event_t>(event.get()).property))
        return 1;
      if (kind == XCB_PROPERTY_NOTIFY) on_part(as<xcb_property_notify_event_t>(event.get()));
      if (answered_ && parts_.empty()) return 0;
    }
    return 1;
  }

 private:
  struct Part {
    Format format;
    std::string bytes;
    bool in_parts;
  };

  bool on_answer(XId property) {
    const auto pairs = property == 0 ? std::nullopt : connection_.property(window_, property, true);
    if (!pairs) return false;
    answered_ = true;
    const std::vector<XId> ids = pairs->ids();
    for (std::size_t i = 0; i + 1 < ids.size(); i += 2) {
      if (ids[i + 1] == 0) refused(connection_.atom_name(ids[i]));
    }
    std::vector<XId> properties;
    for (const auto& [name, part] : parts_) properties.push_back(name);
    for (const XId name : properties) on_value(name);
    return true;
  }

  void refused(const std::string& target) {
    say("refused " + target);
    std::erase_if(parts_, [&](const auto& entry) { return entry.second.format.target == target; });
  }

  void on_value(XId name) {
    const auto value = connection_.property(window_, name, true);
    connection_.flush();
    if (!value) return;
    Part& part = parts_.at(name);
    if (value->type == connection_.atom("INCR")) {
      part.in_parts = true;
      return;
    }
    part.bytes += value->bytes;
    if (!part.in_parts || value->bytes.empty()) finish(name);
  }

  void on_part(const xcb_property_notify_event_t& notice) {
    const auto found = parts_.find(notice.atom);
    if (notice.state == XCB_PROPERTY_NEW_VALUE && found != parts_.end() && found->second.in_parts)
      on_value(notice.atom);
  }

  void finish(XId name) {
    const Part& part = parts_.at(name);
    if (!write_file_atomically(part.format.file, part.bytes)) say("cannot write " + part.format.file);
    say("got " + part.format.target + (part.in_parts ? " in parts" : ""));
    parts_.erase(name);
  }

  X11Connection& connection_;
  const XId window_;
  std::map<XId, Part> parts_;  // by their properties
  bool answered_ = false;
};

class Owner {
 public:
  Owner(X11Connection& connection, const std::vector<Format>& formats)
      : connection_(connection),
        window_(connection.make_hidden_window()),
        clipboard_(connection.atom("CLIPBOARD")) {
    for (const Format& format : formats) contents_[connection.atom(format.target)] = *read_file(format.file);
    xcb_set_selection_owner(connection.get(), window_, clipboard_, XCB_CURRENT_TIME);
  }

  int run() {
    if (owner_of(connection_, clipboard_) != window_) return 1;
    say("owned");
    while (auto event = owned(xcb_wait_for_event(connection_.get()))) {
      const int kind = event->response_type & 0x7F;
      if (kind == XCB_SELECTION_CLEAR) say("lost");
      if (kind == XCB_SELECTION_REQUEST) on_request(as<xcb_selection_request_event_t>(event.get()));
      if (kind == XCB_PROPERTY_NOTIFY) on_taken(as<xcb_property_notify_event_t>(event.get()));
    }
    return 0;
  }

 private:
  void on_request(const xcb_selection_request_event_t& asked) {
    say("asked " + connection_.atom_name(asked.target));
    const auto content = contents_.find(asked.target);
    if (asked.target == connection_.atom("TARGETS")) {
      left_ = {{}};  // the empty part, which is the end
      for (const auto& [target, bytes] : contents_) left_.push_back({target});
      const std::uint32_t events = XCB_EVENT_MASK_PROPERTY_CHANGE;
      xcb_change_window_attributes(connection_.get(), asked.requestor, XCB_CW_EVENT_MASK, &events);
      connection_.set_property(asked.requestor, asked.property, XProperty::of(connection_.atom("INCR"), {4}));
      asker_ = asked.requestor;
      list_ = asked.property;
    } else if (content != contents_.end()) {
      connection_.set_property(asked.requestor, asked.property, {asked.target, 8, content->second});
    } else {
      return answer(connection_, asked, 0);
    }
    answer(connection_, asked, asked.property);
  }

  void on_taken(const xcb_property_notify_event_t& notice) {
    const bool is_due =
        notice.state == XCB_PROPERTY_DELETE && notice.window == asker_ && notice.atom == list_;
    if (!is_due || left_.empty()) return;
    connection_.set_property(asker_, list_, XProperty::of(XCB_ATOM_ATOM, left_.back()));
    left_.pop_back();
    connection_.flush();
  }

  X11Connection& connection_;
  const XId window_;
  const XId clipboard_;
  std::map<XId, std::string> contents_;
  std::vector<std::vector<XId>> left_;  // of the list, the next part last
  XId asker_ = 0;
  XId list_ = 0;
};

// Slow to take the clipboard, so that another that wants it would have it first.
constexpr auto kPatience = std::chrono::seconds(1);

// Looks every 10 ms whether there is something to do besides what it is told.
class Manager {
 public:
  Manager(X11Connection& connection, bool refuses)
      : connection_(connection),
        refuses_(refuses),
        window_(connection.make_hidden_window()),
        clipboard_(connection.atom("CLIPBOARD")),
        server_(connection, [](XId, bool) {}) {
    xcb_set_selection_owner(connection.get(), window_, connection.atom("CLIPBOARD_MANAGER"),
                            XCB_CURRENT_TIME);
  }

  int run() {
    if (owner_of(connection_, connection_.atom("CLIPBOARD_MANAGER")) != window_) return 1;
    say("manages");
    while (connection_.alive()) {
      while (auto event = owned(xcb_poll_for_event(connection_.get()))) on_event(event.get());
      look();
      connection_.flush();
      pollfd polled{connection_.descriptor(), POLLIN, 0};
      poll(&polled, 1, 10);
    }
    return 0;
  }

 private:
  void on_event(const void* event) {
    const int kind = as<xcb_generic_event_t>(event).response_type & 0x7F;
    if (kind == XCB_SELECTION_REQUEST) on_request(as<xcb_selection_request_event_t>(event));
    if (kind == XCB_SELECTION_NOTIFY && copy_)
      copy_->on_answer(as<xcb_selection_notify_event_t>(event).target,
                       as<xcb_selection_notify_event_t>(event).property);
    if (kind != XCB_PROPERTY_NOTIFY) return;
    const auto& notice = as<xcb_property_notify_event_t>(event);
    if (notice.state == XCB_PROPERTY_DELETE) server_.on_deleted(notice.window, notice.atom);
    if (notice.state == XCB_PROPERTY_NEW_VALUE && copy_ && notice.window == copy_->window())
      copy_->on_property(notice.atom);
  }

  void on_request(const xcb_selection_request_event_t& asked) {
    if (asked.selection == clipboard_)
      return server_.serve({asked.time, asked.requestor, asked.selection, asked.target, asked.property},
                           kept_, 0, false);
    const bool is_to_save = asked.target == connection_.atom("SAVE_TARGETS");
    const auto list = connection_.property(asked.requestor, asked.property);
    say("asked " + connection_.atom_name(asked.target) + " " + std::to_string(list ? list->ids().size() : 0));
    if (!is_to_save || refuses_) return answer(connection_, asked, 0);
    copy_ = std::make_unique<SelectionCopy>(connection_, connection_.make_hidden_window(), clipboard_);
    saving_ = asked;
  }

  void look() {
    if (copy_ && copy_->custody() == Custody::copied) {
      kept_ = copy_->content();
      copy_.reset();
      connection_.set_property(saving_.requestor, saving_.property, {connection_.atom("NULL"), 32, {}});
      answer(connection_, saving_, saving_.property);
      say("saved " + std::to_string(kept_->order.size()));
    }
    const Instant now = SteadyClock().now();
    if (owner_of(connection_, clipboard_) != XCB_NONE) owned_at_ = now;
    if (!kept_ || has_taken_ || now - owned_at_ < kPatience) return;
    xcb_set_selection_owner(connection_.get(), window_, clipboard_, XCB_CURRENT_TIME);
    has_taken_ = true;
    say("took the clipboard");
  }

  X11Connection& connection_;
  const bool refuses_;
  const XId window_;
  const XId clipboard_;
  SelectionServer server_;
  std::unique_ptr<SelectionCopy> copy_;
  xcb_selection_request_event_t saving_{};
  SharedContent kept_;
  Instant owned_at_ = SteadyClock().now();
  bool has_taken_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string_view mode = argv[1];
  std::vector<Format> formats;
  for (int i = 2; i < argc; ++i) {
    const std::string word = argv[i];
    formats.push_back({word.substr(0, word.rfind('=')), word.substr(word.rfind('=') + 1)});
  }
  const auto connection = X11Connection::open("");
  if (!connection) return 1;
  if (mode == "several") return Several(**connection, formats).run();
  if (mode == "own") return Owner(**connection, formats).run();
  return Manager(**connection, !formats.empty()).run();
}
