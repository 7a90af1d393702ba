// Owns the clipboard of a compositor with the given formats until it is ended, and says who asks what:
// wayland_owner [--late MIME] MIME=FILE...; with the one that is late it takes a second.
#include <csignal>
#include <cstdio>
#include <map>
#include <string>

#include <data_control_protocol.h>
#include <unistd.h>
#include <wayland-client.h>

#include "base/files.h"

namespace {

struct Owner {
  wl_seat* seat = nullptr;
  data_control_manager* manager = nullptr;
  std::map<std::string, std::string> formats;
  std::string late = {};
};

void say(const std::string& line) {
  std::puts(line.c_str());
  std::fflush(stdout);
}

void on_global(void* self, wl_registry* registry, std::uint32_t number, const char* name, std::uint32_t) {
  auto& owner = *static_cast<Owner*>(self);
  static wl_interface wlr = data_control_manager_interface;
  wlr.name = "zwlr_data_control_manager_v1";
  if (std::string(name) == wl_seat_interface.name)
    owner.seat = static_cast<wl_seat*>(wl_registry_bind(registry, number, &wl_seat_interface, 1));
  if (std::string(name) == wlr.name)
    owner.manager = static_cast<data_control_manager*>(wl_registry_bind(registry, number, &wlr, 1));
}

void on_send(void* self, data_control_source*, const char* mime, int pipe) {
  say(std::string("asked ") + mime);
  auto& owner = *static_cast<Owner*>(self);
  if (mime == owner.late) sleep(1);
  const std::string& bytes = owner.formats[mime];
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count = write(pipe, bytes.data() + sent, bytes.size() - sent);
    if (count <= 0) break;
    sent += static_cast<std::size_t>(count);
  }
  close(pipe);
}

}  // namespace

int main(int argc, char** argv) {
  Owner owner;
  signal(SIGPIPE, SIG_IGN);  // who asks may not wait
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--late" && i + 1 < argc) {
      owner.late = argv[++i];
      continue;
    }
    const auto bytes = diktate::read_file(word.substr(word.rfind('=') + 1));
    if (!bytes) return 1;
    owner.formats[word.substr(0, word.rfind('='))] = *bytes;
  }
  wl_display* display = wl_display_connect(nullptr);
  if (display == nullptr) return 1;
  static constexpr wl_registry_listener kRegistry = {on_global, [](void*, wl_registry*, std::uint32_t) {}};
  wl_registry_add_listener(wl_display_get_registry(display), &kRegistry, &owner);
  wl_display_roundtrip(display);
  if (owner.manager == nullptr || owner.seat == nullptr) return 1;
  static constexpr data_control_source_listener kSource = {on_send,
                                                           [](void*, data_control_source*) { say("lost"); }};
  data_control_source* source = data_control_manager_create_data_source(owner.manager);
  data_control_source_add_listener(source, &kSource, &owner);
  for (const auto& [mime, bytes] : owner.formats) data_control_source_offer(source, mime.c_str());
  data_control_device_set_selection(data_control_manager_get_data_device(owner.manager, owner.seat), source);
  wl_display_roundtrip(display);
  say("owned");
  while (wl_display_dispatch(display) >= 0) {
  }
  return 0;
}
