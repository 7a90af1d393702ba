#include "daemon/awake_source.h"

#include <utility>

#include "base/time_asleep.h"

namespace diktate {
namespace {

class AwakeSource final : public AudioSource {
 public:
  AwakeSource(std::unique_ptr<AudioSource> source, std::function<Nanoseconds()> time_asleep)
      : source_(std::move(source)), time_asleep_(std::move(time_asleep)), asleep_(time_asleep_()) {}

  // A read that the sleep came into may have samples from before it, and may fail for the sleep's sake.
  Result<std::size_t> read(std::span<float> out, std::stop_token finish) override {
    if (slept()) return ended();
    auto count = source_->read(out, std::move(finish));
    if (!count && slept()) return ended();
    return count;
  }

  void stop() override { source_->stop(); }
  Instant captured_until() const override { return source_->captured_until(); }
  std::vector<std::string> warnings() const override { return source_->warnings(); }

 private:
  bool slept() const { return time_asleep_() - asleep_ >= kShortestSleep; }

  static tl::unexpected<Error> ended() {
    return fail(ErrorKind::unavailable, "the machine went to sleep, and the take ended there");
  }

  const std::unique_ptr<AudioSource> source_;
  const std::function<Nanoseconds()> time_asleep_;
  const Nanoseconds asleep_;  // when the take began
};

}  // namespace

std::unique_ptr<AudioSource> make_awake(std::unique_ptr<AudioSource> source,
                                        std::function<Nanoseconds()> time_asleep) {
  return std::make_unique<AwakeSource>(std::move(source), std::move(time_asleep));
}

}  // namespace diktate
