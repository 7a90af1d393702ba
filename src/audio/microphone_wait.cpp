#include <functional>
#include <stop_token>
#include <string>

#include "audio/microphones.h"
#include "audio/pulse_connection.h"
#include "audio/server_sleep.h"
#include "audio/server_socket.h"

namespace diktate {
namespace {

// A monitor stands in for the default where no microphone is plugged in.
bool has_microphone(PulseConnection& connection, const std::string& name) {
  const auto found = connection.source(name);
  return found && (!found->monitor || !name.empty() || !source_of_environment().empty());
}

// Until the server is gone, or a pause is over in which it told of nothing.
bool comes_to(PulseConnection& connection, const std::string& name, ServerSleep& sleep,
              const std::stop_token& stop) {
  while (!stop.stop_requested() && connection.alive()) {
    if (has_microphone(connection, name)) return true;
    if (!sleep.sleep()) return false;
  }
  return false;
}

}  // namespace

bool await_microphone(const std::string& name, std::stop_token stop) {
  ServerSleep sleep;
  const std::function<void()> wake = [&] { sleep.wake(); };
  const std::stop_callback give_up(stop, wake);
  // It is asked again after growing pauses, by a new connection: one that is busy may not have answered when
  // it told of a change, and an old connection may not know the default.
  while (!stop.stop_requested()) {
    const FileWatch socket = watch_server_socket();  // before the server is tried: none can come unseen
    const auto connection = PulseConnection::open_watched(PulseConnection::Servers::running,
                                                          PulseConnection::Watched::microphones, wake);
    if (connection) {
      if (comes_to(**connection, name, sleep, stop)) return true;
    } else {
      sleep.sleep(socket.descriptor());
    }
  }
  return false;
}

}  // namespace diktate
