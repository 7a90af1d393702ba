// Reads the weights out of an ONNX file, without running it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace diktate {

// ONNX's numbers for the types of a tensor's values.
enum class OnnxType : std::int64_t { float32 = 1, uint8 = 2, int8 = 3, int64 = 7 };

// A constant tensor, row-major, little-endian.
struct OnnxConstant {
  OnnxType type = OnnxType::float32;
  std::vector<std::int64_t> shape;  // empty: one value
  std::string data;

  // The values as floats, of float32, uint8 or int8.
  std::vector<float> floats() const;
};

// An operator: which tensors it takes; what it gives is the key in OnnxModelFile::nodes.
struct OnnxNode {
  std::string type;
  std::vector<std::string> inputs;
};

class OnnxModelFile {
 public:
  // `bytes` outlives the object. Nodes of nested graphs (the branches of an If) are listed with the others.
  static Result<OnnxModelFile> parse(std::string_view bytes);

  // The operator that gives this tensor; `invalid` where there is none.
  Result<OnnxNode> node(const std::string& output) const;
  // A constant by name; `invalid` where there is none, or its data do not fit its shape.
  Result<OnnxConstant> constant(const std::string& name) const;
  // The sizes of an input's dimensions, -1 for those that are free.
  Result<std::vector<std::int64_t>> input_shape(const std::string& name) const;

 private:
  Result<void> add_graph(std::string_view graph, int depth);
  Result<void> add_node(std::string_view node, int depth);
  std::map<std::string, OnnxNode> nodes_;
  std::map<std::string, std::string_view> constants_;
  std::map<std::string, std::string_view> inputs_;
};

}  // namespace diktate
