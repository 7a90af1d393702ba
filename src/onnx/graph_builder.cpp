#include "onnx/graph_builder.h"

#include <cstring>
#include <span>

#include "onnx/onnx_fields.h"

namespace diktate {
namespace {

constexpr std::int64_t kIrVersionWritten = 8;     // of ONNX 1.13
constexpr std::int64_t kOperatorSetWritten = 17;  // the same; has LayerNormalization
constexpr std::string_view kContrib = "com.microsoft";

namespace number = onnx_fields;

WireWriter attribute_message(const OnnxAttribute& attribute) {
  namespace field = number::attribute;
  WireWriter message;
  message.bytes(field::kName, attribute.first);
  if (const auto* integer = std::get_if<std::int64_t>(&attribute.second)) {
    message.integer(field::kInteger, *integer).integer(field::kType, number::attribute_type::kInteger);
  } else if (const auto* value = std::get_if<float>(&attribute.second)) {
    message.number(field::kNumber, *value).integer(field::kType, number::attribute_type::kNumber);
  } else {
    for (const std::int64_t item : std::get<2>(attribute.second)) message.integer(field::kIntegers, item);
    message.integer(field::kType, number::attribute_type::kIntegers);
  }
  return message;
}

WireWriter value_info(const std::string& name, OnnxType type, const std::vector<OnnxDimension>& shape) {
  WireWriter dimensions;
  for (const OnnxDimension& dimension : shape) {
    WireWriter message;
    if (const auto* size = std::get_if<std::int64_t>(&dimension))
      message.integer(number::dimension::kSize, *size);
    if (const auto* parameter = std::get_if<std::string>(&dimension))
      message.bytes(number::dimension::kName, *parameter);
    dimensions.message(number::shape::kDimension, message);
  }
  WireWriter tensor;
  tensor.integer(number::tensor_type::kElement, static_cast<std::int64_t>(type));
  tensor.message(number::tensor_type::kShape, dimensions);
  const WireWriter wrapped = WireWriter().message(number::type::kTensor, tensor);
  return WireWriter().bytes(number::value_info::kName, name).message(number::value_info::kType, wrapped);
}

WireWriter operator_set(std::string_view domain, std::int64_t version) {
  return WireWriter()
      .bytes(number::operator_set::kDomain, domain)
      .integer(number::operator_set::kVersion, version);
}

}  // namespace

std::string GraphBuilder::input(const std::string& name, OnnxType type,
                                const std::vector<OnnxDimension>& shape) {
  graph_.message(number::graph::kInput, value_info(name, type, shape));
  return name;
}

void GraphBuilder::output(const std::string& tensor, const std::string& name, OnnxType type,
                          const std::vector<OnnxDimension>& shape) {
  namespace field = number::node;
  WireWriter node;
  node.bytes(field::kInput, tensor).bytes(field::kOutput, name).bytes(field::kType, "Identity");
  graph_.message(number::graph::kNode, node);
  graph_.message(number::graph::kOutput, value_info(name, type, shape));
}

std::string GraphBuilder::constant(const OnnxConstant& value) {
  namespace field = number::tensor;
  const std::string name = next_name("constant");
  WireWriter tensor;
  for (const std::int64_t dimension : value.shape) tensor.integer(field::kDimension, dimension);
  tensor.integer(field::kType, static_cast<std::int64_t>(value.type))
      .bytes(field::kName, name)
      .bytes(field::kRaw, value.data);
  graph_.message(number::graph::kConstant, tensor);
  return name;
}

std::string GraphBuilder::floats(const std::vector<float>& values, const std::vector<std::int64_t>& shape) {
  const auto bytes = std::as_bytes(std::span(values));
  return constant({OnnxType::float32, shape, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}});
}

std::string GraphBuilder::integers(const std::vector<std::int64_t>& values) {
  const auto bytes = std::as_bytes(std::span(values));
  return constant({OnnxType::int64,
                   {static_cast<std::int64_t>(values.size())},
                   {reinterpret_cast<const char*>(bytes.data()), bytes.size()}});
}

std::string GraphBuilder::byte(std::uint8_t value) {
  return constant({OnnxType::uint8, {}, std::string(1, static_cast<char>(value))});
}

std::string GraphBuilder::add(std::string_view type, const std::vector<std::string>& inputs,
                              const std::vector<OnnxAttribute>& attributes) {
  return add(type, inputs, attributes, std::size_t{1}).front();
}

std::vector<std::string> GraphBuilder::add(std::string_view type, const std::vector<std::string>& inputs,
                                           const std::vector<OnnxAttribute>& attributes,
                                           std::size_t outputs) {
  return add(type, inputs, attributes, std::vector<bool>(outputs, true));
}

std::vector<std::string> GraphBuilder::add(std::string_view type, const std::vector<std::string>& inputs,
                                           const std::vector<OnnxAttribute>& attributes,
                                           const std::vector<bool>& wanted) {
  namespace field = number::node;
  const std::size_t dot = type.rfind('.');
  const std::string_view domain = dot == type.npos ? "" : type.substr(0, dot);
  const std::string_view plain = dot == type.npos ? type : type.substr(dot + 1);
  std::vector<std::string> names;
  WireWriter node;
  for (const std::string& name : inputs) node.bytes(field::kInput, name);
  for (const bool output : wanted) names.push_back(output ? next_name(plain) : "");
  for (const std::string& name : names) node.bytes(field::kOutput, name);
  node.bytes(field::kType, plain);
  for (const OnnxAttribute& attribute : attributes)
    node.message(field::kAttribute, attribute_message(attribute));
  if (!domain.empty()) node.bytes(field::kDomain, domain);
  graph_.message(number::graph::kNode, node);
  return names;
}

std::string GraphBuilder::finish() const {
  namespace field = number::model;
  WireWriter graph = graph_;
  graph.bytes(number::graph::kName, "graph");
  WireWriter model;
  model.integer(field::kIrVersion, kIrVersionWritten)
      .bytes(field::kProducer, "diktate")
      .message(field::kGraph, graph);
  model.message(field::kOperatorSet, operator_set("", kOperatorSetWritten));
  model.message(field::kOperatorSet, operator_set(kContrib, 1));
  return model.bytes();
}

std::string GraphBuilder::next_name(std::string_view stem) {
  return std::string(stem) + '_' + std::to_string(names_++);
}

}  // namespace diktate
