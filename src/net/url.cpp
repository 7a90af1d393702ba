#include "net/url.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <memory>

#include <curl/curl.h>

namespace diktate {
namespace {

struct UrlDeleter {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using UrlHandle = std::unique_ptr<CURLU, UrlDeleter>;

std::string part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* value = nullptr;
  if (curl_url_get(url, part, &value, flags) != CURLUE_OK) return {};
  std::string copy(value);
  curl_free(value);
  return copy;
}

std::string lower(std::string text) {
  const auto to_lower = [](unsigned char c) { return static_cast<char>(std::tolower(c)); };
  std::transform(text.begin(), text.end(), text.begin(), to_lower);
  return text;
}

Url read_parts(CURLU* handle) {
  Url url;
  url.scheme = lower(part_of(handle, CURLUPART_SCHEME));
  std::string host = lower(part_of(handle, CURLUPART_HOST));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (const std::string zone = part_of(handle, CURLUPART_ZONEID); !zone.empty()) host += "%" + zone;
  url.endpoint.host = host;
  const std::string port = part_of(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  std::from_chars(port.data(), port.data() + port.size(), url.endpoint.port);
  url.text = part_of(handle, CURLUPART_URL);
  return url;
}

}  // namespace

std::string Endpoint::text() const {
  const bool bracketed = host.find(':') != std::string::npos;
  return (bracketed ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<Url> parse_url(const std::string& text) {
  const UrlHandle handle(curl_url());
  const CURLUcode code = curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME);
  // The text itself may hold a password, and is not repeated.
  if (code == CURLUE_BAD_SCHEME || (code == CURLUE_OK && part_of(handle.get(), CURLUPART_HOST).empty()) ||
      text.find("://") == std::string::npos) {
    return fail(ErrorKind::invalid, "a URL must look like http://host:port/path");
  }
  if (code != CURLUE_OK) {
    return fail(ErrorKind::invalid, std::string("this is no URL: ") + curl_url_strerror(code));
  }
  Url url = read_parts(handle.get());
  if (url.scheme != "http" && url.scheme != "https") {
    return fail(ErrorKind::invalid, "a URL must be http or https, not " + url.scheme);
  }
  return url;
}

Result<Url> parse_proxy_url(const std::string& text) {
  const std::string full = text.find("://") == std::string::npos ? "http://" + text : text;
  const UrlHandle handle(curl_url());
  const CURLUcode code = curl_url_set(handle.get(), CURLUPART_URL, full.c_str(), CURLU_NON_SUPPORT_SCHEME);
  if (code != CURLUE_OK) {
    return fail(ErrorKind::invalid, std::string("the proxy's address is no URL: ") + curl_url_strerror(code));
  }
  Url url = read_parts(handle.get());
  if (url.endpoint.port == 0 || part_of(handle.get(), CURLUPART_PORT).empty()) {
    url.endpoint.port = url.scheme == "https" ? 443 : 1080;  // libcurl's defaults for proxies
  }
  return url;
}

Result<Url> resolve_url(const Url& base, const std::string& location) {
  const UrlHandle handle(curl_url());
  if (curl_url_set(handle.get(), CURLUPART_URL, base.text.c_str(), 0) != CURLUE_OK ||
      curl_url_set(handle.get(), CURLUPART_URL, location.c_str(), 0) != CURLUE_OK) {
    return fail(ErrorKind::invalid, "the redirect goes to no URL");
  }
  return read_parts(handle.get());
}

}  // namespace diktate
