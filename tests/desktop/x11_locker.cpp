// Lies over the whole screen, as programs that lock it do, until its input ends: x11_locker [--no-grab]
// Unless it is told not to, it has the keyboard for itself. It says "locked", and "key" for each key that it
// is sent, a line each.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <poll.h>
#include <unistd.h>
#include <xcb/xcb.h>

namespace {

void say(const char* line) {
  std::puts(line);
  std::fflush(stdout);
}

void cover(xcb_connection_t* connection, const xcb_screen_t& screen) {
  const std::uint32_t values[] = {1, XCB_EVENT_MASK_KEY_PRESS};
  const xcb_window_t window = xcb_generate_id(connection);
  xcb_create_window(connection, XCB_COPY_FROM_PARENT, window, screen.root, 0, 0, screen.width_in_pixels,
                    screen.height_in_pixels, 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, XCB_COPY_FROM_PARENT,
                    XCB_CW_OVERRIDE_REDIRECT | XCB_CW_EVENT_MASK, values);
  xcb_map_window(connection, window);
}

bool take_keyboard(xcb_connection_t* connection, const xcb_screen_t& screen) {
  const auto asked = xcb_grab_keyboard(connection, 0, screen.root, XCB_CURRENT_TIME, XCB_GRAB_MODE_ASYNC,
                                       XCB_GRAB_MODE_ASYNC);
  xcb_grab_keyboard_reply_t* const answer = xcb_grab_keyboard_reply(connection, asked, nullptr);
  const bool taken = answer != nullptr && answer->status == XCB_GRAB_STATUS_SUCCESS;
  std::free(answer);
  return taken;
}

}  // namespace

int main(int argc, char** argv) {
  xcb_connection_t* const connection = xcb_connect(nullptr, nullptr);
  if (xcb_connection_has_error(connection) != 0) return 1;
  const xcb_screen_t& screen = *xcb_setup_roots_iterator(xcb_get_setup(connection)).data;
  cover(connection, screen);
  const bool grabs = argc < 2 || std::string_view(argv[1]) != "--no-grab";
  if (grabs && !take_keyboard(connection, screen)) return 1;
  std::free(xcb_get_input_focus_reply(connection, xcb_get_input_focus(connection), nullptr));  // it is done
  say("locked");
  pollfd polled[] = {{STDIN_FILENO, POLLIN, 0}, {xcb_get_file_descriptor(connection), POLLIN, 0}};
  while (poll(polled, 2, -1) > 0) {
    char byte = 0;
    if (polled[0].revents != 0 && read(STDIN_FILENO, &byte, 1) <= 0) break;
    while (xcb_generic_event_t* const event = xcb_poll_for_event(connection)) {
      if ((event->response_type & 0x7F) == XCB_KEY_PRESS) say("key");
      std::free(event);
    }
    if (xcb_connection_has_error(connection) != 0) break;
  }
  xcb_disconnect(connection);
}
