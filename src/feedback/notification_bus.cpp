#include "feedback/notification_bus.h"

#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <sdbus-c++/sdbus-c++.h>

namespace diktate {
namespace {

constexpr const char* kService = "org.freedesktop.Notifications";
constexpr const char* kPath = "/org/freedesktop/Notifications";
constexpr auto kAnswerLimit = std::chrono::seconds(1);
constexpr std::uint8_t kNormalUrgency = 1;
constexpr std::int32_t kUsualTime = -1;

// A body may hold markup: what is meant literally is written as entities.
std::string without_markup(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

// It was sent: it may yet be shown.
bool is_timeout(const sdbus::Error& error) {
  return error.getName() == "org.freedesktop.DBus.Error.Timeout" ||
         error.getName() == "org.freedesktop.DBus.Error.NoReply";
}

}  // namespace

class NotificationBus::Link {
 public:
  // Throw sdbus::Error.
  Link() : bus_(sdbus::createSessionBusConnection()), service_(sdbus::createProxy(*bus_, kService, kPath)) {}

  std::uint32_t show(const Notice& notice, std::uint32_t replaced) {
    const std::map<std::string, sdbus::Variant> hints{
        {"urgency", sdbus::Variant(kNormalUrgency)},
        {"desktop-entry", sdbus::Variant(std::string("org.diktate.Diktate"))}};
    std::uint32_t shown = 0;
    service_->callMethod("Notify")
        .onInterface(kService)
        .withTimeout(kAnswerLimit)
        .withArguments(std::string("diktate"), replaced, std::string("audio-input-microphone"), notice.title,
                       without_markup(notice.body), std::vector<std::string>{}, hints, kUsualTime)
        .storeResultsTo(shown);
    return shown;
  }

 private:
  const std::unique_ptr<sdbus::IConnection> bus_;
  const std::unique_ptr<sdbus::IProxy> service_;
};

NotificationBus::NotificationBus() = default;
NotificationBus::~NotificationBus() = default;

Result<void> NotificationBus::show(const Notice& notice) {
  // A connection that was there may have died since: then a new one is the way.
  for (const bool last_try : {link_ == nullptr, true}) {
    try {
      if (!link_) link_ = std::make_unique<Link>();
      last_ = link_->show(notice, last_);
      return {};
    } catch (const sdbus::Error& error) {
      link_.reset();
      if (is_timeout(error)) return fail(ErrorKind::timeout, "the session bus does not answer");
      if (last_try) return fail(ErrorKind::unavailable, error.getMessage());
    }
  }
  return {};
}

}  // namespace diktate
