// The one thread that does all network work: it only polls, and never waits for anything else.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "net/connecting.h"
#include "net/dialler.h"
#include "net/http_client.h"
#include "net/resolver.h"
#include "net/socket_book.h"
#include "net/transfer.h"

namespace diktate {

// The address that won last, by "host:port".
using Favourites = std::map<std::string, std::string>;

// The public methods are for any thread but its own, and do not wait, unless they say so.
class IoLoop {
 public:
  static Result<std::unique_ptr<IoLoop>> create(const HttpClientOptions& options, Favourites favourites);
  ~IoLoop();  // transfers that are under way end as cancelled
  IoLoop(const IoLoop&) = delete;
  IoLoop& operator=(const IoLoop&) = delete;

  // Answers with an id; the owner is told the outcome.
  std::uint64_t submit(Job job, const Route& route);
  void cancel(std::uint64_t id);
  // The owner has room again.
  void resume(std::uint64_t id);
  // HEAD now, and every two seconds until then.
  void warm(const std::string& url, const Route& route, Instant until);

  // Waits for the loop, which is not long: afterwards no observer of that host is called.
  void stop_observing(const Endpoint& host);
  // Waits for the loop. Those of hosts that have several addresses.
  Favourites favourites();

 private:
  struct Flight {
    std::unique_ptr<Transfer> transfer;
    bool running = false;  // inside libcurl; else it waits for a connection
  };
  struct Line {
    Dialler dialler;
    std::vector<std::uint64_t> waiting;  // flights
  };
  struct Warmth {
    Route route;
    Instant until;
    Instant next;
  };
  struct MultiDeleter {
    void operator()(void* multi) const;
  };

  IoLoop(const HttpClientOptions& options, Favourites favourites);
  void post(std::function<void()> work);
  void post_and_wait(const std::function<void()>& work);
  void wake();

  // All below is the thread's own.
  void run();
  void run_posted();
  void begin(Job job, const Route& route);
  void start(Flight& flight);
  void add(Flight& flight);
  void remove(Flight& flight);
  void dial(Flight& flight);
  void settle(std::uint64_t id, Result<HttpResponse> result);
  void resend(Flight& flight, const Error& error);

  void perform();
  void finished(Flight& flight, int code);
  void advance_diallers();
  void hand_over(Line& line, Result<Connection> result);
  void check_deadlines();
  void check_peers();
  void check_sleep();
  void keep_warm();
  bool serves(const Url& url) const;
  void wait();
  Instant next_event() const;
  Line& line_to(const Endpoint& host);

  const HttpClientOptions options_;
  Favourites remembered_;
  SocketBook sockets_;                         // before what closes sockets
  std::unique_ptr<void, MultiDeleter> multi_;  // a CURLM*
  std::atomic<std::uint64_t> last_id_ = 0;

  std::mutex mutex_;
  std::vector<std::function<void()>> posted_;
  bool stopping_ = false;

  Instant now_{};  // of this turn
  std::optional<Resolver> resolver_;
  std::map<std::string, Line> lines_;  // by "host:port"
  std::map<std::uint64_t, Flight> flights_;
  std::map<std::string, Warmth> warmths_;  // by URL
  Nanoseconds asleep_{};

  std::thread thread_;  // last: it uses all of the above
};

}  // namespace diktate
