#include "net/resolver.h"

#include <cerrno>
#include <cstring>
#include <exception>
#include <system_error>
#include <thread>
#include <utility>

#include <netdb.h>

#include "base/thread_name.h"

namespace diktate {
namespace {

// More stuck lookups than this mean that the name server is dead; another thread would not help.
constexpr int kMostThreads = 8;

tl::unexpected<Error> lookup_error(const std::string& host, int code) {
  const std::string name = "the name " + host;
  if (code == EAI_NONAME || code == EAI_NODATA) {
    return fail(ErrorKind::unavailable, name + " does not resolve: there is no such host");
  }
  if (code == EAI_AGAIN) {
    return fail(ErrorKind::unavailable, name + " does not resolve: no name server answers");
  }
  const char* why = code == EAI_SYSTEM ? std::strerror(errno) : ::gai_strerror(code);
  return fail(ErrorKind::unavailable, name + " does not resolve: " + why);
}

}  // namespace

Result<Addresses> system_lookup(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;  // not AI_ADDRCONFIG, which hides ::1 where only loopback has IPv6
  addrinfo* found = nullptr;
  const int code = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (code != 0) return lookup_error(host, code);
  Addresses addresses;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    addresses.emplace_back(each->ai_addr, each->ai_addrlen);
  }
  ::freeaddrinfo(found);
  return addresses;
}

std::optional<Result<Addresses>> Lookup::answer() const {
  std::lock_guard lock(mutex_);
  return answer_;
}

void Lookup::settle(Result<Addresses> answer) {
  std::lock_guard lock(mutex_);
  answer_ = std::move(answer);
}

struct Resolver::Shared {
  LookupFunction lookup;
  std::mutex mutex;
  std::function<void()> wake;  // empty once the resolver is gone
  int running = 0;

  void finish() {
    std::lock_guard lock(mutex);
    --running;
    if (wake) wake();
  }
};

Resolver::Resolver(LookupFunction lookup, std::function<void()> wake) : shared_(std::make_shared<Shared>()) {
  shared_->lookup = std::move(lookup);
  shared_->wake = std::move(wake);
}

Resolver::~Resolver() {
  std::lock_guard lock(shared_->mutex);
  shared_->wake = nullptr;
}

std::shared_ptr<const Lookup> Resolver::start(const std::string& host, std::uint16_t port) {
  auto lookup = std::make_shared<Lookup>();
  if (Addresses known = known_addresses(host, port); !known.empty()) {
    lookup->settle(std::move(known));
    return lookup;
  }
  {
    std::lock_guard lock(shared_->mutex);
    if (shared_->running >= kMostThreads) {
      lookup->settle(lookup_error(host, EAI_AGAIN));
      return lookup;
    }
    ++shared_->running;
  }
  try {
    std::thread([shared = shared_, lookup, host, port] {
      set_thread_name("resolver");
      block_signals();
      lookup->settle(shared->lookup(host, port));
      shared->finish();
    }).detach();
  } catch (const std::system_error& error) {
    lookup->settle(fail(ErrorKind::failed, std::string("cannot start a thread: ") + error.what()));
    shared_->finish();
  }
  return lookup;
}

}  // namespace diktate
