#include "desktop/portal/check.h"

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "desktop/portal/remote_desktop.h"
#include "desktop/portal/session_thread.h"

namespace diktate {
namespace {

// Opens no session.
class PortalCheck final : public PortalSession {
 public:
  explicit PortalCheck(std::vector<std::string> interfaces) : interfaces_(std::move(interfaces)) {}
  std::future<Result<void>> answer() { return answer_.get_future(); }

  Result<void> open(PortalConnection& connection) override {
    Result<void> has;
    for (const std::string& interface : interfaces_)
      if (has) has = portal_has(connection, interface);
    tell(has);
    return fail(ErrorKind::cancelled, "it was only to be known");
  }
  void on_wake(PortalConnection& /*connection*/) override {}
  void on_closed(const Error& why) override { tell(tl::unexpected(why)); }

 private:
  void tell(Result<void> has) {
    if (!std::exchange(told_, true)) answer_.set_value(std::move(has));
  }

  const std::vector<std::string> interfaces_;
  std::promise<Result<void>> answer_;
  bool told_ = false;
};

Result<void> check(std::vector<std::string> interfaces, Nanoseconds limit) {
  const auto no_answer = fail(ErrorKind::timeout, "the desktop portal does not answer");
  if (limit <= Nanoseconds::zero()) return no_answer;
  const auto checks = std::make_shared<PortalCheck>(std::move(interfaces));
  auto answer = checks->answer();
  const PortalThread thread("portal check", checks);
  if (answer.wait_for(limit) == std::future_status::ready) return answer.get();
  return no_answer;
}

}  // namespace

Result<void> check_portal_keys() { return check({kPortalRemoteDesktop}, kPortalCheckLimit); }
Result<void> check_portal_paste(Nanoseconds limit) {
  return check({kPortalRemoteDesktop, kPortalClipboard}, limit);
}

}  // namespace diktate
