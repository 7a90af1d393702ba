// Where a sound server that comes back shows itself. Inside this folder only.
#pragma once

#include "base/files.h"

namespace diktate {

// Watches the folder in which the server makes its socket, or the one above it. A server elsewhere (over the
// network) is not seen.
class ServerFolder {
 public:
  ServerFolder();

  // Readable once something was made there; -1 where it cannot be watched.
  int descriptor() const { return watch_.get(); }

 private:
  UniqueFd watch_;
};

}  // namespace diktate
