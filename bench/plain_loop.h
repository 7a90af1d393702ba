// The peer: Moonshine as its makers ship it, decoded by the loop that anybody would write first.
//
// Both graphs come from one pair of files, encoder_model.onnx and decoder_model_merged.onnx, loaded with ONNX
// Runtime's default session options; only the number of threads is given. That means full graph optimisation
// at every load, and worker threads that spin while they wait. Every step runs the merged decoder on one
// token and feeds the keys and values that it answered back in, by reference: no copies, but no IoBinding, no
// buffers of its own, no prepared graph either.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace diktate::bench {

// One thread.
class PlainLoop {
 public:
  // Loads both graphs from `folder`, one after the other. Waits.
  static Result<PlainLoop> load(const std::filesystem::path& folder, int threads);
  PlainLoop(PlainLoop&&) noexcept;
  PlainLoop& operator=(PlainLoop&&) noexcept;
  ~PlainLoop();

  // Greedy decoding of 16 kHz mono samples: the tokens without start and end, at most 6.5 a second (the
  // makers' own limit). Waits for the model.
  Result<std::vector<int>> decode(std::span<const float> samples);

 private:
  struct Model;
  explicit PlainLoop(std::unique_ptr<Model> model);
  std::unique_ptr<Model> model_;
};

// Of the ONNX Runtime that both sides of the comparison run on.
std::string runtime_version();

}  // namespace diktate::bench
