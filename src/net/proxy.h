// Which proxy a request goes through, as curl and most programs read the variables.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "net/url.h"

namespace diktate {

struct ProxySettings {
  std::string http;      // http_proxy (in capitals a CGI server may have set it: not read)
  std::string https;     // https_proxy, HTTPS_PROXY
  std::string all;       // all_proxy, ALL_PROXY
  std::string no_proxy;  // no_proxy, NO_PROXY: hosts and domains, addresses, networks, or *
};

ProxySettings proxies_from_environment();

struct Proxy {
  Url url;            // with its password, if it has one
  std::string shown;  // "http://host:port"
};

// Nothing: the request goes straight to its host, as all to loopback do.
Result<std::optional<Proxy>> choose_proxy(const Url& url, const ProxySettings& settings);

}  // namespace diktate
