// HTTP for the processors: warm connections, the fastest address of a host, phases timed, limits and
// cancelling.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/time_asleep.h"
#include "net/proxy.h"
#include "net/resolver.h"

namespace diktate {

struct HttpHeader {
  std::string name;
  std::string value;
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<HttpHeader> headers = {};  // Content-Type and Authorization are the caller's affair
  std::string body = {};
  std::optional<Instant> deadline = {};  // of everything: lookup, connecting, the last byte
  std::size_t most_bytes = 16U << 20;    // of the answer's body
};

// Where the time of one request went. The first three are how long a phase took, 0 when the connection was
// there already; the last two count from the call.
struct HttpTimings {
  Nanoseconds lookup{};
  Nanoseconds connect{};
  Nanoseconds tls{};
  Nanoseconds first_byte{};
  Nanoseconds total{};
  bool reused = false;  // the connection that answered had served before
  std::string address;  // of the peer, which may be the proxy
  int attempts = 0;     // how often the request was really sent
  std::string proxy;    // "http://host:port", without its password; empty: none
};

struct HttpResponse {
  int status = 0;
  std::vector<HttpHeader> headers;  // names in lower case
  std::string body;
  HttpTimings timings;

  bool ok() const { return status >= 200 && status < 300; }
  // The value of the last header of that name (lower case); empty: there is none.
  std::string_view header(std::string_view name) const;
};

// How one address of a host answered to a connect.
struct ProbedAddress {
  std::string address;
  Nanoseconds connect{};
  std::string error;  // empty: it is connected
};

struct ProbeReport {
  std::string host;                      // of the proxy, if there is one
  std::vector<ProbedAddress> addresses;  // in the order in which they answered
  std::string chosen;                    // the first that connected
  std::string proxy;
  Nanoseconds first_answer{};         // from the call to the first answer's last byte
  std::vector<HttpTimings> requests;  // cold, then on the connection that is there
  std::optional<Error> error;         // why there are fewer
};

struct HttpClientOptions {
  std::filesystem::path state_folder;  // where winners are remembered; empty: nowhere
  ProxySettings proxies = proxies_from_environment();
  std::string ca_file;  // empty: the system's
  Nanoseconds lookup_limit = std::chrono::seconds(5);
  Nanoseconds connect_limit = std::chrono::seconds(10);  // of all addresses together, and of TLS
  std::size_t stream_buffer = 256U << 10;  // bytes that wait for on_data before the server is made to wait

  // For tests.
  LookupFunction lookup = system_lookup;
  std::function<Nanoseconds()> time_asleep = diktate::time_asleep;
};

// Thread-safe, but nobody may be inside a call when it is destroyed. Any status is an answer; errors are for
// requests without one: `invalid` (the request), `unavailable` (no such name, no way there), `refused`
// (nobody listens), `timeout`, `cancelled`, `failed` (TLS, too large, broken answers). A redirect is followed
// within the same origin only, else it is the answer. A request whose reused connection turns out to be dead
// is sent again on a fresh one.
class HttpClient {
 public:
  // An error ends the transfer, and is what stream() answers.
  using OnData = std::function<Result<void>(std::string_view bytes)>;
  using OnAddress = std::function<void(const ProbedAddress& address)>;

  virtual ~HttpClient() = default;

  // Waits for the whole answer, the deadline or `cancel` (noticed within 20 ms).
  virtual Result<HttpResponse> request(const HttpRequest& request, std::stop_token cancel) = 0;

  // The same, handing over the body of a 2xx answer as it comes, on the calling thread; bytes live for the
  // call. The bodies of other answers are not handed over, but returned.
  virtual Result<HttpResponse> stream(const HttpRequest& request, const OnData& on_data,
                                      std::stop_token cancel) = 0;

  // Makes a connection ready with `HEAD url`, and does not wait for it. With `until`, it is kept so: idle
  // servers are asked again every two seconds, and one that closed is connected to again.
  virtual void warm(const std::string& url, std::optional<Instant> until = {}) = 0;

  // Times every address of the host, then two requests (HEAD): cold as soon as one address answers, and
  // again. Waits for that, and for slow addresses up to 5 s. on_address is called on this thread.
  virtual Result<ProbeReport> probe(const std::string& url, const OnAddress& on_address,
                                    std::stop_token cancel) = 0;
};

// Starts the I/O thread. Does not contact anybody.
Result<std::unique_ptr<HttpClient>> make_http_client(HttpClientOptions options);

}  // namespace diktate
