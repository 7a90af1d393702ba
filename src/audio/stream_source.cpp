#include "audio/stream_source.h"

#include <utility>

#include "audio/decoded_source.h"
#include "audio/stream_decoder.h"

namespace diktate {

Result<OpenedAudio> open_stream(const StreamSourceOptions& options, const Clock& clock) {
  if (auto possible = check_format(options.raw.rate, options.raw.channels); !possible) {
    return fail(ErrorKind::invalid, "cannot read " + options.name + " with " + possible.error().message);
  }
  auto decoder = make_stream_decoder(options.fd, options.name, options.raw);
  if (!decoder) return tl::unexpected(decoder.error());
  auto source = make_source(std::move(*decoder), {options.speed, options.start}, clock);
  if (!source) return tl::unexpected(source.error());
  return OpenedAudio{std::move(*source), std::nullopt};
}

}  // namespace diktate
