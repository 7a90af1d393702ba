#include "audio/stream_decoder.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "audio/fd_reader.h"
#include "audio/resampler.h"
#include "audio/stream_reader.h"

namespace diktate {
namespace {

constexpr std::size_t kBytesAtOnce = 32768;  // that are read

class StreamDecoder final : public Decoder {
 public:
  StreamDecoder(FdReader bytes, std::string name, const PcmFormat& raw)
      : bytes_(std::move(bytes)), name_(std::move(name)), reader_(raw), block_(kBytesAtOnce) {}

  Result<bool> decode(Samples& out, std::stop_token stop) override {
    if (finished_) return false;
    if (auto done = decode_block(out, std::move(stop)); !done) {
      return fail(done.error().kind, "cannot read " + name_ + ": " + done.error().message);
    }
    return true;
  }

  bool waits() const override { return true; }
  std::vector<std::string> warnings() const override { return reader_.warnings(); }

 private:
  Result<void> decode_block(Samples& out, std::stop_token stop) {
    mono_.clear();
    const auto count = bytes_.read(block_, std::move(stop));
    if (!count) return tl::unexpected(count.error());
    if (auto parsed = parse(std::span(block_).first(*count)); !parsed) return parsed;
    if (!reader_.format()) return {};
    if (auto resampled = resample(out); !resampled) return resampled;
    return finished_ ? resampler_->finish(out) : Result<void>{};
  }

  // Into mono_. A stream that was stopped is not blamed for what it lacks.
  Result<void> parse(std::span<const std::byte> bytes) {
    auto parsed = bytes_.at_end() ? reader_.finish(mono_) : reader_.push(bytes, mono_);
    finished_ = bytes.empty() || reader_.complete();
    return parsed;
  }

  Result<void> resample(Samples& out) {
    if (!resampler_) {
      auto resampler = Resampler::create(reader_.format()->rate);
      if (!resampler) return tl::unexpected(resampler.error());
      resampler_ = std::move(*resampler);
    }
    return resampler_->push(mono_, out);
  }

  FdReader bytes_;
  std::string name_;
  StreamReader reader_;
  std::optional<Resampler> resampler_;
  std::vector<std::byte> block_;
  Samples mono_;
  bool finished_ = false;
};

}  // namespace

Result<std::unique_ptr<Decoder>> make_stream_decoder(int fd, const std::string& name, const PcmFormat& raw) {
  auto bytes = FdReader::create(fd);
  if (!bytes) return fail(bytes.error().kind, "cannot read " + name + ": " + bytes.error().message);
  return std::make_unique<StreamDecoder>(std::move(*bytes), name, raw);
}

}  // namespace diktate
