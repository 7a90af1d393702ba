#include "audio/microphones.h"

#include <memory>

#include "audio/pulse_connection.h"

namespace diktate {

Result<std::vector<Microphone>> list_microphones() {
  const auto connection = PulseConnection::open();
  if (!connection) return tl::unexpected(connection.error());
  return (*connection)->sources();
}

Result<Microphone> find_microphone(const std::string& name) {
  const auto connection = PulseConnection::open();
  if (!connection) return tl::unexpected(connection.error());
  return (*connection)->source(name);
}

}  // namespace diktate
