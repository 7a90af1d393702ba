// When a take stops listening.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <stop_token>
#include <thread>

#include "base/clock.h"

namespace diktate {

// At key up (`finish`); while a word is being said, at the pause after it, which is waited for no longer than
// 200 ms. When the take is thrown away (`cancel`), at once. What was captured before key up and is read later
// is heard in any case. The listening thread uses it; the tokens may be asked by any thread.
class KeyUp {
 public:
  KeyUp(std::stop_token finish, std::stop_token cancel, const Clock& clock);

  // Ends the waiting for samples.
  std::stop_token token() const { return over_.get_token(); }

  // After each frame: whether it was speech, and when its last sample was captured. False: it is the last.
  bool heard(bool speech, Instant captured_until);

  // The instant of key up, if there was one in a word.
  std::optional<Instant> in_word() const { return released_ ? std::optional(at_) : std::nullopt; }

 private:
  void release();

  const Clock& clock_;
  std::stop_source over_;
  std::atomic<bool> in_speech_ = false;
  std::atomic<bool> released_ = false;
  Instant at_{};  // once released_ is set
  std::jthread limit_;
  std::stop_callback<std::function<void()>> finish_;
  std::stop_callback<std::function<void()>> cancel_;
};

}  // namespace diktate
