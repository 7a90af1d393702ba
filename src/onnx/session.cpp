#include "onnx/session.h"

#include <cstdlib>
#include <utility>

#include <onnxruntime_cxx_api.h>
#include <onnxruntime_session_options_config_keys.h>

#include "onnx/processor.h"

namespace diktate {
namespace {

// From 1.29 on the runtime sends its maker what it runs and where, notes it in the cache folder and in /tmp,
// unless its environment says so (its API turns it off too late: the files are there by then). Set before
// main(), while no thread can read the environment.
[[maybe_unused]] const int kNoTelemetry = ::setenv("ORT_DISABLE_TELEMETRY", "1", 1);

// Runs `action`, which may throw, and turns what the runtime throws into an Error about `name`.
template <class Action>
auto guarded(const std::string& name, Action action) -> Result<decltype(action())> {
  try {
    return action();
  } catch (const std::exception& exception) {
    return fail(ErrorKind::failed, name + ": " + exception.what());
  }
}

Ort::SessionOptions session_options(const OnnxOptions& options) {
  Ort::SessionOptions result;
  result.SetIntraOpNumThreads(options.threads);
  result.SetInterOpNumThreads(1);
  // A waiting thread that spins wins microseconds and costs a core of a laptop.
  result.AddConfigEntry(kOrtSessionOptionsConfigAllowIntraOpSpinning, "0");
  // Makes products exact, at a cost, on processors where they could overflow. The runtime would do it on all
  // x86 ones.
  if (!adds_int8_products_exactly(processor_description())) {
    result.AddConfigEntry(kOrtSessionOptionsAvx2PrecisionMode, "1");
  }
  // Plans of memory are kept for every shape ever seen, and here nearly every call has a new one.
  result.DisableMemPattern();
  return result;
}

Ort::MemoryInfo cpu_memory() { return Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault); }

std::vector<const char*> names_of(std::span<const OnnxBinding> bindings) {
  std::vector<const char*> names;
  names.reserve(bindings.size());
  for (const OnnxBinding& binding : bindings) names.push_back(binding.name.c_str());
  return names;
}

}  // namespace

void OnnxTensor::Release::operator()(OrtValue* value) const { Ort::GetApi().ReleaseValue(value); }

template <class T>
OnnxTensor OnnxTensor::borrow(std::span<T> data, std::initializer_list<std::int64_t> shape) {
  auto value =
      Ort::Value::CreateTensor<T>(cpu_memory(), data.data(), data.size(), shape.begin(), shape.size());
  return OnnxTensor(value.release());
}
template OnnxTensor OnnxTensor::borrow<float>(std::span<float>, std::initializer_list<std::int64_t>);
template OnnxTensor OnnxTensor::borrow<std::int64_t>(std::span<std::int64_t>,
                                                     std::initializer_list<std::int64_t>);

std::vector<std::int64_t> OnnxTensor::shape() const {
  return Ort::ConstValue(value_.get()).GetTensorTypeAndShapeInfo().GetShape();
}

std::span<float> OnnxTensor::floats() const {
  Ort::UnownedValue value(value_.get());
  return {value.GetTensorMutableData<float>(), value.GetTensorTypeAndShapeInfo().GetElementCount()};
}

struct OnnxSession::State {
  std::string name;
  std::optional<MappedFile> file;  // what the session's weights may point into
  Ort::Env environment;
  Ort::Session session;
};

OnnxSession::OnnxSession(std::unique_ptr<State> state) : state_(std::move(state)) {}
OnnxSession::OnnxSession(OnnxSession&&) noexcept = default;
OnnxSession& OnnxSession::operator=(OnnxSession&&) noexcept = default;
OnnxSession::~OnnxSession() = default;

Result<OnnxSession> OnnxSession::load(const std::filesystem::path& file, const OnnxOptions& options) {
  return guarded(file.string(), [&] {
    Ort::SessionOptions settings = session_options(options);
    settings.SetGraphOptimizationLevel(ORT_ENABLE_ALL);
    if (!options.save_optimised.empty()) {
      settings.SetOptimizedModelFilePath(options.save_optimised.c_str());
      settings.AddConfigEntry(kOrtSessionOptionsConfigSaveModelFormat, "ORT");
    }
    Ort::Env environment(ORT_LOGGING_LEVEL_FATAL, "diktate");
    Ort::Session session(environment, file.c_str(), settings);
    return OnnxSession(std::unique_ptr<State>(
        new State{file.string(), std::nullopt, std::move(environment), std::move(session)}));
  });
}

Result<OnnxSession> OnnxSession::load_optimised(MappedFile file, std::size_t size, const std::string& name,
                                                const OnnxOptions& options) {
  return guarded(name, [&] {
    Ort::SessionOptions settings = session_options(options);
    settings.SetGraphOptimizationLevel(ORT_DISABLE_ALL);
    settings.AddConfigEntry(kOrtSessionOptionsConfigLoadModelFormat, "ORT");
    settings.AddConfigEntry(kOrtSessionOptionsConfigUseORTModelBytesDirectly, "1");
    settings.AddConfigEntry(kOrtSessionOptionsConfigUseORTModelBytesForInitializers, "1");
    Ort::Env environment(ORT_LOGGING_LEVEL_FATAL, "diktate");
    Ort::Session session(environment, file.bytes().data(), size, settings);
    // Most weights have been packed into memory of the session's own.
    file.forget_pages();
    return OnnxSession(
        std::unique_ptr<State>(new State{name, std::move(file), std::move(environment), std::move(session)}));
  });
}

Result<void> OnnxSession::run(std::span<const OnnxBinding> inputs, std::span<OnnxBinding> outputs,
                              std::stop_token cancel) {
  const std::vector<const char*> input_names = names_of(inputs);
  const std::vector<const char*> output_names = names_of(outputs);
  std::vector<const OrtValue*> input_values;
  std::vector<OrtValue*> output_values;
  input_values.reserve(inputs.size());
  output_values.reserve(outputs.size());
  for (const OnnxBinding& input : inputs) input_values.push_back(input.tensor.value_.get());
  for (const OnnxBinding& output : outputs) output_values.push_back(output.tensor.value_.get());

  auto done = guarded(state_->name, [&] {
    Ort::RunOptions options;
    const std::stop_callback terminate(cancel, [&] { options.SetTerminate(); });
    Ort::ThrowOnError(Ort::GetApi().Run(state_->session, options, input_names.data(), input_values.data(),
                                        inputs.size(), output_names.data(), outputs.size(),
                                        output_values.data()));
    return true;
  });
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].tensor.value_ == nullptr) outputs[i].tensor.value_.reset(output_values[i]);
  }
  if (!done && cancel.stop_requested()) return fail(ErrorKind::cancelled, "cancelled");
  if (!done) return tl::unexpected(done.error());
  return {};
}

std::string onnx_runtime_version() { return OrtGetApiBase()->GetVersionString(); }

}  // namespace diktate
