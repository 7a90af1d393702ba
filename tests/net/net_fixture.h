// What the tests of the client share: clients with good manners, names that stand for addresses, stalled
// ports.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/files.h"
#include "net/http_client.h"

namespace diktate {

// A client that knows no proxy. Fails the test if it cannot be made.
std::unique_ptr<HttpClient> client_with(HttpClientOptions options = {});

Instant in(Nanoseconds duration);  // from now
Nanoseconds since(Instant start);

// A lookup that knows these names only.
LookupFunction knows(std::map<std::string, std::vector<std::string>> names);

// A port of an address on which connects stall: nobody accepts, and there is no room to wait.
class StalledPort {
 public:
  StalledPort(const std::string& address, std::uint16_t port);

 private:
  UniqueFd listener_;
  std::vector<UniqueFd> waiting_;
};

// A folder for one test.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace diktate
