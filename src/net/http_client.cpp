#include "net/http_client.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

#include <curl/curl.h>

#include "net/io_loop.h"
#include "net/remembered.h"

namespace diktate {
namespace {

Result<Route> route_to(const std::string& url, const ProxySettings& proxies) {
  auto parsed = parse_url(url);
  if (!parsed) return tl::unexpected(parsed.error());
  auto proxy = choose_proxy(*parsed, proxies);
  if (!proxy) return tl::unexpected(proxy.error());
  return Route{std::move(*parsed), std::move(*proxy)};
}

// What the I/O thread and the thread that waits for a request share; lives on the latter's stack.
class Call final : public TransferOwner {
 public:
  explicit Call(std::size_t buffer) : buffer_(buffer) {}

  bool take(std::string_view bytes) override {
    std::lock_guard lock(mutex_);
    paused_ = waiting_.size() >= buffer_;
    if (paused_) return false;
    waiting_ += bytes;
    changed_.notify_all();
    return true;
  }

  void done(Result<HttpResponse> response) override {
    std::lock_guard lock(mutex_);
    response_ = std::move(response);
    changed_.notify_all();  // with the lock: the other thread may destroy this as soon as it has it
  }

  struct Piece {
    std::string bytes;
    bool paused = false;  // the transfer waits to be resumed
  };

  // Waits for bytes; nothing when it is over.
  std::optional<Piece> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return response_ || !waiting_.empty(); });
    if (waiting_.empty()) return {};
    return Piece{std::exchange(waiting_, {}), std::exchange(paused_, false)};
  }

  Result<HttpResponse> response() { return std::move(*response_); }

 private:
  const std::size_t buffer_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string waiting_;
  bool paused_ = false;
  std::optional<Result<HttpResponse>> response_;
};

// Gathers how the addresses of a host answer.
class AddressList final : public ConnectObserver {
 public:
  void tried(const ProbedAddress& address) override {
    std::lock_guard lock(mutex_);
    fresh_.push_back(address);
    changed_.notify_all();
  }

  void all_tried() override {
    std::lock_guard lock(mutex_);
    over_ = true;
    changed_.notify_all();
  }

  // Waits for more; nothing when all are known, or somebody asked to stop.
  std::vector<ProbedAddress> next(std::stop_token cancel) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, cancel, [&] { return over_ || !fresh_.empty(); });
    return std::exchange(fresh_, {});
  }

  std::vector<ProbedAddress> there() {
    std::lock_guard lock(mutex_);
    return std::exchange(fresh_, {});
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<ProbedAddress> fresh_;
  bool over_ = false;
};

class CurlClient final : public HttpClient {
 public:
  CurlClient(HttpClientOptions options, std::unique_ptr<IoLoop> loop)
      : options_(std::move(options)), loop_(std::move(loop)) {}

  ~CurlClient() override {
    const Favourites favourites = loop_->favourites();
    loop_.reset();
    curl_global_cleanup();
    save_favourites(options_.state_folder, favourites);
  }

  Result<HttpResponse> request(const HttpRequest& request, std::stop_token cancel) override {
    return run(request, {}, nullptr, cancel);
  }

  Result<HttpResponse> stream(const HttpRequest& request, const OnData& on_data,
                              std::stop_token cancel) override {
    return run(request, on_data, nullptr, cancel);
  }

  void warm(const std::string& url, std::optional<Instant> until) override {
    const auto route = route_to(url, options_.proxies);
    if (route) loop_->warm(url, *route, until.value_or(Instant{}));
  }

  Result<ProbeReport> probe(const std::string& url, const OnAddress& on_address,
                            std::stop_token cancel) override;

 private:
  Result<HttpResponse> run(const HttpRequest& request, const OnData& on_data, ConnectObserver* observer,
                           std::stop_token cancel);

  const HttpClientOptions options_;
  std::unique_ptr<IoLoop> loop_;
};

Result<HttpResponse> CurlClient::run(const HttpRequest& request, const OnData& on_data,
                                     ConnectObserver* observer, std::stop_token cancel) {
  const Instant start = std::chrono::steady_clock::now();
  const auto route = route_to(request.url, options_.proxies);
  if (!route) return tl::unexpected(route.error());
  if (cancel.stop_requested()) return fail(ErrorKind::cancelled, "cancelled");
  Call call(options_.stream_buffer);
  Job job{.request = request,
          .start = start,
          .owner = &call,
          .streaming = static_cast<bool>(on_data),
          .observer = observer};
  const std::uint64_t id = loop_->submit(std::move(job), *route);
  const std::stop_callback on_cancel(cancel, [&] { loop_->cancel(id); });
  std::optional<Error> refused;
  while (auto piece = call.next()) {
    if (piece->paused) loop_->resume(id);
    if (refused) continue;
    if (auto taken = on_data(piece->bytes); !taken) {
      refused = taken.error();
      loop_->cancel(id);
    }
  }
  if (refused) return tl::unexpected(*refused);
  return call.response();
}

Result<ProbeReport> CurlClient::probe(const std::string& url, const OnAddress& on_address,
                                      std::stop_token cancel) {
  const auto route = route_to(url, options_.proxies);
  if (!route) return tl::unexpected(route.error());
  ProbeReport report;
  report.host = route->next_hop().host;
  report.proxy = route->proxy ? route->proxy->shown : "";
  AddressList addresses;
  const auto note = [&](std::vector<ProbedAddress> tried) {
    for (ProbedAddress& address : tried) {
      if (on_address) on_address(address);
      if (report.chosen.empty() && address.error.empty()) report.chosen = address.address;
      report.addresses.push_back(std::move(address));
    }
  };
  const HttpRequest head{.method = "HEAD", .url = url};
  auto cold = run(head, {}, &addresses, cancel);
  note(addresses.there());
  auto warm = cold ? run(head, {}, nullptr, cancel) : tl::unexpected(cold.error());
  if (cold) {
    for (auto more = addresses.next(cancel); !more.empty(); more = addresses.next(cancel))
      note(std::move(more));
  }
  loop_->stop_observing(route->next_hop());
  note(addresses.there());
  if (!cold && report.addresses.empty()) return tl::unexpected(cold.error());
  if (!warm) report.error = warm.error();
  if (cold) report.first_answer = cold->timings.total;
  if (cold) report.requests.push_back(cold->timings);
  if (warm) report.requests.push_back(warm->timings);
  return report;
}

}  // namespace

std::string_view HttpResponse::header(std::string_view name) const {
  const auto found = std::find_if(headers.rbegin(), headers.rend(),
                                  [&](const HttpHeader& header) { return header.name == name; });
  return found == headers.rend() ? std::string_view{} : found->value;
}

Result<std::unique_ptr<HttpClient>> make_http_client(HttpClientOptions options) {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return fail(ErrorKind::failed, "libcurl does not start");
  auto loop = IoLoop::create(options, load_favourites(options.state_folder));
  if (!loop) {
    curl_global_cleanup();
    return tl::unexpected(loop.error());
  }
  return std::make_unique<CurlClient>(std::move(options), std::move(*loop));
}

}  // namespace diktate
