#include "stt/moonshine.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <future>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "base/files.h"
#include "onnx/cached_session.h"
#include "onnx/checksums.h"
#include "stt/moonshine_decoder.h"
#include "stt/vocabulary.h"

namespace diktate {
namespace {

// Speech has about 3 tokens a second and never over 6.5; what is beyond that is a loop, which the Recogniser
// looks for.
constexpr double kTokensPerSecond = 8.0;
constexpr int kSpareTokens = 8;
constexpr int kMostThreads = 2;       // more gain little, and take the machine from the user's other programs
constexpr std::size_t kBlock = 64;    // the encoder takes its samples in blocks
constexpr std::size_t kLeast = 1600;  // samples; shorter audio is followed by silence
constexpr std::size_t kWarmUp = 5 * kSampleRate;

constexpr std::array kFiles = {"encoder.onnx", "decoder_first.onnx", "decoder_next.onnx", "vocabulary.txt"};

class Moonshine final : public SpeechEngine {
 public:
  explicit Moonshine(MoonshineOptions options) : options_(std::move(options)) {}

  Result<void> prepare() override {
    if (decoder_) return {};
    if (auto loaded = load(); !loaded) return loaded;
    return warm_up();
  }

  Result<Transcript> transcribe(std::span<const float> samples, const DecodeOptions& options,
                                std::stop_token cancel) override {
    if (auto prepared = prepare(); !prepared) return tl::unexpected(prepared.error());
    if (samples.empty()) return Transcript{};
    if (auto encoded = encode(samples, cancel); !encoded) return tl::unexpected(encoded.error());
    auto decoded = decoder_->decode(cross_, options, token_limit(samples.size()), std::move(cancel));
    if (!decoded) return tl::unexpected(decoded.error());
    std::string text = vocabulary_->text_of(decoded->tokens);
    return Transcript{std::move(text), std::move(decoded->tokens), decoded->mean_log_probability};
  }

  std::string text_of(std::span<const int> tokens) const override {
    return vocabulary_ ? vocabulary_->text_of(tokens) : std::string();
  }

  std::string name() const override { return options_.name; }

 private:
  static std::size_t token_limit(std::size_t samples) {
    return static_cast<std::size_t>(seconds(static_cast<std::int64_t>(samples)) * kTokensPerSecond) +
           kSpareTokens;
  }

  Result<OnnxSession> load_graph(const std::string& stem) {
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    OnnxOptions onnx;
    onnx.threads = options_.threads > 0 ? options_.threads : std::clamp(cores, 1, kMostThreads);
    const ModelCache cache{options_.cache, [this](const std::string& warning) { warn_once(warning); },
                           &copying_};
    return load_cached(options_.model / (stem + ".onnx"), options_.name + '-' + stem, onnx, cache);
  }

  void warn_once(const std::string& warning) {
    const std::lock_guard lock(warning_mutex_);
    if (!std::exchange(warned_, true) && options_.on_warning) options_.on_warning(warning);
  }

  Result<Vocabulary> load_vocabulary() const {
    const std::filesystem::path file = options_.model / "vocabulary.txt";
    const auto content = read_file(file);
    if (!content) return tl::unexpected(content.error());
    if (auto whole = verify_content(file, std::as_bytes(std::span(*content))); !whole)
      return tl::unexpected(whole.error());
    auto vocabulary = Vocabulary::parse_moonshine(*content);
    if (!vocabulary) return fail(ErrorKind::invalid, file.string() + ": " + vocabulary.error().message);
    return vocabulary;
  }

  static tl::unexpected<Error> damaged(const Error& error) {
    return fail(ErrorKind::invalid,
                "the model is damaged: " + error.message + "; make it again with 'diktate models prepare'");
  }

  // The three graphs at the same time.
  Result<void> load() {
    auto first_loading = std::async(std::launch::async, [this] { return load_graph("decoder_first"); });
    auto next_loading = std::async(std::launch::async, [this] { return load_graph("decoder_next"); });
    auto encoder = load_graph("encoder");
    auto first = first_loading.get();
    auto next = next_loading.get();
    auto vocabulary = load_vocabulary();
    for (const auto* session : {&encoder, &first, &next}) {
      if (!*session) return damaged(session->error());
    }
    if (!vocabulary) return damaged(vocabulary.error());
    encoder_ = std::move(*encoder);
    vocabulary_ = std::move(*vocabulary);
    decoder_.emplace(std::move(*first), std::move(*next));
    return {};
  }

  // The first run through a graph touches its weights and makes its memory; a silent one does it for the
  // user's. Its draft is as long as that of a sentence, and of words from all parts of the vocabulary, whose
  // embeddings would otherwise come from the disk when they are first said.
  Result<void> warm_up() {
    const std::vector<float> silence(kWarmUp, 0.0F);
    std::vector<int> draft;
    const std::size_t step = vocabulary_->size() / token_limit(kWarmUp) + 1;
    for (std::size_t token = step; token < vocabulary_->size(); token += step)
      draft.push_back(static_cast<int>(token));
    const auto three = [](std::span<const int> tokens) { return tokens.size() >= 3; };
    const auto warmed =
        transcribe(silence, {.suppress_end_at_start = true, .enough = three, .draft = draft}, {});
    encoded_.clear();
    if (!warmed) return tl::unexpected(warmed.error());
    return {};
  }

  // Leaves the encoder's output in cross_, where it may already be from the call before.
  Result<void> encode(std::span<const float> samples, const std::stop_token& cancel) {
    if (std::equal(samples.begin(), samples.end(), encoded_.begin(), encoded_.end())) return {};
    encoded_.clear();
    const std::size_t size = std::max(samples.size(), kLeast);
    // Every block but the last begins a frame of 127 samples, if the audio holds all of it.
    const std::size_t blocks = (size - 2 * kBlock + 1) / kBlock + 2;
    std::vector<float> padded(blocks * kBlock, 0.0F);
    std::copy_n(samples.begin(), std::min(samples.size(), padded.size()), padded.begin());
    const OnnxBinding input{"audio", OnnxTensor::borrow(std::span(padded), {static_cast<std::int64_t>(blocks),
                                                                            std::int64_t{kBlock}})};
    OnnxBinding output{"cross", {}};
    if (auto ran = encoder_->run({&input, 1}, {&output, 1}, cancel); !ran) return ran;
    cross_ = std::move(output.tensor);
    encoded_.assign(samples.begin(), samples.end());
    return {};
  }

  MoonshineOptions options_;
  std::mutex copying_;
  std::mutex warning_mutex_;
  bool warned_ = false;
  std::optional<Vocabulary> vocabulary_;
  std::optional<OnnxSession> encoder_;
  std::optional<MoonshineDecoder> decoder_;
  std::vector<float> encoded_;  // the samples that cross_ belongs to
  OnnxTensor cross_;
};

}  // namespace

Result<std::unique_ptr<SpeechEngine>> make_moonshine(const MoonshineOptions& options) {
  for (const char* file : kFiles) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(options.model / file, ignored)) {
      return fail(ErrorKind::unavailable,
                  options.name + ": " + (options.model / file).string() + " is missing");
    }
  }
  return std::make_unique<Moonshine>(options);
}

}  // namespace diktate
