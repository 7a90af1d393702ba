#include "bench/plain_loop.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <onnxruntime_cxx_api.h>

#include "core/values.h"

namespace diktate::bench {
namespace {

constexpr std::int64_t kStart = 1;
constexpr std::int64_t kEnd = 2;
constexpr double kTokensPerSecond = 6.5;

using Shape = std::vector<std::int64_t>;

std::vector<std::string> input_names(const Ort::Session& session) {
  const Ort::AllocatorWithDefaultOptions allocator;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < session.GetInputCount(); ++i)
    names.emplace_back(session.GetInputNameAllocated(i, allocator).get());
  return names;
}

std::vector<std::string> output_names(const Ort::Session& session) {
  const Ort::AllocatorWithDefaultOptions allocator;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < session.GetOutputCount(); ++i)
    names.emplace_back(session.GetOutputNameAllocated(i, allocator).get());
  return names;
}

std::vector<const char*> pointers(const std::vector<std::string>& names) {
  std::vector<const char*> all(names.size());
  std::transform(names.begin(), names.end(), all.begin(),
                 [](const std::string& name) { return name.c_str(); });
  return all;
}

bool is_encoder_cache(const std::string& name) { return name.find(".encoder.") != std::string::npos; }

// "present.3.decoder.key" is fed back as "past_key_values.3.decoder.key".
std::string past_name(const std::string& present) {
  return "past_key_values" + present.substr(present.find('.'));
}

std::int64_t likeliest(const Ort::Value& logits) {
  const std::int64_t words = logits.GetTensorTypeAndShapeInfo().GetShape().back();
  const float* const first = logits.GetTensorData<float>();
  return std::max_element(first, first + words) - first;
}

// Between two steps. The tensors that are fed in are borrowed views of what lies here.
struct DecoderState {
  std::int64_t token = kStart;
  bool cached = false;  // the merged graph's switch between its two branches
  Ort::Value hidden{nullptr};
  std::vector<std::pair<std::string, Ort::Value>> cache;  // by input name

  Ort::Value& cache_of(const std::string& name) {
    return std::find_if(cache.begin(), cache.end(), [&](const auto& entry) { return entry.first == name; })
        ->second;
  }
};

Ort::Value view(Ort::Value& tensor) {
  const auto memory = Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault);
  const auto info = tensor.GetTensorTypeAndShapeInfo();
  const Shape shape = info.GetShape();
  return Ort::Value::CreateTensor<float>(memory, tensor.GetTensorMutableData<float>(), info.GetElementCount(),
                                         shape.data(), shape.size());
}

Ort::Value input_value(const std::string& name, DecoderState& state) {
  const auto memory = Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault);
  constexpr std::array<std::int64_t, 2> kOneToken = {1, 1};
  constexpr std::array<std::int64_t, 1> kOne = {1};
  if (name == "input_ids")
    return Ort::Value::CreateTensor<std::int64_t>(memory, &state.token, 1, kOneToken.data(), 2);
  if (name == "use_cache_branch")
    return Ort::Value::CreateTensor<bool>(memory, &state.cached, 1, kOne.data(), 1);
  return view(name == "encoder_hidden_states" ? state.hidden : state.cache_of(name));
}

}  // namespace

struct PlainLoop::Model {
  Ort::Env env{ORT_LOGGING_LEVEL_ERROR, "plain"};
  Ort::Session encoder{nullptr};
  Ort::Session decoder{nullptr};
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;  // logits first, then what is fed back

  Model(const std::filesystem::path& folder, int threads) {
    Ort::SessionOptions options;
    options.SetIntraOpNumThreads(threads);
    encoder = Ort::Session(env, (folder / "encoder_model.onnx").c_str(), options);
    decoder = Ort::Session(env, (folder / "decoder_model_merged.onnx").c_str(), options);
    inputs = input_names(decoder);
    outputs = output_names(decoder);
    std::rotate(outputs.begin(), std::find(outputs.begin(), outputs.end(), "logits"), outputs.end());
  }

  Ort::Value encode(std::span<const float> samples);
  Ort::Value empty_cache(std::size_t input);
  DecoderState begin(std::span<const float> samples);
  void step(DecoderState& state);
  std::vector<int> decode(std::span<const float> samples);
};

Ort::Value PlainLoop::Model::encode(std::span<const float> samples) {
  const auto memory = Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault);
  const std::array<std::int64_t, 2> shape = {1, static_cast<std::int64_t>(samples.size())};
  // The runtime does not write to inputs; its interface only has no const.
  auto* const data = const_cast<float*>(samples.data());
  const Ort::Value audio =
      Ort::Value::CreateTensor<float>(memory, data, samples.size(), shape.data(), shape.size());
  constexpr std::array<const char*, 1> kInput = {"input_values"};
  constexpr std::array<const char*, 1> kOutput = {"last_hidden_state"};
  return std::move(encoder.Run(Ort::RunOptions{}, kInput.data(), &audio, 1, kOutput.data(), 1).front());
}

// Of length 0 in time, with the heads and sizes that the graph declares.
Ort::Value PlainLoop::Model::empty_cache(std::size_t input) {
  Shape shape = decoder.GetInputTypeInfo(input).GetTensorTypeAndShapeInfo().GetShape();
  shape[0] = 1;
  shape[2] = 0;
  const Ort::AllocatorWithDefaultOptions allocator;
  return Ort::Value::CreateTensor<float>(allocator, shape.data(), shape.size());
}

DecoderState PlainLoop::Model::begin(std::span<const float> samples) {
  DecoderState state{.hidden = encode(samples)};
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].starts_with("past_key_values")) state.cache.emplace_back(inputs[i], empty_cache(i));
  }
  return state;
}

void PlainLoop::Model::step(DecoderState& state) {
  const auto in = pointers(inputs);
  const auto out = pointers(outputs);
  std::vector<Ort::Value> values;
  for (const std::string& name : inputs) values.push_back(input_value(name, state));
  auto answer =
      decoder.Run(Ort::RunOptions{}, in.data(), values.data(), values.size(), out.data(), out.size());
  state.token = likeliest(answer.front());
  for (std::size_t i = 1; i < answer.size(); ++i) {
    // The branch with a cache answers nothing of use for the encoder's part: it does not change.
    if (!state.cached || !is_encoder_cache(outputs[i]))
      state.cache_of(past_name(outputs[i])) = std::move(answer[i]);
  }
  state.cached = true;
}

std::vector<int> PlainLoop::Model::decode(std::span<const float> samples) {
  DecoderState state = begin(samples);
  const double most = seconds(static_cast<std::int64_t>(samples.size())) * kTokensPerSecond;
  std::vector<int> tokens;
  while (static_cast<double>(tokens.size()) < most) {
    step(state);
    if (state.token == kEnd) break;
    tokens.push_back(static_cast<int>(state.token));
  }
  return tokens;
}

PlainLoop::PlainLoop(std::unique_ptr<Model> model) : model_(std::move(model)) {}
PlainLoop::PlainLoop(PlainLoop&&) noexcept = default;
PlainLoop& PlainLoop::operator=(PlainLoop&&) noexcept = default;
PlainLoop::~PlainLoop() = default;

Result<PlainLoop> PlainLoop::load(const std::filesystem::path& folder, int threads) {
  try {
    return PlainLoop(std::make_unique<Model>(folder, threads));
  } catch (const Ort::Exception& error) {
    return fail(ErrorKind::unavailable,
                "cannot load the plain model from " + folder.string() + ": " + error.what());
  }
}

Result<std::vector<int>> PlainLoop::decode(std::span<const float> samples) {
  try {
    return model_->decode(samples);
  } catch (const Ort::Exception& error) {
    return fail(ErrorKind::failed, std::string("the plain loop failed: ") + error.what());
  }
}

std::string runtime_version() { return OrtGetApiBase()->GetVersionString(); }

}  // namespace diktate::bench
