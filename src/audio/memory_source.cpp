#include "audio/memory_source.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "audio/decoded_source.h"

namespace diktate {
namespace {

constexpr std::size_t kSamplesAtOnce = 4096;  // that are handed over

class MemoryDecoder final : public Decoder {
 public:
  explicit MemoryDecoder(Samples samples) : samples_(std::move(samples)) {}

  Result<bool> decode(Samples& out, std::stop_token stop) override {
    const auto rest = std::span(samples_).subspan(position_);
    if (rest.empty() || stop.stop_requested()) return false;
    const auto block = rest.first(std::min(rest.size(), kSamplesAtOnce));
    out.insert(out.end(), block.begin(), block.end());
    position_ += block.size();
    return true;
  }

 private:
  Samples samples_;
  std::size_t position_ = 0;
};

}  // namespace

Result<OpenedAudio> open_memory(MemorySourceOptions options, const Clock& clock) {
  const auto count = static_cast<std::int64_t>(options.samples.size());
  auto decoder = std::make_unique<MemoryDecoder>(std::move(options.samples));
  auto source = make_source(std::move(decoder), {options.speed, options.start}, clock);
  if (!source) return tl::unexpected(source.error());
  return OpenedAudio{std::move(*source), count};
}

}  // namespace diktate
