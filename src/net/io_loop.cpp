#include "net/io_loop.h"

#include <algorithm>
#include <array>
#include <future>
#include <utility>

#include <curl/curl.h>

#include "base/thread_name.h"
#include "base/time_asleep.h"

namespace diktate {
namespace {

constexpr Nanoseconds kLongestPoll = std::chrono::seconds(1);
constexpr Nanoseconds kSleepCheck = std::chrono::milliseconds(200);
constexpr Nanoseconds kPeerCheck = std::chrono::milliseconds(20);
constexpr Nanoseconds kFirstPeerCheck = std::chrono::milliseconds(240);
constexpr Nanoseconds kWarmEvery = std::chrono::seconds(2);
constexpr Nanoseconds kWarmLimit = std::chrono::seconds(10);
constexpr long kMostIdleConnections = 32;

Error cancelled() { return {ErrorKind::cancelled, "cancelled"}; }

}  // namespace

void IoLoop::MultiDeleter::operator()(void* multi) const { curl_multi_cleanup(multi); }

Result<std::unique_ptr<IoLoop>> IoLoop::create(const HttpClientOptions& options, Favourites favourites) {
  std::unique_ptr<IoLoop> loop(new IoLoop(options, std::move(favourites)));
  if (!loop->multi_) return fail(ErrorKind::failed, "libcurl does not start");
  curl_multi_setopt(loop->multi_.get(), CURLMOPT_MAXCONNECTS, kMostIdleConnections);
  loop->asleep_ = options.time_asleep();
  loop->resolver_.emplace(options.lookup, [multi = loop->multi_.get()] { curl_multi_wakeup(multi); });
  try {
    loop->thread_ = std::thread([raw = loop.get()] { raw->run(); });
  } catch (const std::system_error& error) {
    return fail(ErrorKind::failed, std::string("cannot start a thread: ") + error.what());
  }
  return loop;
}

IoLoop::IoLoop(const HttpClientOptions& options, Favourites favourites)
    : options_(options), remembered_(std::move(favourites)), multi_(curl_multi_init()) {}

IoLoop::~IoLoop() {
  if (!thread_.joinable()) return;
  post([this] { stopping_ = true; });
  thread_.join();
}

void IoLoop::post(std::function<void()> work) {
  {
    std::lock_guard lock(mutex_);
    posted_.push_back(std::move(work));
  }
  wake();
}

void IoLoop::post_and_wait(const std::function<void()>& work) {
  std::promise<void> done;
  post([&] {
    work();
    done.set_value();
  });
  done.get_future().wait();
}

void IoLoop::wake() { curl_multi_wakeup(multi_.get()); }

std::uint64_t IoLoop::submit(Job job, const Route& route) {
  job.id = ++last_id_;
  const std::uint64_t id = job.id;
  post([this, route, job = std::move(job)]() mutable { begin(std::move(job), route); });
  return id;
}

void IoLoop::cancel(std::uint64_t id) {
  post([this, id] {
    if (flights_.contains(id)) settle(id, tl::unexpected(cancelled()));
  });
}

void IoLoop::resume(std::uint64_t id) {
  post([this, id] {
    const auto found = flights_.find(id);
    if (found != flights_.end() && found->second.running) {
      curl_easy_pause(found->second.transfer->handle(), CURLPAUSE_CONT);
    }
  });
}

void IoLoop::warm(const std::string& url, const Route& route, Instant until) {
  post([this, url, route, until] {
    auto [known, added] = warmths_.try_emplace(url, Warmth{route, until, now_});
    if (!added) known->second = {route, std::max(until, known->second.until), now_};
  });
}

void IoLoop::stop_observing(const Endpoint& host) {
  post_and_wait([&] { line_to(host).dialler.stop_observing(); });
}

Favourites IoLoop::favourites() {
  Favourites favourites;
  post_and_wait([&] {
    for (const auto& [host, line] : lines_) {
      if (line.dialler.several() && !line.dialler.favourite().empty()) {
        favourites[host] = line.dialler.favourite();
      }
    }
  });
  return favourites;
}

void IoLoop::run() {
  set_thread_name("net");
  block_signals();  // OpenSSL writes without MSG_NOSIGNAL
  while (!stopping_) {
    now_ = std::chrono::steady_clock::now();
    run_posted();
    check_sleep();
    perform();
    advance_diallers();
    check_deadlines();
    check_peers();
    keep_warm();
    if (!stopping_) wait();
  }
  while (!flights_.empty()) settle(flights_.begin()->first, tl::unexpected(cancelled()));
}

void IoLoop::run_posted() {
  std::vector<std::function<void()>> work;
  {
    std::lock_guard lock(mutex_);
    work.swap(posted_);
  }
  for (const auto& each : work) each();
}

void IoLoop::begin(Job job, const Route& route) {
  const std::uint64_t id = job.id;
  TransferOwner* owner = job.owner;
  auto transfer = Transfer::create(std::move(job), route, options_, sockets_);
  if (!transfer) {
    if (owner != nullptr) owner->done(tl::unexpected(transfer.error()));
    return;
  }
  Flight& flight = flights_[id];
  flight.transfer = std::move(*transfer);
  start(flight);
}

// libcurl may have a connection if one was ever made; if it has none it says so.
void IoLoop::start(Flight& flight) {
  Transfer& transfer = *flight.transfer;
  const bool cold = line_to(transfer.route().next_hop()).dialler.connections() == 0;
  if (cold || transfer.job().observer != nullptr) return dial(flight);
  transfer.reuse();
  add(flight);
}

void IoLoop::add(Flight& flight) {
  const CURLMcode code = curl_multi_add_handle(multi_.get(), flight.transfer->handle());
  flight.running = code == CURLM_OK;
  if (flight.running) return;
  settle(flight.transfer->job().id, fail(ErrorKind::failed, curl_multi_strerror(code)));
}

void IoLoop::remove(Flight& flight) {
  if (flight.running) curl_multi_remove_handle(multi_.get(), flight.transfer->handle());
  flight.running = false;
}

void IoLoop::dial(Flight& flight) {
  Line& line = line_to(flight.transfer->route().next_hop());
  line.waiting.push_back(flight.transfer->job().id);
  line.dialler.dial(now_, flight.transfer->take_observer());
}

void IoLoop::settle(std::uint64_t id, Result<HttpResponse> result) {
  auto node = flights_.extract(id);
  Flight& flight = node.mapped();
  remove(flight);
  std::erase(line_to(flight.transfer->route().next_hop()).waiting, id);
  TransferOwner* owner = flight.transfer->job().owner;
  if (owner != nullptr) owner->done(std::move(result));
}

void IoLoop::perform() {
  int running = 0;
  curl_multi_perform(multi_.get(), &running);
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    Transfer* transfer = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
    finished(flights_.at(transfer->job().id), code);
  }
}

void IoLoop::finished(Flight& flight, int code) {
  remove(flight);
  Transfer& transfer = *flight.transfer;
  if (code == CURLE_OK && transfer.follow_redirect()) return start(flight);
  if (code != CURLE_OK && transfer.wants_connection()) return dial(flight);
  if (transfer.found_dead(code) && transfer.may_resend()) return dial(flight);
  settle(transfer.job().id, transfer.result(code));
}

void IoLoop::advance_diallers() {
  for (auto& [host, line] : lines_) {
    line.dialler.advance(now_);
    if (auto result = line.dialler.take()) hand_over(line, std::move(*result));
  }
}

void IoLoop::hand_over(Line& line, Result<Connection> result) {
  std::vector<std::uint64_t> waiting = std::exchange(line.waiting, {});
  if (!result) {
    for (const std::uint64_t id : waiting) settle(id, tl::unexpected(result.error()));
    return;
  }
  // Those that somebody waits for go before those that only warm.
  std::stable_partition(waiting.begin(), waiting.end(),
                        [&](std::uint64_t id) { return flights_.at(id).transfer->job().owner != nullptr; });
  for (const std::uint64_t id : waiting) {
    Flight& flight = flights_.at(id);
    if (result->socket) {
      flight.transfer->use(std::move(*result));
      add(flight);
    } else if (flight.transfer->route().url.is_tls()) {
      flight.transfer->reuse();  // it may share the connection that is being made
      add(flight);
    } else {
      dial(flight);
    }
  }
}

void IoLoop::check_deadlines() {
  std::vector<std::uint64_t> late;
  for (const auto& [id, flight] : flights_) {
    const auto& deadline = flight.transfer->job().request.deadline;
    if (deadline && *deadline <= now_) late.push_back(id);
  }
  for (const std::uint64_t id : late) {
    const Flight& flight = flights_.at(id);
    const bool looking_up = line_to(flight.transfer->route().next_hop()).dialler.looking_up();
    settle(id, tl::unexpected(flight.transfer->timeout(!flight.running && looking_up)));
  }
}

void IoLoop::check_peers() {
  std::vector<std::uint64_t> dead;
  for (const auto& [id, flight] : flights_) {
    const Transfer& transfer = *flight.transfer;
    if (flight.running && transfer.waits_on_reused() &&
        peer_is_gone(transfer.socket(), now_ - transfer.sent())) {
      dead.push_back(id);
    }
  }
  for (const std::uint64_t id : dead) {
    Flight& flight = flights_.at(id);
    SocketBook::shut_down(flight.transfer->socket());
    const std::string host = flight.transfer->route().url.endpoint.text();
    resend(flight, {ErrorKind::timeout, host + " does not react any more"});
  }
}

void IoLoop::resend(Flight& flight, const Error& error) {
  remove(flight);
  if (!flight.transfer->may_resend()) return settle(flight.transfer->job().id, tl::unexpected(error));
  dial(flight);
}

// What was connected before the machine slept is not, whatever the sockets say.
void IoLoop::check_sleep() {
  const Nanoseconds asleep = options_.time_asleep();
  if (asleep - std::exchange(asleep_, asleep) < kShortestSleep) return;
  std::set<int> kept;
  std::vector<std::uint64_t> silent;
  for (const auto& [id, flight] : flights_) {
    if (!flight.running) continue;
    if (flight.transfer->answered()) {
      kept.insert(flight.transfer->socket());
    } else {
      silent.push_back(id);
    }
  }
  sockets_.shut_down_all_but(kept);
  for (const std::uint64_t id : silent) {
    resend(flights_.at(id), {ErrorKind::timeout, "the connection did not live through the sleep"});
  }
}

void IoLoop::keep_warm() {
  for (auto entry = warmths_.begin(); entry != warmths_.end();) {
    Warmth& warmth = entry->second;
    if (warmth.next <= now_) {
      Job job{.id = ++last_id_,
              .request = {.method = "HEAD", .url = entry->first, .deadline = now_ + kWarmLimit},
              .start = now_};
      warmth.next = now_ + kWarmEvery;
      if (!serves(warmth.route.url)) begin(std::move(job), warmth.route);
    }
    entry = warmth.next > warmth.until ? warmths_.erase(entry) : std::next(entry);
  }
}

// Whether a request is under way there: the connection is as warm as can be.
bool IoLoop::serves(const Url& url) const {
  return std::any_of(flights_.begin(), flights_.end(), [&](const auto& flight) {
    return flight.second.transfer->route().url.same_origin(url);
  });
}

void IoLoop::wait() {
  std::vector<pollfd> fds;
  for (const auto& [host, line] : lines_) line.dialler.add_fds(fds);
  std::vector<curl_waitfd> extra;
  for (const pollfd& fd : fds) extra.push_back({fd.fd, CURL_WAIT_POLLOUT, 0});
  const Nanoseconds left = std::max(Nanoseconds{}, next_event() - std::chrono::steady_clock::now());
  const auto timeout = std::chrono::ceil<std::chrono::milliseconds>(std::min(left, kLongestPoll));
  curl_multi_poll(multi_.get(), extra.data(), static_cast<unsigned>(extra.size()),
                  static_cast<int>(timeout.count()), nullptr);
}

Instant IoLoop::next_event() const {
  Instant next = now_ + kLongestPoll;
  if (!flights_.empty()) next = now_ + kSleepCheck;
  for (const auto& [host, line] : lines_) next = std::min(next, line.dialler.next_event());
  for (const auto& [url, warmth] : warmths_) next = std::min(next, warmth.next);
  for (const auto& [id, flight] : flights_) {
    const Transfer& transfer = *flight.transfer;
    if (const auto& deadline = transfer.job().request.deadline) next = std::min(next, *deadline);
    if (!flight.running || !transfer.waits_on_reused()) continue;
    next = std::min(next, std::max(transfer.sent() + kFirstPeerCheck, now_ + kPeerCheck));
  }
  return next;
}

IoLoop::Line& IoLoop::line_to(const Endpoint& host) {
  const std::string key = host.text();
  const auto known = lines_.find(key);
  if (known != lines_.end()) return known->second;
  const DialLimits limits{options_.lookup_limit, options_.connect_limit};
  Line line{Dialler(host, *resolver_, limits, remembered_[key]), {}};
  return lines_.emplace(key, std::move(line)).first->second;
}

}  // namespace diktate
