// The thread "locked" asks; one that hangs in a bus is left behind at the end, hence the state that is shared
// with it.
#include "desktop/session_lock.h"

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <sdbus-c++/sdbus-c++.h>

#include "base/clock.h"
#include "base/thread_name.h"

namespace diktate {
namespace {

constexpr auto kLockLimit = std::chrono::milliseconds(200);
constexpr auto kLockPartingLimit = std::chrono::seconds(1);

// Who knows whether it is locked: by a method that answers with yes or no, or else by a property.
struct LockSource {
  const char* service;
  const char* path;
  const char* interface;
  const char* property = nullptr;
};

// "auto": of the session we run in, or else the user's graphical one.
constexpr LockSource kSystemSources[] = {{"org.freedesktop.login1", "/org/freedesktop/login1/session/auto",
                                          "org.freedesktop.login1.Session", "LockedHint"}};
constexpr LockSource kSessionSources[] = {
    {"org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"},
    {"org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"},
    {"org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver"},
    {"org.mate.ScreenSaver", "/org/mate/ScreenSaver", "org.mate.ScreenSaver"},
    {"org.xfce.ScreenSaver", "/org/xfce/ScreenSaver", "org.xfce.ScreenSaver"}};

// One of the two buses, connected when it is asked. One thread uses it.
class LockBus {
 public:
  using Open = std::unique_ptr<sdbus::IConnection> (*)();
  LockBus(Open open, std::span<const LockSource> sources) : open_(open), sources_(sources) {}

  // Whether one of them says so by then.
  bool says_locked(Instant until) {
    const auto names = names_there(until);
    return std::any_of(sources_.begin(), sources_.end(), [&](const LockSource& source) {
      const bool is_there = std::find(names.begin(), names.end(), source.service) != names.end();
      return is_there && is_locked(source, until);
    });
  }

 private:
  // Who is asked must be there already: a call would start it.
  std::vector<std::string> names_there(Instant until) {
    std::vector<std::string> names;
    for (const bool last_try : {connection_ == nullptr, true}) {
      try {
        if (!connection_) connection_ = open_();
        auto reply = ask("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames",
                         {}, until);
        reply >> names;
        return names;
      } catch (const sdbus::Error&) {  // it may have died since
        connection_.reset();
        if (last_try) break;
      }
    }
    return {};
  }

  bool is_locked(const LockSource& source, Instant until) {
    try {
      if (source.property == nullptr) {
        bool active = false;
        auto reply = ask(source.service, source.path, source.interface, "GetActive", {}, until);
        reply >> active;
        return active;
      }
      auto reply = ask(source.service, source.path, "org.freedesktop.DBus.Properties", "Get",
                       {source.interface, source.property}, until);
      sdbus::Variant value;
      reply >> value;
      return value.containsValueOfType<bool>() && value.get<bool>();
    } catch (const sdbus::Error&) {  // it does not know
      return false;
    }
  }

  // A limit of nothing would be the bus's own, which is long.
  sdbus::MethodReply ask(const char* service, const char* path, const char* interface, const char* method,
                         const std::vector<std::string>& arguments, Instant until) {
    const auto left = std::chrono::floor<std::chrono::microseconds>(until - SteadyClock().now());
    const auto object = sdbus::createProxy(*connection_, service, path);
    auto call = object->createMethodCall(interface, method);
    for (const std::string& argument : arguments) call << argument;
    return object->callMethod(call, std::max(left, std::chrono::microseconds(1)));
  }

  const Open open_;
  const std::span<const LockSource> sources_;
  std::unique_ptr<sdbus::IConnection> connection_;
};

}  // namespace

class SessionLock::Asker {
 public:
  bool ask() {
    std::unique_lock lock(mutex_);
    const std::uint64_t mine = ++asked_;
    changed_.notify_all();
    const bool in_time = changed_.wait_for(lock, kLockLimit, [&] { return answered_ >= mine; });
    return in_time && locked_;
  }

  // Begins the thread, the first time.
  void start(const std::shared_ptr<Asker>& self) {
    std::call_once(started_, [&] {
      thread_ = std::thread([self] {
        set_thread_name("locked");
        block_signals();
        self->run();
      });
    });
  }

  void stop() {
    if (!thread_.joinable()) return;
    std::unique_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    const bool is_over = changed_.wait_for(lock, kLockPartingLimit, [&] { return over_; });
    lock.unlock();
    if (is_over) {
      thread_.join();
    } else {
      thread_.detach();
    }
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [&] { return stopping_ || asked_ > answered_; });
      if (stopping_) break;
      const std::uint64_t number = asked_;
      lock.unlock();
      const Instant until = SteadyClock().now() + kLockLimit;
      const bool locked = system_.says_locked(until) || session_.says_locked(until);
      lock.lock();
      answered_ = number;
      locked_ = locked;
      changed_.notify_all();
    }
    over_ = true;
    changed_.notify_all();
  }

  std::once_flag started_;
  std::thread thread_;
  std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  std::uint64_t asked_ = 0;
  std::uint64_t answered_ = 0;
  bool locked_ = false;  // at the last answer
  bool stopping_ = false;
  bool over_ = false;
  LockBus session_{[] { return sdbus::createSessionBusConnection(); }, kSessionSources};  // the thread's
  LockBus system_{[] { return sdbus::createSystemBusConnection(); }, kSystemSources};     // the thread's
};

SessionLock::SessionLock() : asker_(std::make_shared<Asker>()) {}
SessionLock::~SessionLock() { asker_->stop(); }

bool SessionLock::locked() {
  asker_->start(asker_);
  return asker_->ask();
}

}  // namespace diktate
