// A connection to an X server, its errors as values: a server that is gone ends nothing. Inside this folder
// only.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

// NOLINTNEXTLINE(readability-identifier-naming): libxcb's own name
struct xcb_connection_t;

namespace diktate {

using XId = std::uint32_t;  // a window, an atom, a time of the server

// What libxcb answers with is the caller's, and freed by free().
struct Freed {
  void operator()(void* data) const { std::free(data); }
};
template <class T>
std::unique_ptr<T, Freed> owned(T* data) {
  return std::unique_ptr<T, Freed>(data);
}

struct XProperty {
  XId type = 0;
  int format = 8;     // bits a unit
  std::string bytes;  // units of 32 bits are 4 bytes, as libxcb has them
  std::size_t units() const { return bytes.size() * 8 / static_cast<std::size_t>(format); }
  std::vector<XId> ids() const;  // of format 32; of another: none
  static XProperty of(XId type, const std::vector<XId>& ids);
};

// One thread uses it. Calls that answer wait for the server; when it is gone they answer at once, with
// nothing, and alive() says it.
class X11Connection {
 public:
  // `display` empty: what DISPLAY says. Waits for the server. Fails (`unavailable`) where there is none.
  static Result<std::unique_ptr<X11Connection>> open(const std::string& display);
  ~X11Connection();
  X11Connection(const X11Connection&) = delete;
  X11Connection& operator=(const X11Connection&) = delete;

  xcb_connection_t* get() const { return connection_; }
  int descriptor() const;
  XId root() const { return root_; }
  bool alive() const;
  // What to say when it is not.
  Error gone() const;

  // The atom of that name, made where missing; waits the first time it is asked for. 0: the server is gone.
  XId atom(const std::string& name);
  std::string atom_name(XId atom);

  std::optional<XProperty> property(XId window, XId name, bool erase = false);
  void set_property(XId window, XId name, const XProperty& value);

  // Whether both were made by the same program: the server gives each a range of its own.
  bool same_client(XId one, XId other) const;

  // A window that is never shown and gets PropertyNotify.
  XId make_hidden_window();
  void destroy_window(XId window);
  std::size_t longest_request() const;  // bytes
  void flush();
  bool has_extension(const std::string& name);

 private:
  explicit X11Connection(xcb_connection_t* connection) : connection_(connection) {}

  xcb_connection_t* const connection_;
  XId root_ = 0;
  std::map<std::string, XId> atoms_;
};

}  // namespace diktate
