// The parts of a URL that decide where a request goes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace diktate {

// A host and a port that can be connected to.
struct Endpoint {
  std::string host;  // lower case, an IPv6 address without its brackets
  std::uint16_t port = 0;
  bool operator==(const Endpoint&) const = default;
  std::string text() const;  // "host:port", "[::1]:80"
};

struct Url {
  std::string scheme;  // lower case
  Endpoint endpoint;
  std::string text;  // as given, with the scheme
  bool is_tls() const { return scheme == "https"; }
  bool same_origin(const Url& other) const { return scheme == other.scheme && endpoint == other.endpoint; }
};

// `invalid` unless it is http or https with a host. Names what is wrong without repeating a password.
Result<Url> parse_url(const std::string& text);

// The same of a proxy's address: other schemes are possible, and without one it is http.
Result<Url> parse_proxy_url(const std::string& text);

// `location`, as a redirect gives it, seen from `base`.
Result<Url> resolve_url(const Url& base, const std::string& location);

}  // namespace diktate
