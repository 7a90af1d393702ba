// Writes an ONNX file operator by operator.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "onnx/model_file.h"
#include "onnx/protobuf.h"

namespace diktate {

// A size, or a name for one that may change from run to run.
using OnnxDimension = std::variant<std::int64_t, std::string>;
using OnnxAttribute = std::pair<std::string, std::variant<std::int64_t, float, std::vector<std::int64_t>>>;

// Tensors are known by their names; every operator and constant gets one of its own.
class GraphBuilder {
 public:
  // Declares an input, and gives its name back.
  std::string input(const std::string& name, OnnxType type, const std::vector<OnnxDimension>& shape);
  // Gives a tensor the name under which the model hands it out.
  void output(const std::string& tensor, const std::string& name, OnnxType type,
              const std::vector<OnnxDimension>& shape);

  std::string constant(const OnnxConstant& value);
  std::string floats(const std::vector<float>& values, const std::vector<std::int64_t>& shape);
  std::string integers(const std::vector<std::int64_t>& values);  // a vector
  std::string scalar(float value) { return floats({value}, {}); }
  std::string byte(std::uint8_t value);  // a scalar

  // Adds an operator, and names its outputs. An operator that is not ONNX's own has its domain before its
  // name: "com.microsoft.Gelu". An empty name stands for an input that is left out.
  std::string add(std::string_view type, const std::vector<std::string>& inputs,
                  const std::vector<OnnxAttribute>& attributes = {});
  std::vector<std::string> add(std::string_view type, const std::vector<std::string>& inputs,
                               const std::vector<OnnxAttribute>& attributes, std::size_t outputs);
  // The same for an operator some of whose outputs are not wanted; those get an empty name.
  std::vector<std::string> add(std::string_view type, const std::vector<std::string>& inputs,
                               const std::vector<OnnxAttribute>& attributes, const std::vector<bool>& wanted);

  // The whole file.
  std::string finish() const;

 private:
  std::string next_name(std::string_view stem);
  WireWriter graph_;
  int names_ = 0;
};

}  // namespace diktate
