#include "audio/file_decoder.h"

#include <cerrno>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sndfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio/downmix.h"
#include "audio/early_end.h"
#include "audio/encoding.h"
#include "audio/file_promise.h"
#include "audio/resampler.h"
#include "audio/stream_decoder.h"
#include "base/files.h"

namespace diktate {
namespace {

constexpr std::size_t kDecodedFrames = 4096;  // at a time
// An MP3 without a header of its own has an estimated length, wrong by up to the delay of encoder and
// decoder.
constexpr sf_count_t kMp3Tolerance = 2 * 1152;

struct Close {
  void operator()(SNDFILE* file) const { sf_close(file); }
};

// A file that libsndfile has opened.
struct Recording {
  UniqueFd fd;
  std::unique_ptr<SNDFILE, Close> file;
  SF_INFO info{};

  int kind() const { return info.format & SF_FORMAT_TYPEMASK; }
  bool length_known() const { return info.frames < SF_COUNT_MAX; }
};

// How a file can say that it was longer once.
struct Promise {
  sf_count_t frames = 0;
  sf_count_t tolerance = 0;
  bool last_page_missing = false;
  bool may_be_damaged = false;  // a decoder stops at a wrong bit of FLAC, and leaves out what is wrong of OGG
};

class RecordingDecoder final : public Decoder {
 public:
  RecordingDecoder(Recording recording, const Promise& promise, Resampler resampler)
      : recording_(std::move(recording)), promise_(promise), resampler_(std::move(resampler)) {
    interleaved_.resize(kDecodedFrames * static_cast<std::size_t>(recording_.info.channels));
  }

  Result<bool> decode(Samples& out, std::stop_token stop) override {
    if (ended_ || stop.stop_requested()) return false;
    const sf_count_t frames = sf_readf_float(recording_.file.get(), interleaved_.data(), kDecodedFrames);
    ended_ = frames <= 0;
    if (ended_) warn_of_missing_end();
    const auto done = ended_ ? resampler_.finish(out) : resample(frames, out);
    if (!done) return tl::unexpected(done.error());
    return true;
  }

  std::vector<std::string> warnings() const override { return warnings_; }

 private:
  Result<void> resample(sf_count_t frames, Samples& out) {
    decoded_ += frames;
    const int channels = recording_.info.channels;
    mono_.clear();
    append_mono(std::span(interleaved_).first(static_cast<std::size_t>(frames * channels)), channels, mono_);
    return resampler_.push(mono_, out);
  }

  void warn_of_missing_end() {
    if (decoded_ < promise_.frames - promise_.tolerance) {
      const char* what =
          promise_.may_be_damaged ? "the file ends early or is damaged" : "the file ends early";
      warnings_.push_back(early_end_warning(what, decoded_, promise_.frames, recording_.info.samplerate));
    } else if (promise_.last_page_missing) {
      warnings_.push_back("the file ends early: its last page is missing");
    }
  }

  Recording recording_;
  Promise promise_;
  Resampler resampler_;
  Samples interleaved_;
  Samples mono_;
  sf_count_t decoded_ = 0;
  bool ended_ = false;
  std::vector<std::string> warnings_;
};

// Only what libsndfile can seek in.
Result<UniqueFd> open_regular_file(const std::string& name) {
  // O_NONBLOCK: opening a named pipe would wait for its writer.
  UniqueFd fd(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!fd || ::fstat(fd.get(), &status) != 0) {
    const ErrorKind kind = errno == ENOENT ? ErrorKind::unavailable : ErrorKind::failed;
    return fail(kind, "cannot open " + name + ": " + std::strerror(errno));
  }
  if (S_ISDIR(status.st_mode)) return fail(ErrorKind::invalid, name + " is a directory, not a recording");
  if (!S_ISREG(status.st_mode)) {
    return fail(ErrorKind::invalid, name + " is not a regular file (- reads standard input)");
  }
  if (status.st_size == 0) return fail(ErrorKind::invalid, name + " is empty");
  return fd;
}

// libsndfile's own words, without the full stop; it takes an MP3 without a good frame for a pipe.
std::string reason() {
  std::string text = sf_strerror(nullptr);
  if (text.find("does not exist") != std::string::npos) return "nothing in it can be decoded";
  if (text.find("SF_INFO struct incomplete") != std::string::npos) return "it has a rate of 0 Hz";
  while (!text.empty() && (text.back() == '.' || text.back() == '\n')) text.pop_back();
  return text;
}

// By descriptor, so that the content decides what the file is, and never its name.
Result<Recording> open_recording(const std::string& name) {
  if (name.empty()) return fail(ErrorKind::invalid, "the name of the file is empty");
  auto fd = open_regular_file(name);
  if (!fd) return tl::unexpected(fd.error());
  Recording recording{std::move(*fd), nullptr, {}};
  recording.file.reset(sf_open_fd(recording.fd.get(), SFM_READ, &recording.info, SF_FALSE));
  if (!recording.file) {
    return fail(ErrorKind::invalid,
                name + " is not audio that can be read (WAV, FLAC, OGG, MP3): " + reason());
  }
  if (auto possible = check_format(recording.info.samplerate, recording.info.channels); !possible) {
    return fail(ErrorKind::invalid, "cannot read " + name + " with " + possible.error().message);
  }
  return recording;
}

Promise promise_of(const Recording& recording, const std::optional<WavPromise>& wav) {
  // libsndfile's length of a WAV is what is there. That of an OGG is unknown where its last page is missing.
  if (wav && wav->frames) return {.frames = static_cast<sf_count_t>(*wav->frames)};
  const int kind = recording.kind();
  Promise promise{.last_page_missing = kind == SF_FORMAT_OGG && !has_last_ogg_page(recording.fd.get()),
                  .may_be_damaged = kind == SF_FORMAT_OGG || kind == SF_FORMAT_FLAC};
  if (recording.length_known()) promise.frames = recording.info.frames;
  if (kind == SF_FORMAT_MPEG) promise.tolerance = kMp3Tolerance;
  return promise;
}

std::optional<std::int64_t> expected_samples(const SF_INFO& info) {
  if (info.frames >= SF_COUNT_MAX) return std::nullopt;
  return std::llround(static_cast<double>(info.frames) * kSampleRate / info.samplerate);
}

// A recorder that was killed leaves a header that says "no samples"; our own reader takes what follows it.
Result<FileDecoder> make_unfinished_wav_decoder(const Recording& recording, const std::string& name) {
  ::lseek(recording.fd.get(), 0, SEEK_SET);
  auto decoder = make_stream_decoder(recording.fd.get(), name, {});
  if (!decoder) return tl::unexpected(decoder.error());
  return FileDecoder{std::move(*decoder), std::nullopt};
}

}  // namespace

Result<FileDecoder> make_file_decoder(const std::filesystem::path& path) {
  const std::string name = path.string();
  auto recording = open_recording(name);
  if (!recording) return tl::unexpected(recording.error());
  const auto wav = read_wav_promise(recording->fd.get());
  if (wav && !wav->frames && recording->info.frames == 0)
    return make_unfinished_wav_decoder(*recording, name);
  auto resampler = Resampler::create(recording->info.samplerate);
  if (!resampler) return tl::unexpected(resampler.error());
  const auto expected = expected_samples(recording->info);
  const Promise promise = promise_of(*recording, wav);
  return FileDecoder{
      std::make_unique<RecordingDecoder>(std::move(*recording), promise, std::move(*resampler)), expected};
}

}  // namespace diktate
