#include "net/transfer.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include <curl/curl.h>

#include "net/transfer_error.h"

namespace diktate {
namespace {

constexpr std::size_t kMostHeaderBytes = 256U << 10;
constexpr int kMostRedirects = 3;
// A connection idle for longer is not used again. Whether its peer is still there is seen when it is used.
constexpr long kIdleSeconds = 3600;
constexpr long kKeepaliveIdleSeconds = 30;
constexpr long kKeepaliveIntervalSeconds = 10;

Instant now() { return std::chrono::steady_clock::now(); }

std::size_t header_callback(char* bytes, std::size_t size, std::size_t count, void* transfer) {
  return static_cast<Transfer*>(transfer)->on_header({bytes, size * count});
}

std::size_t body_callback(char* bytes, std::size_t size, std::size_t count, void* transfer) {
  return static_cast<Transfer*>(transfer)->on_body({bytes, size * count});
}

curl_socket_t open_callback(void* transfer, curlsocktype, curl_sockaddr*) {
  const int fd = static_cast<Transfer*>(transfer)->on_open_socket();
  return fd < 0 ? CURL_SOCKET_BAD : fd;
}

int connected_callback(void*, curl_socket_t, curlsocktype) { return CURL_SOCKOPT_ALREADY_CONNECTED; }

int close_callback(void* sockets, curl_socket_t fd) {
  static_cast<SocketBook*>(sockets)->close(fd);
  return 0;
}

int send_callback(void* transfer, char* peer, char* own, int, int own_port) {
  return static_cast<Transfer*>(transfer)->on_send(peer, own, own_port) ? CURL_PREREQFUNC_OK
                                                                        : CURL_PREREQFUNC_ABORT;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(kSpace) - begin + 1));
}

bool is_clean(const std::string& text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
}

}  // namespace

void Transfer::HandleDeleter::operator()(void* handle) const { curl_easy_cleanup(handle); }

void Transfer::ListDeleter::operator()(curl_slist* list) const { curl_slist_free_all(list); }

Transfer::Transfer(Job job, Route route, SocketBook& sockets)
    : job_(std::move(job)), route_(std::move(route)), sockets_(sockets), handle_(curl_easy_init()) {}

Transfer::~Transfer() = default;

Result<std::unique_ptr<Transfer>> Transfer::create(Job job, Route route, const HttpClientOptions& options,
                                                   SocketBook& sockets) {
  std::unique_ptr<Transfer> transfer(new Transfer(std::move(job), std::move(route), sockets));
  if (!transfer->handle_) return fail(ErrorKind::failed, "libcurl has no memory for a request");
  if (auto done = transfer->set_up(options); !done) return tl::unexpected(done.error());
  return transfer;
}

Result<void> Transfer::set_up(const HttpClientOptions& options) {
  CURL* handle = handle_.get();
  curl_slist* list = curl_slist_append(nullptr, "Expect:");  // else the server is waited for above 1 MB
  for (const HttpHeader& header : job_.request.headers) {
    const std::string line = header.name + (header.value.empty() ? ";" : ": " + header.value);
    if (!is_clean(line)) {
      curl_slist_free_all(list);
      return fail(ErrorKind::invalid,
                  "a header of the request to " + route_.url.endpoint.text() + " has a line break in it");
    }
    list = curl_slist_append(list, line.c_str());
  }
  headers_.reset(list);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, list);
  curl_easy_setopt(handle, CURLOPT_URL, route_.url.text.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
  curl_easy_setopt(handle, CURLOPT_PIPEWAIT, route_.url.is_tls() ? 1L : 0L);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(handle, CURLOPT_TCP_KEEPIDLE, kKeepaliveIdleSeconds);
  curl_easy_setopt(handle, CURLOPT_TCP_KEEPINTVL, kKeepaliveIntervalSeconds);
  curl_easy_setopt(handle, CURLOPT_MAXAGE_CONN, kIdleSeconds);
  const auto limit = std::chrono::ceil<std::chrono::milliseconds>(options.connect_limit);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limit.count()));
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail_.data());
  if (!options.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, options.ca_file.c_str());
  set_callbacks();
  set_method();
  set_proxy();
  return {};
}

void Transfer::set_callbacks() {
  CURL* handle = handle_.get();
  curl_easy_setopt(handle, CURLOPT_PRIVATE, this);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, header_callback);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, body_callback);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_callback);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, connected_callback);
  curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, close_callback);
  curl_easy_setopt(handle, CURLOPT_CLOSESOCKETDATA,
                   &sockets_);  // outlives the connection, as the transfer may not
  curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, send_callback);
  curl_easy_setopt(handle, CURLOPT_PREREQDATA, this);
}

void Transfer::set_method() {
  CURL* handle = handle_.get();
  const HttpRequest& request = job_.request;
  if (request.method == "HEAD") {
    curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
  } else if (request.method != "GET" || !request.body.empty()) {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
  }
  if (request.method != "GET" && request.method != "HEAD" && request.method != "POST") {
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
}

// Which proxy is ours to say: libcurl must not read the environment by itself.
void Transfer::set_proxy() {
  CURL* handle = handle_.get();
  curl_easy_setopt(handle, CURLOPT_PROXY, route_.proxy ? route_.proxy->url.text.c_str() : "");
  if (!route_.proxy) return;
  curl_easy_setopt(handle, CURLOPT_NOPROXY, "");
  curl_easy_setopt(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  timings_.proxy = route_.proxy->shown;
}

void Transfer::use(Connection connection) {
  begin_send();
  given_ = std::move(connection.socket);
  timings_.lookup = connection.lookup;
  timings_.connect = connection.connect;
  // libcurl is told the address too, and has no name to look up.
  const Endpoint& host = route_.next_hop();
  const std::string address = connection.address.text();
  const std::string bracketed = connection.address.family() == AF_INET6 ? "[" + address + "]" : address;
  pins_.reset(curl_slist_append(nullptr, (host.text() + ":" + bracketed).c_str()));
  curl_easy_setopt(handle_.get(), CURLOPT_RESOLVE, pins_.get());
  curl_easy_setopt(handle_.get(), CURLOPT_FRESH_CONNECT, 1L);
}

void Transfer::reuse() {
  begin_send();
  timings_.lookup = {};
  timings_.connect = {};
  curl_easy_setopt(handle_.get(), CURLOPT_FRESH_CONNECT, 0L);
}

void Transfer::begin_send() {
  given_ = {};
  wants_connection_ = false;
  opened_ = sent_ = first_byte_ = {};
  socket_ = -1;
  timings_.tls = {};
  timings_.reused = false;
  detail_.front() = '\0';
}

int Transfer::on_open_socket() {
  if (!given_) {
    wants_connection_ = true;
    return -1;
  }
  opened_ = now();
  sockets_.add(given_.get());
  return given_.release();
}

bool Transfer::on_send(const char* peer, const char* own_address, int own_port) {
  socket_ = sockets_.find(own_address, own_port);
  timings_.reused = opened_ == Instant{};
  if (timings_.reused && is_closed(socket_)) {
    wants_connection_ = true;
    return false;
  }
  sent_ = now();
  ++timings_.attempts;
  timings_.address = peer;
  if (!timings_.reused && route_.url.is_tls()) timings_.tls = sent_ - opened_;
  return true;
}

std::size_t Transfer::on_header(std::string_view line) {
  if (!answered()) first_byte_ = now();
  header_bytes_ += line.size();
  if (header_bytes_ > kMostHeaderBytes) {
    too_large_ = true;
    return 0;
  }
  if (line.starts_with("HTTP/")) {  // those of a "100 Continue" before it do not count
    response_.headers.clear();
    return line.size();
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return line.size();
  std::string name = trimmed(line.substr(0, colon));
  const auto to_lower = [](unsigned char c) { return static_cast<char>(std::tolower(c)); };
  std::transform(name.begin(), name.end(), name.begin(), to_lower);
  response_.headers.push_back({std::move(name), trimmed(line.substr(colon + 1))});
  return line.size();
}

std::size_t Transfer::on_body(std::string_view bytes) {
  if (body_bytes_ + bytes.size() > job_.request.most_bytes) {
    too_large_ = true;
    return 0;
  }
  long status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  if (job_.streaming && response_.ok()) {
    if (!job_.owner->take(bytes)) return CURL_WRITEFUNC_PAUSE;
  } else {
    response_.body += bytes;
  }
  body_bytes_ += bytes.size();
  return bytes.size();
}

bool Transfer::redirects() const {
  long status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status == 307 || status == 308) return true;
  const bool reads = job_.request.method == "GET" || job_.request.method == "HEAD";
  return reads && (status == 301 || status == 302 || status == 303);
}

bool Transfer::follow_redirect() {
  if (!redirects() || redirects_ >= kMostRedirects) return false;
  const std::string location(response_.header("location"));
  const auto url = resolve_url(route_.url, location);
  if (location.empty() || !url || !url->same_origin(route_.url)) return false;
  ++redirects_;
  route_.url = *url;
  response_ = {};
  header_bytes_ = body_bytes_ = 0;
  curl_easy_setopt(handle_.get(), CURLOPT_URL, route_.url.text.c_str());
  return true;
}

bool Transfer::found_dead(int code) const {
  const bool dead = code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_GOT_NOTHING ||
                    code == CURLE_HTTP2 || code == CURLE_HTTP2_STREAM;
  return dead && waits_on_reused();
}

Result<HttpResponse> Transfer::result(int code) {
  if (code != CURLE_OK) return tl::unexpected(error(code));
  long status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  timings_.first_byte = first_byte_ - job_.start;
  timings_.total = now() - job_.start;
  response_.timings = timings_;
  return std::move(response_);
}

Error Transfer::error(int code) const {
  if (too_large_) {
    return {ErrorKind::failed, "the answer of " + route_.url.endpoint.text() + " is larger than " +
                                   std::to_string(job_.request.most_bytes) + " bytes"};
  }
  if (code == CURLE_OPERATION_TIMEDOUT) return timeout(false);
  long verified = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_SSL_VERIFYRESULT, &verified);
  return transfer_error(code, verified, detail_.data(), route_);
}

Error Transfer::timeout(bool looking_up) const {
  const Endpoint& host = route_.url.endpoint;
  if (looking_up)
    return {ErrorKind::timeout, "the name " + route_.next_hop().host + " was not resolved in time"};
  if (opened_ == Instant{} && connecting()) {
    return {ErrorKind::timeout, route_.next_hop().text() + " could not be connected to in time"};
  }
  if (connecting()) return {ErrorKind::timeout, host.text() + " did not complete the TLS handshake in time"};
  if (!answered()) return {ErrorKind::timeout, host.text() + " is connected, but did not answer in time"};
  return {ErrorKind::timeout, host.text() + " did not end its answer in time"};
}

}  // namespace diktate
