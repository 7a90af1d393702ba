#include "core/key_up.h"

#include <system_error>
#include <utility>

namespace diktate {
namespace {

constexpr auto kWordEnd = std::chrono::milliseconds(200);

}  // namespace

KeyUp::KeyUp(std::stop_token finish, std::stop_token cancel, const Clock& clock)
    : clock_(clock),
      finish_(std::move(finish), [this] { release(); }),
      cancel_(std::move(cancel), [this] { over_.request_stop(); }) {}

bool KeyUp::heard(bool speech, Instant captured_until) {
  in_speech_ = speech;
  if (!released_ || captured_until < at_ || (speech && captured_until < at_ + kWordEnd)) return true;
  over_.request_stop();
  return false;
}

// On the thread that requests `finish`.
void KeyUp::release() {
  if (!in_speech_) {
    over_.request_stop();
    return;
  }
  at_ = clock_.now();
  released_ = true;
  try {
    limit_ = std::jthread([over = over_](std::stop_token stop) mutable {
      const SteadyClock time;  // whether samples come or not
      if (time.sleep_until(time.now() + kWordEnd, stop)) over.request_stop();
    });
  } catch (const std::system_error&) {  // no thread is to be had: the word loses its end
    over_.request_stop();
  }
}

}  // namespace diktate
