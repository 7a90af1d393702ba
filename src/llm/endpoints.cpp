#include "llm/endpoints.h"

#include <algorithm>
#include <cctype>

#include "net/address.h"
#include "net/url.h"

namespace diktate {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kAround = " \t\r\n\"'";
  const std::size_t begin = text.find_first_not_of(kAround);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kAround) - begin + 1);
}

std::string_view without_end(std::string_view text, std::string_view end) {
  if (!end.empty() && text.ends_with(end)) text.remove_suffix(end.size());
  return text;
}

// An address taken apart: "host:port", "[::1]:port", "::1", ":port".
struct HostAndPort {
  std::string host;
  std::string port;
};

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](unsigned char digit) { return std::isdigit(digit) != 0; });
}

HostAndPort split(std::string_view address) {
  if (std::count(address.begin(), address.end(), ':') > 1 && !address.starts_with('[')) {
    return {"[" + std::string(address) + "]", {}};
  }
  const std::size_t colon = address.rfind(':');
  const bool has_port = colon != std::string_view::npos && address.find(']', colon) == std::string_view::npos;
  if (!has_port) return {std::string(address), {}};
  const std::string_view port = address.substr(colon + 1);
  return {std::string(address.substr(0, colon)), is_port(port) ? std::string(port) : std::string()};
}

std::string reachable(const std::string& host) {
  if (host.empty() || host == "0.0.0.0") return "127.0.0.1";
  return host == "[::]" ? "localhost" : host;
}

std::string_view default_port(std::string_view scheme) {
  if (scheme == "http") return "80";
  return scheme == "https" ? "443" : "11434";
}

// What began as a URL: "http:/host", "http://". Who made a host of its scheme would ask a stranger.
bool has_no_host(std::string_view text) {
  const std::size_t scheme_end = text.find(":/");
  if (scheme_end == std::string_view::npos || scheme_end > text.find('/')) return false;
  const std::string_view rest = text.substr(scheme_end + 1);
  return !rest.starts_with("//") || rest.size() == 2 || rest[2] == '/';
}

}  // namespace

std::string ollama_endpoint(std::string_view setting, std::string_view ollama_host) {
  std::string_view text = trimmed(trimmed(setting).empty() ? ollama_host : setting);
  if (text.empty()) return "http://localhost:11434";
  if (has_no_host(text)) return std::string(text);
  const std::size_t scheme_end = text.find("://");
  const std::string scheme(scheme_end == std::string_view::npos ? "" : text.substr(0, scheme_end));
  if (scheme_end != std::string_view::npos) text.remove_prefix(scheme_end + 3);
  const std::size_t slash = std::min(text.find('/'), text.size());
  const auto [host, port] = split(text.substr(0, slash));
  const std::string_view path = without_end(text.substr(slash), "/");
  return (scheme.empty() ? "http" : scheme) + "://" + reachable(host) + ":" +
         (port.empty() ? std::string(default_port(scheme)) : port) + std::string(path);
}

Result<std::string> checked_endpoint(std::string_view processor, std::string_view endpoint,
                                     std::string_view version) {
  const std::string name(processor);
  std::string text(without_end(without_end(trimmed(endpoint), "/"), version));
  if (text.empty()) {
    return fail(ErrorKind::invalid, "the processor " + name +
                                        " has no endpoint; set 'endpoint' of [processors." + name +
                                        "] in config.toml, or give --endpoint URL");
  }
  const Result<Url> url = has_no_host(text)
                              ? fail(ErrorKind::invalid, "a URL must look like http://host:port/path")
                              : parse_url(text);
  if (!url)
    return fail(ErrorKind::invalid, "the endpoint of " + name + " cannot be used: " + url.error().message);
  return text;
}

Result<void> check_model(std::string_view processor, std::string_view model) {
  if (!model.empty()) return {};
  const std::string name(processor);
  return fail(ErrorKind::invalid, "the processor " + name + " has no model; set 'model' of [processors." +
                                      name + "] in config.toml, or give --model NAME");
}

bool is_local(const std::string& endpoint) {
  const auto url = parse_url(endpoint);
  if (!url) return false;
  const Addresses known = known_addresses(url->endpoint.host, url->endpoint.port);
  return !known.empty() && std::all_of(known.begin(), known.end(),
                                       [](const Address& address) { return address.is_loopback(); });
}

}  // namespace diktate
