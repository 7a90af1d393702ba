// What the parts that make connections tell each other and those who watch.
#pragma once

#include "base/clock.h"
#include "base/files.h"
#include "net/address.h"
#include "net/http_client.h"

namespace diktate {

// A connected socket, and what it took.
struct Connection {
  UniqueFd socket;
  Address address;
  Nanoseconds lookup{};
  Nanoseconds connect{};
};

// Told, on the I/O thread, how each address of a race answered; lives until all_tried().
class ConnectObserver {
 public:
  virtual ~ConnectObserver() = default;
  virtual void tried(const ProbedAddress& address) = 0;
  virtual void all_tried() = 0;
};

}  // namespace diktate
