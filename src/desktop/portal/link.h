// What is said to the session bus itself; everything that knows sdbus-c++ beside the messages. Inside this
// folder only. Functions throw sdbus::Error.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "desktop/portal/connection.h"

namespace sdbus {
class Error;
class IConnection;
class IProxy;
}  // namespace sdbus

namespace diktate {

class PortalConnection::Link {
 public:
  Link();  // waits for the bus
  ~Link();
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  sdbus::IConnection& bus() { return *bus_; }
  sdbus::IProxy& portal() { return *portal_; }

  // Waits for the bus. Called from then on while the bus is processed.
  void on_owner(std::function<void(const std::string& owner)> listener);
  void on_signal(const std::string& interface, Read listener);

  // Without an answer.
  void send(const std::string& interface, const std::string& method, const std::string& path);

  // Where the answer to a request with that token will come from. Throws nothing of the bus.
  std::string request_path(const std::string& token) const;

 private:
  const std::unique_ptr<sdbus::IConnection> bus_;
  const std::string name_;  // ours on the bus
  const std::unique_ptr<sdbus::IProxy> portal_;
};

// What an error of the bus means, for a person.
Error portal_error(const std::string& interface, const sdbus::Error& error);

// A text or an object path of an answer; empty: it is not there.
std::string portal_text(const PortalValues& values, const std::string& name);

}  // namespace diktate
