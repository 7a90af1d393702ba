#include "stt/moonshine_decoder.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "stt/logits.h"

namespace diktate {
namespace {

constexpr int kStart = 1;
constexpr int kEnd = 2;
constexpr int kMostChecks = 4;  // of one draft after the first

// One decode, from its first token to its last.
class Decoding {
 public:
  Decoding(OnnxSession& first, OnnxSession& next, const OnnxTensor& cross, const DecodeOptions& options,
           std::size_t limit, std::stop_token cancel)
      : first_(first), next_(next), options_(options), limit_(limit), cancel_(std::move(cancel)) {
    borrow_cross(cross);
  }

  Result<Decoded> run() {
    draft_ = usable_draft();
    if (auto checked = check_draft(); !checked) return tl::unexpected(checked.error());
    while (!ended_ && decoded_.tokens.size() < limit_ && !enough()) {
      if (cancel_.stop_requested()) return fail(ErrorKind::cancelled, "cancelled");
      const bool back = finds_draft_again();
      if (auto done = back ? check_draft() : step(); !done) return tl::unexpected(done.error());
    }
    if (choices_ > 0) decoded_.mean_log_probability = sum_ / choices_;
    return std::move(decoded_);
  }

 private:
  bool enough() const { return options_.enough && options_.enough(decoded_.tokens); }

  void borrow_cross(const OnnxTensor& cross) {
    const std::vector<std::int64_t> shape = cross.shape();  // [2 * layers, heads, frames, head size]
    const std::span<float> values = cross.floats();
    layers_ = static_cast<std::size_t>(shape[0]) / 2;
    heads_ = shape[1];
    head_size_ = shape[3];
    const std::size_t size = values.size() / (2 * layers_);
    for (std::size_t i = 0; i < 2 * layers_; ++i) {
      const std::string name = (i % 2 == 0 ? "cross_key_" : "cross_value_") + std::to_string(i / 2);
      inputs_.push_back(
          {name, OnnxTensor::borrow(values.subspan(i * size, size), {1, heads_, shape[2], head_size_})});
    }
  }

  // The draft as far as it can be of use: real tokens only, and one less than may be decoded.
  std::span<const int> usable_draft() const {
    const auto usable = options_.draft.first(std::min(limit_ - 1, options_.draft.size()));
    const auto bad = [](int token) { return token <= kEnd || token >= kVocabulary; };
    const auto end = std::find_if(usable.begin(), usable.end(), bad);
    return {usable.begin(), end};
  }

  // All tokens so far and what is left of the draft at once; takes over what the model would have said, and
  // its first word that is another.
  Result<void> check_draft() {
    std::vector<std::int64_t> tokens = {kStart};
    tokens.insert(tokens.end(), decoded_.tokens.begin(), decoded_.tokens.end());
    std::size_t row = tokens.size() - 1;
    tokens.insert(tokens.end(), draft_.begin(), draft_.end());
    std::vector<OnnxBinding> outputs = output_bindings();
    inputs_.resize(2 * layers_);
    past_ = 0;
    if (auto ran = run_graph(first_, tokens, outputs); !ran) return ran;
    std::size_t agreed = 0;
    for (; choose(outputs, row) && agreed < draft_.size() && last() == draft_[agreed]; ++row) ++agreed;
    keep_cache(outputs, row + 1);
    draft_ = draft_.subspan(agreed);
    return {};
  }

  // Where the last two tokens stand in what is left of the draft, the model has said something else before
  // them and may say the same after them. Then the draft is what follows them, if that is long enough to be
  // worth a check, which costs as much as a step for every few tokens of the whole.
  bool finds_draft_again() {
    const std::vector<int>& tokens = decoded_.tokens;
    if (checks_ == kMostChecks || tokens.size() < 2) return false;
    const auto found = std::search(draft_.begin(), draft_.end(), tokens.end() - 2, tokens.end());
    const auto after = static_cast<std::size_t>(found - draft_.begin()) + 2;
    if (found == draft_.end() || 2 * (draft_.size() - after) < tokens.size()) return false;
    draft_ = draft_.subspan(after);
    ++checks_;
    return !draft_.empty();
  }

  Result<void> step() {
    std::vector<std::int64_t> tokens = {last()};
    std::vector<OnnxBinding> outputs = output_bindings();
    if (auto ran = run_graph(next_, tokens, outputs); !ran) return ran;
    choose(outputs, 0);
    take_cache(outputs);
    return {};
  }

  // Takes the most likely token of a row; false if that is the end.
  bool choose(std::vector<OnnxBinding>& outputs, std::size_t row) {
    const std::span<float> all = outputs[0].tensor.floats();
    const auto size = static_cast<std::size_t>(outputs[0].tensor.shape().back());
    const std::span<float> logits = all.subspan(row * size, size);
    if (options_.suppress_end_at_start && decoded_.tokens.empty())
      logits[kEnd] = std::numeric_limits<float>::lowest();
    const Choice choice = most_likely(logits, outputs[1].tensor.floats()[row]);
    sum_ += static_cast<double>(choice.log_probability);
    ++choices_;
    ended_ = choice.token == kEnd;
    if (!ended_) decoded_.tokens.push_back(choice.token);
    return !ended_;
  }
  int last() const { return decoded_.tokens.back(); }

  std::vector<OnnxBinding> output_bindings() const {
    std::vector<OnnxBinding> outputs;
    outputs.push_back({"logits", {}});
    outputs.push_back({"logit_scale", {}});
    for (std::size_t i = 0; i < layers_; ++i) {
      outputs.push_back({"key_" + std::to_string(i), {}});
      outputs.push_back({"value_" + std::to_string(i), {}});
    }
    return outputs;
  }

  Result<void> run_graph(OnnxSession& session, std::vector<std::int64_t>& tokens,
                         std::vector<OnnxBinding>& outputs) {
    std::vector<float> positions;
    const auto count = static_cast<std::int64_t>(tokens.size());
    for (std::int64_t i = 0; i < count; ++i) positions.push_back(static_cast<float>(past_ + i));
    inputs_.push_back({"tokens", OnnxTensor::borrow(std::span(tokens), {1, count})});
    inputs_.push_back({"positions", OnnxTensor::borrow(std::span(positions), {count, 1})});
    auto ran = session.run(inputs_, outputs, cancel_);
    inputs_.resize(inputs_.size() - 2);
    return ran;
  }

  // Makes the first `length` rows of the new keys and values the past.
  void keep_cache(std::vector<OnnxBinding>& outputs, std::size_t length) {
    const auto size = static_cast<std::size_t>(head_size_);
    const auto heads = static_cast<std::size_t>(heads_);
    kept_.clear();
    for (std::size_t i = 0; i < 2 * layers_; ++i) {
      const std::span<float> all = outputs[2 + i].tensor.floats();
      const std::size_t stride = all.size() / heads;
      kept_.emplace_back();
      for (std::size_t head = 0; head < heads; ++head) {
        const auto rows = all.subspan(head * stride, length * size);
        kept_.back().insert(kept_.back().end(), rows.begin(), rows.end());
      }
      const auto rows = static_cast<std::int64_t>(length);
      outputs[2 + i].tensor = OnnxTensor::borrow(std::span(kept_.back()), {1, heads_, rows, head_size_});
    }
    take_cache(outputs);
    past_ = static_cast<std::int64_t>(length);
  }

  void take_cache(std::vector<OnnxBinding>& outputs) {
    inputs_.resize(2 * layers_);
    for (std::size_t i = 0; i < 2 * layers_; ++i) {
      const std::string name = (i % 2 == 0 ? "past_key_" : "past_value_") + std::to_string(i / 2);
      inputs_.push_back({name, std::move(outputs[2 + i].tensor)});
    }
    ++past_;
  }

  static constexpr int kVocabulary = 32768;

  OnnxSession& first_;
  OnnxSession& next_;
  const DecodeOptions& options_;
  const std::size_t limit_;
  const std::stop_token cancel_;
  std::span<const int> draft_;  // what is left of it
  int checks_ = 0;
  std::size_t layers_ = 0;
  std::int64_t heads_ = 0;
  std::int64_t head_size_ = 0;
  std::int64_t past_ = 0;            // tokens whose keys and values are in inputs_
  std::vector<OnnxBinding> inputs_;  // those from the audio, then the past
  std::vector<std::vector<float>> kept_;
  Decoded decoded_;
  bool ended_ = false;
  double sum_ = 0.0;
  int choices_ = 0;
};

}  // namespace

MoonshineDecoder::MoonshineDecoder(OnnxSession first, OnnxSession next)
    : first_(std::move(first)), next_(std::move(next)) {}

Result<Decoded> MoonshineDecoder::decode(const OnnxTensor& cross, const DecodeOptions& options,
                                         std::size_t limit, std::stop_token cancel) {
  const std::vector<std::int64_t> shape = cross.shape();
  const bool fits = shape.size() == 4 && shape[0] >= 2 && *std::min_element(shape.begin(), shape.end()) > 0;
  if (!fits)
    return fail(ErrorKind::invalid, "the encoder and the decoder do not belong to one Moonshine model");
  return Decoding(first_, next_, cross, options, limit, std::move(cancel)).run();
}

}  // namespace diktate
