#include "onnx/graph_builder.h"

#include <cstring>
#include <span>

namespace diktate {
namespace {

constexpr std::int64_t kIrVersion = 8;     // of ONNX 1.13
constexpr std::int64_t kOperatorSet = 17;  // the same; has LayerNormalization
constexpr std::string_view kContrib = "com.microsoft";

namespace attribute_type {
constexpr std::int64_t number = 1, integer = 2, integers = 7;
}

WireWriter attribute_message(const OnnxAttribute& attribute) {
  constexpr int kName = 1, kNumber = 2, kInteger = 3, kIntegers = 8, kType = 20;
  WireWriter message;
  message.bytes(kName, attribute.first);
  if (const auto* integer = std::get_if<std::int64_t>(&attribute.second)) {
    message.integer(kInteger, *integer).integer(kType, attribute_type::integer);
  } else if (const auto* number = std::get_if<float>(&attribute.second)) {
    message.number(kNumber, *number).integer(kType, attribute_type::number);
  } else {
    for (const std::int64_t value : std::get<2>(attribute.second)) message.integer(kIntegers, value);
    message.integer(kType, attribute_type::integers);
  }
  return message;
}

WireWriter value_info(const std::string& name, OnnxType type, const std::vector<OnnxDimension>& shape) {
  constexpr int kName = 1, kType = 2, kTensorType = 1, kElement = 1, kShape = 2, kDimension = 1;
  constexpr int kSize = 1, kParameter = 2;
  WireWriter dimensions;
  for (const OnnxDimension& dimension : shape) {
    WireWriter message;
    if (const auto* size = std::get_if<std::int64_t>(&dimension)) message.integer(kSize, *size);
    if (const auto* parameter = std::get_if<std::string>(&dimension)) message.bytes(kParameter, *parameter);
    dimensions.message(kDimension, message);
  }
  WireWriter tensor;
  tensor.integer(kElement, static_cast<std::int64_t>(type)).message(kShape, dimensions);
  return WireWriter().bytes(kName, name).message(kType, WireWriter().message(kTensorType, tensor));
}

WireWriter operator_set(std::string_view domain, std::int64_t version) {
  constexpr int kDomain = 1, kVersion = 2;
  return WireWriter().bytes(kDomain, domain).integer(kVersion, version);
}

namespace graph_field {
constexpr int node = 1, name = 2, initializer = 5, input = 11, output = 12;
}

}  // namespace

std::string GraphBuilder::input(const std::string& name, OnnxType type,
                                const std::vector<OnnxDimension>& shape) {
  graph_.message(graph_field::input, value_info(name, type, shape));
  return name;
}

void GraphBuilder::output(const std::string& tensor, const std::string& name, OnnxType type,
                          const std::vector<OnnxDimension>& shape) {
  constexpr int kInput = 1, kOutput = 2, kType = 4;
  WireWriter node;
  node.bytes(kInput, tensor).bytes(kOutput, name).bytes(kType, "Identity");
  graph_.message(graph_field::node, node);
  graph_.message(graph_field::output, value_info(name, type, shape));
}

std::string GraphBuilder::constant(const OnnxConstant& value) {
  constexpr int kDimension = 1, kType = 2, kName = 8, kRaw = 9;
  const std::string name = next_name("constant");
  WireWriter tensor;
  for (const std::int64_t dimension : value.shape) tensor.integer(kDimension, dimension);
  tensor.integer(kType, static_cast<std::int64_t>(value.type)).bytes(kName, name).bytes(kRaw, value.data);
  graph_.message(graph_field::initializer, tensor);
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
  constexpr int kInput = 1, kOutput = 2, kType = 4, kAttribute = 5, kDomain = 7;
  const std::size_t dot = type.rfind('.');
  const std::string_view domain = dot == type.npos ? "" : type.substr(0, dot);
  const std::string_view plain = dot == type.npos ? type : type.substr(dot + 1);
  std::vector<std::string> names;
  WireWriter node;
  for (const std::string& name : inputs) node.bytes(kInput, name);
  for (const bool output : wanted) names.push_back(output ? next_name(plain) : "");
  for (const std::string& name : names) node.bytes(kOutput, name);
  node.bytes(kType, plain);
  for (const OnnxAttribute& attribute : attributes) node.message(kAttribute, attribute_message(attribute));
  if (!domain.empty()) node.bytes(kDomain, domain);
  graph_.message(graph_field::node, node);
  return names;
}

std::string GraphBuilder::finish() const {
  constexpr int kVersion = 1, kProducer = 2, kGraph = 7, kOperatorSets = 8;
  WireWriter graph = graph_;
  graph.bytes(graph_field::name, "graph");
  WireWriter model;
  model.integer(kVersion, kIrVersion).bytes(kProducer, "diktate").message(kGraph, graph);
  model.message(kOperatorSets, operator_set("", kOperatorSet));
  model.message(kOperatorSets, operator_set(kContrib, 1));
  return model.bytes();
}

std::string GraphBuilder::next_name(std::string_view stem) {
  return std::string(stem) + '_' + std::to_string(names_++);
}

}  // namespace diktate
