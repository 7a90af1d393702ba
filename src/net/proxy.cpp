#include "net/proxy.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "net/address.h"

namespace diktate {
namespace {

std::string variable(const char* name, const char* other = nullptr) {
  const char* value = std::getenv(name);
  if (value == nullptr && other != nullptr) value = std::getenv(other);
  return value == nullptr ? "" : value;
}

using IpBytes = std::array<unsigned char, 16>;

struct Ip {
  int family = AF_UNSPEC;
  IpBytes bytes{};
};

Ip parse_ip(const std::string& text) {
  Ip ip;
  for (const int family : {AF_INET, AF_INET6}) {
    if (::inet_pton(family, text.c_str(), ip.bytes.data()) == 1) ip.family = family;
  }
  return ip;
}

bool same_network(const Ip& one, const Ip& other, unsigned bits) {
  const unsigned most = one.family == AF_INET ? 32 : 128;
  if (one.family != other.family || bits > most) return false;
  const std::size_t whole = bits / 8;
  if (std::memcmp(one.bytes.data(), other.bytes.data(), whole) != 0) return false;
  if (bits % 8 == 0) return true;
  const unsigned mask = 0xFFU << (8 - bits % 8) & 0xFFU;
  return ((one.bytes[whole] ^ other.bytes[whole]) & mask) == 0;
}

// "10.0.0.0/8", "fd00::/8", "192.168.1.2"
bool address_matches(const Ip& host, std::string_view entry) {
  const std::size_t slash = entry.find('/');
  const std::string_view network = entry.substr(0, slash);
  const Ip ip = parse_ip(std::string(network));
  if (ip.family == AF_UNSPEC) return false;
  unsigned bits = ip.family == AF_INET ? 32 : 128;
  if (slash != std::string_view::npos) {
    const std::string_view length = entry.substr(slash + 1);
    const auto read = std::from_chars(length.data(), length.data() + length.size(), bits);
    if (read.ec != std::errc()) return false;
  }
  return same_network(host, ip, bits);
}

std::string_view without_dot_at_end(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  return name;
}

bool name_matches(std::string_view host, std::string_view entry) {
  if (entry.starts_with('.')) entry.remove_prefix(1);
  const auto equal = [](char a, char b) { return std::tolower(a) == std::tolower(b); };
  host = without_dot_at_end(host);
  entry = without_dot_at_end(entry);
  if (entry.empty() || host.size() < entry.size()) return false;
  const std::string_view end = host.substr(host.size() - entry.size());
  if (!std::equal(end.begin(), end.end(), entry.begin(), equal)) return false;
  return end.size() == host.size() || host[host.size() - end.size() - 1] == '.';
}

bool entry_matches(const std::string& host, std::string_view entry) {
  if (entry == "*") return true;
  if (entry.starts_with('[') && entry.ends_with(']')) entry = entry.substr(1, entry.size() - 2);
  const Ip ip = parse_ip(host);
  return ip.family == AF_UNSPEC ? name_matches(host, entry) : address_matches(ip, entry);
}

bool is_excepted(const std::string& host, std::string_view list) {
  constexpr std::string_view kSeparators = ", \t";
  while (!list.empty()) {
    const std::size_t end = std::min(list.find_first_of(kSeparators), list.size());
    if (end > 0 && entry_matches(host, list.substr(0, end))) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

// Only what nobody has to be asked about: a lookup would tell a name server which host is meant.
bool is_loopback(const Endpoint& endpoint) {
  const Addresses known = known_addresses(endpoint.host, endpoint.port);
  return !known.empty() && known.front().is_loopback();
}

}  // namespace

ProxySettings proxies_from_environment() {
  return {.http = variable("http_proxy"),
          .https = variable("https_proxy", "HTTPS_PROXY"),
          .all = variable("all_proxy", "ALL_PROXY"),
          .no_proxy = variable("no_proxy", "NO_PROXY")};
}

Result<std::optional<Proxy>> choose_proxy(const Url& url, const ProxySettings& settings) {
  std::string text = url.is_tls() ? settings.https : settings.http;
  if (text.empty()) text = settings.all;
  if (text.empty() || is_loopback(url.endpoint) || is_excepted(url.endpoint.host, settings.no_proxy)) {
    return std::nullopt;
  }
  auto parsed = parse_proxy_url(text);
  if (!parsed) return tl::unexpected(parsed.error());
  // With the plain schemes libcurl itself would look the name up, which only our resolver does.
  for (const auto& [plain, remote] : {std::pair{"socks5", "socks5h"}, {"socks4", "socks4a"}}) {
    if (parsed->scheme != plain) continue;
    parsed->text.replace(0, parsed->scheme.size(), remote);
    parsed->scheme = remote;
  }
  Proxy proxy;
  proxy.shown = parsed->scheme + "://" + parsed->endpoint.text();
  proxy.url = std::move(*parsed);
  return proxy;
}

}  // namespace diktate
