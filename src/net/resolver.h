// Looks names up without ever making anybody wait for a name server.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/result.h"
#include "net/address.h"

namespace diktate {

// Waits for the name server as long as that takes. Called by threads of the resolver, several at a time, and
// still running when the resolver is gone.
using LookupFunction = std::function<Result<Addresses>(const std::string& host, std::uint16_t port)>;

// getaddrinfo().
Result<Addresses> system_lookup(const std::string& host, std::uint16_t port);

// A lookup under way. Thread-safe.
class Lookup {
 public:
  // The answer, once it is there.
  std::optional<Result<Addresses>> answer() const;
  void settle(Result<Addresses> answer);

 private:
  mutable std::mutex mutex_;
  std::optional<Result<Addresses>> answer_;
};

// Every lookup is a thread of its own that is never joined: one that is stuck delays neither other lookups
// nor the end of the program. What threads and resolver share lives until the last of them is gone, hence the
// shared_ptr (docs/adr/0005). One thread uses it.
class Resolver {
 public:
  // `wake` is called by the threads when an answer is there, never after the resolver is destroyed.
  Resolver(LookupFunction lookup, std::function<void()> wake);
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // Does not wait. What is known without asking is answered at once.
  std::shared_ptr<const Lookup> start(const std::string& host, std::uint16_t port);

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace diktate
