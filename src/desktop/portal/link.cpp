#include "desktop/portal/link.h"

#include <algorithm>
#include <utility>

#include <sdbus-c++/sdbus-c++.h>

namespace diktate {
namespace {

constexpr const char* kService = "org.freedesktop.portal.Desktop";
constexpr const char* kPath = "/org/freedesktop/portal/desktop";

// What cannot be read is not heard; thrown further it would count as the end of the bus.
auto forgiving(PortalConnection::Read listener) {
  return [listener = std::move(listener)](sdbus::Message& message) {
    try {
      listener(message);
    } catch (const sdbus::Error&) {
      return;
    }
  };
}

}  // namespace

PortalConnection::Link::Link()
    : bus_(sdbus::createSessionBusConnection()),
      name_(bus_->getUniqueName()),
      portal_(sdbus::createProxy(*bus_, kService, kPath)) {}

PortalConnection::Link::~Link() = default;

void PortalConnection::Link::on_owner(std::function<void(const std::string& owner)> listener) {
  bus_->addMatch(std::string("type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
                             "member='NameOwnerChanged',arg0='") +
                     kService + "'",
                 forgiving([listener = std::move(listener)](sdbus::Message& message) {
                   std::string name;
                   std::string before;
                   std::string owner;
                   message >> name >> before >> owner;
                   listener(owner);
                 }),
                 sdbus::floating_slot);
}

void PortalConnection::Link::on_signal(const std::string& interface, Read listener) {
  bus_->addMatch(std::string("type='signal',sender='") + kService + "',interface='" + interface + "'",
                 forgiving(std::move(listener)), sdbus::floating_slot);
}

void PortalConnection::Link::send(const std::string& interface, const std::string& method,
                                  const std::string& path) {
  const auto object = sdbus::createProxy(*bus_, kService, path);
  auto message = object->createMethodCall(interface, method);
  message.dontExpectReply();
  object->callMethod(message);
}

std::string PortalConnection::Link::request_path(const std::string& token) const {
  std::string sender = name_.substr(1);
  std::replace(sender.begin(), sender.end(), '.', '_');
  return std::string(kPath) + "/request/" + sender + "/" + token;
}

Error portal_error(const std::string& interface, const sdbus::Error& error) {
  const std::string& full = error.getName();
  const std::string name = full.substr(full.rfind('.') + 1);
  if (name == "ServiceUnknown" || name == "NameHasNoOwner")
    return {ErrorKind::unavailable, "there is no desktop portal (xdg-desktop-portal) on the session bus"};
  if (name == "UnknownMethod" || name == "UnknownInterface" || name == "UnknownObject")
    return {ErrorKind::unavailable,
            "the desktop portal of this session has no " + interface.substr(interface.rfind('.') + 1)};
  if (name == "Timeout" || name == "NoReply")
    return {ErrorKind::timeout, "the desktop portal does not answer"};
  return {ErrorKind::failed, "the desktop portal says: " + error.getMessage()};
}

std::string portal_text(const PortalValues& values, const std::string& name) {
  const auto found = values.find(name);
  if (found == values.end()) return {};
  if (found->second.containsValueOfType<std::string>()) return found->second.get<std::string>();
  if (found->second.containsValueOfType<sdbus::ObjectPath>()) return found->second.get<sdbus::ObjectPath>();
  return {};
}

}  // namespace diktate
