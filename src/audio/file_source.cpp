#include "audio/file_source.h"

#include <utility>

#include "audio/decoded_source.h"
#include "audio/file_decoder.h"

namespace diktate {

Result<OpenedAudio> open_file(const FileSourceOptions& options, const Clock& clock) {
  auto file = make_file_decoder(options.path);
  if (!file) return tl::unexpected(file.error());
  auto source = make_source(std::move(file->decoder), {options.speed, options.start}, clock);
  if (!source) return tl::unexpected(source.error());
  return OpenedAudio{std::move(*source), file->expected_samples};
}

}  // namespace diktate
