// One request inside libcurl: its handle, what comes back, and the phases it goes through.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "net/connecting.h"
#include "net/http_client.h"
#include "net/proxy.h"
#include "net/socket_book.h"
#include "net/url.h"

struct curl_slist;

namespace diktate {

// Whoever waits for a transfer. Called on the I/O thread; must not wait.
class TransferOwner {
 public:
  virtual ~TransferOwner() = default;
  // A piece of a streamed body; false: later, after IoLoop::resume().
  virtual bool take(std::string_view bytes) = 0;
  // The last call.
  virtual void done(Result<HttpResponse> response) = 0;
};

struct Job {
  std::uint64_t id = 0;
  HttpRequest request;
  Instant start;                   // of the call
  TransferOwner* owner = nullptr;  // nobody waits
  bool streaming = false;
  ConnectObserver* observer = nullptr;
};

// Where a request goes.
struct Route {
  Url url;
  std::optional<Proxy> proxy;
  // What has to be connected to.
  const Endpoint& next_hop() const { return proxy ? proxy->url.endpoint : url.endpoint; }
};

// Belongs to the I/O thread. libcurl never makes a connection by itself here: it reuses one, is handed one,
// or ends the transfer with wants_connection(). So every connection comes from a race (docs/adr/0005).
class Transfer {
 public:
  static Result<std::unique_ptr<Transfer>> create(Job job, Route route, const HttpClientOptions& options,
                                                  SocketBook& sockets);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // The next send: on this connection, or on one that libcurl has.
  void use(Connection connection);
  void reuse();

  void* handle() const { return handle_.get(); }  // a CURL*
  const Job& job() const { return job_; }
  // Whoever watches the first race; once.
  ConnectObserver* take_observer() { return std::exchange(job_.observer, nullptr); }
  const Route& route() const { return route_; }

  bool wants_connection() const { return wants_connection_; }
  bool answered() const { return first_byte_ != Instant{}; }
  // Sent on a connection that had served before, and nothing has come back.
  bool waits_on_reused() const { return sent_ != Instant{} && timings_.reused && !answered(); }
  bool connecting() const { return sent_ == Instant{}; }
  Instant sent() const { return sent_; }
  int socket() const { return socket_; }

  // After libcurl has ended it. Whether it goes on at the same origin; then it is ready for use() or reuse().
  bool follow_redirect();
  // Whether `code` (a CURLcode) says that the connection it reused was dead.
  bool found_dead(int code) const;
  // Whether it may be sent once more; counts.
  bool may_resend() { return resends_++ < kMostResends; }
  // What its owner is told.
  Result<HttpResponse> result(int code);
  Error timeout(bool looking_up) const;

  std::size_t on_header(std::string_view line);
  std::size_t on_body(std::string_view bytes);
  int on_open_socket();
  // False: not on this connection, whose other end is closed already.
  bool on_send(const char* peer, const char* own_address, int own_port);

 private:
  static constexpr int kMostResends = 2;

  struct HandleDeleter {
    void operator()(void* handle) const;
  };
  struct ListDeleter {
    void operator()(curl_slist* list) const;
  };
  using List = std::unique_ptr<curl_slist, ListDeleter>;

  Transfer(Job job, Route route, SocketBook& sockets);
  Result<void> set_up(const HttpClientOptions& options);
  void set_callbacks();
  void set_method();
  void set_proxy();
  void begin_send();
  bool redirects() const;
  Error error(int code) const;

  Job job_;
  Route route_;
  SocketBook& sockets_;
  std::unique_ptr<void, HandleDeleter> handle_;
  List headers_;
  List pins_;
  std::array<char, 256> detail_{};  // libcurl's own words, CURL_ERROR_SIZE

  UniqueFd given_;  // a connected socket that libcurl has not asked for yet
  Instant opened_{};
  Instant sent_{};
  Instant first_byte_{};
  int socket_ = -1;
  bool wants_connection_ = false;
  bool too_large_ = false;
  int resends_ = 0;
  int redirects_ = 0;
  std::size_t header_bytes_ = 0;
  std::size_t body_bytes_ = 0;
  HttpTimings timings_;
  HttpResponse response_;
};

}  // namespace diktate
