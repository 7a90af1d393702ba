#include "desktop/x11/connection.h"

#include <cstring>

#include <xcb/xcb.h>

namespace diktate {
namespace {

constexpr std::uint32_t kWholeProperty = 0x1FFFFFFF / 4;  // units of four bytes

}  // namespace

std::vector<XId> XProperty::ids() const {
  std::vector<XId> ids(format == 32 ? bytes.size() / sizeof(XId) : 0);
  if (!ids.empty()) std::memcpy(ids.data(), bytes.data(), ids.size() * sizeof(XId));
  return ids;
}

Result<std::unique_ptr<X11Connection>> X11Connection::open(const std::string& display) {
  int screen_number = 0;
  xcb_connection_t* raw = xcb_connect(display.empty() ? nullptr : display.c_str(), &screen_number);
  std::unique_ptr<X11Connection> connection(new X11Connection(raw));
  if (!connection->alive()) {
    const char* variable = std::getenv("DISPLAY");
    const std::string name = !display.empty() ? display : variable != nullptr ? variable : "";
    return fail(ErrorKind::unavailable, name.empty() ? "there is no X display: DISPLAY is not set"
                                                     : "the X display '" + name + "' cannot be used");
  }
  xcb_screen_iterator_t screens = xcb_setup_roots_iterator(xcb_get_setup(raw));
  for (int i = 0; i < screen_number && screens.rem > 1; ++i) xcb_screen_next(&screens);
  connection->root_ = screens.data->root;
  return connection;
}

X11Connection::~X11Connection() { xcb_disconnect(connection_); }

int X11Connection::descriptor() const { return xcb_get_file_descriptor(connection_); }

bool X11Connection::alive() const { return xcb_connection_has_error(connection_) == 0; }

Error X11Connection::gone() const { return {ErrorKind::unavailable, "the X display is gone"}; }

XId X11Connection::atom(const std::string& name) {
  const auto known = atoms_.find(name);
  if (known != atoms_.end()) return known->second;
  const auto cookie = xcb_intern_atom(connection_, 0, static_cast<std::uint16_t>(name.size()), name.c_str());
  const auto reply = owned(xcb_intern_atom_reply(connection_, cookie, nullptr));
  if (!reply) return 0;
  atoms_[name] = reply->atom;
  return reply->atom;
}

std::string X11Connection::atom_name(XId atom) {
  const auto reply =
      owned(xcb_get_atom_name_reply(connection_, xcb_get_atom_name(connection_, atom), nullptr));
  if (!reply) return {};
  return {xcb_get_atom_name_name(reply.get()),
          static_cast<std::size_t>(xcb_get_atom_name_name_length(reply.get()))};
}

XProperty XProperty::of(XId type, const std::vector<XId>& ids) {
  XProperty property{type, 32, std::string(ids.size() * sizeof(XId), '\0')};
  if (!ids.empty()) std::memcpy(property.bytes.data(), ids.data(), property.bytes.size());
  return property;
}

std::optional<XProperty> X11Connection::property(XId window, XId name, bool erase) {
  const auto cookie = xcb_get_property(connection_, erase ? 1 : 0, window, name, XCB_GET_PROPERTY_TYPE_ANY, 0,
                                       kWholeProperty);
  const auto reply = owned(xcb_get_property_reply(connection_, cookie, nullptr));
  if (!reply || reply->type == XCB_NONE) return std::nullopt;
  XProperty property{reply->type, reply->format == 0 ? 8 : reply->format, {}};
  property.bytes.assign(static_cast<const char*>(xcb_get_property_value(reply.get())),
                        static_cast<std::size_t>(xcb_get_property_value_length(reply.get())));
  return property;
}

void X11Connection::set_property(XId window, XId name, const XProperty& value) {
  xcb_change_property(connection_, XCB_PROP_MODE_REPLACE, window, name, value.type,
                      static_cast<std::uint8_t>(value.format), static_cast<std::uint32_t>(value.units()),
                      value.bytes.data());
}

bool X11Connection::same_client(XId one, XId other) const {
  if (!alive()) return false;
  const XId mask = ~xcb_get_setup(connection_)->resource_id_mask;
  return one != 0 && other != 0 && (one & mask) == (other & mask);
}

XId X11Connection::make_hidden_window() {
  if (!alive()) return 0;
  const XId window = xcb_generate_id(connection_);
  const std::uint32_t events = XCB_EVENT_MASK_PROPERTY_CHANGE;
  xcb_create_window(connection_, XCB_COPY_FROM_PARENT, window, root_, -10, -10, 1, 1, 0,
                    XCB_WINDOW_CLASS_INPUT_ONLY, XCB_COPY_FROM_PARENT, XCB_CW_EVENT_MASK, &events);
  return window;
}

void X11Connection::destroy_window(XId window) { xcb_destroy_window(connection_, window); }

std::size_t X11Connection::longest_request() const {
  return static_cast<std::size_t>(xcb_get_maximum_request_length(connection_)) * 4;
}

void X11Connection::flush() { xcb_flush(connection_); }

bool X11Connection::has_extension(const std::string& name) {
  const auto cookie = xcb_query_extension(connection_, static_cast<std::uint16_t>(name.size()), name.c_str());
  const auto reply = owned(xcb_query_extension_reply(connection_, cookie, nullptr));
  return reply && reply->present != 0;
}

}  // namespace diktate
