// A model loaded into ONNX Runtime, and the tensors that go in and come out. Only vad/ and stt/ see this.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/result.h"

struct OrtValue;

namespace diktate {

// A dense tensor in row-major order. Its data belong to it when a run made them, and are borrowed otherwise.
class OnnxTensor {
 public:
  OnnxTensor() = default;  // no tensor yet: as an output, one that the run makes

  // `data` outlives the tensor and holds as many values as `shape` says. T is float or std::int64_t.
  template <class T>
  static OnnxTensor borrow(std::span<T> data, std::initializer_list<std::int64_t> shape);

  std::vector<std::int64_t> shape() const;
  // The values of a tensor of floats; they live as long as the tensor, or what it borrows.
  std::span<float> floats() const;

 private:
  friend class OnnxSession;
  struct Release {
    void operator()(OrtValue* value) const;
  };
  explicit OnnxTensor(OrtValue* value) : value_(value) {}
  std::unique_ptr<OrtValue, Release> value_;
};

// A tensor and the name under which the model knows it.
struct OnnxBinding {
  std::string name;
  OnnxTensor tensor;
};

struct OnnxOptions {
  int threads = 1;  // inside one operator; they sleep while there is nothing to do
  // Where to write the model as optimised for this machine, in the runtime's own format; empty: nowhere.
  std::filesystem::path save_optimised;
};

// A loaded model. run() may be called by one thread at a time.
class OnnxSession {
 public:
  // Loads and optimises an ONNX file.
  static Result<OnnxSession> load(const std::filesystem::path& file, const OnnxOptions& options);
  // Loads what OnnxOptions::save_optimised wrote: the first `size` bytes of `file`, which is kept mapped.
  // `name` is for messages.
  static Result<OnnxSession> load_optimised(MappedFile file, std::size_t size, const std::string& name,
                                            const OnnxOptions& options);

  OnnxSession(OnnxSession&&) noexcept;
  OnnxSession& operator=(OnnxSession&&) noexcept;
  ~OnnxSession();

  // Waits until the outputs are computed; each goes into the tensor that is there, which must have the right
  // shape, or into a new one. When `cancel` is requested it answers `cancelled` after the operator at work.
  Result<void> run(std::span<const OnnxBinding> inputs, std::span<OnnxBinding> outputs,
                   std::stop_token cancel = {});

 private:
  struct State;
  explicit OnnxSession(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The version of the runtime in use, e.g. "1.21.0".
std::string onnx_runtime_version();

}  // namespace diktate
