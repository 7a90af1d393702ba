// The session bus, as far as notifications need it. Inside this folder only.
// Source: Desktop Notifications Specification 1.2.
#pragma once

#include <cstdint>
#include <memory>

#include "base/result.h"
#include "core/ports.h"

namespace diktate {

// One thread uses it.
class NotificationBus {
 public:
  NotificationBus();
  ~NotificationBus();
  NotificationBus(const NotificationBus&) = delete;
  NotificationBus& operator=(const NotificationBus&) = delete;

  // In place of the one before. `timeout`: it may be shown later. Connects where that is needed. Waits for
  // the bus and for whoever shows it: some seconds, and a minute and a half for a bus that accepts and then
  // says nothing.
  Result<void> show(const Notice& notice);

 private:
  class Link;
  std::unique_ptr<Link> link_;  // none: not connected
  std::uint32_t last_ = 0;      // the notification to replace; 0: none
};

}  // namespace diktate
