#include "onnx/model_file.h"

#include <cstring>
#include <optional>
#include <utility>

#include "onnx/onnx_fields.h"
#include "onnx/protobuf.h"

namespace diktate {
namespace {

namespace number = onnx_fields;

constexpr int kDeepest = 8;  // nested graphs

tl::unexpected<Error> missing(std::string_view what, const std::string& name) {
  return fail(ErrorKind::invalid, "damaged or of another make: no " + std::string(what) + " " + name);
}

std::string_view first_bytes(const std::vector<WireField>& fields, int number) {
  for (const WireField& field : fields) {
    if (field.number == number && field.type == WireType::bytes) return field.bytes;
  }
  return {};
}

// Steps down through nested messages, taking the first of each number.
Result<std::vector<WireField>> descend(std::string_view message, std::initializer_list<int> numbers) {
  auto fields = parse_message(message);
  for (const int number : numbers) {
    if (!fields) return fields;
    fields = parse_message(first_bytes(*fields, number));
  }
  return fields;
}

std::optional<std::size_t> size_of(OnnxType type) {
  switch (type) {
    case OnnxType::float32:
      return 4;
    case OnnxType::uint8:
    case OnnxType::int8:
      return 1;
    case OnnxType::int64:
      return 8;
  }
  return std::nullopt;
}

// The integers of a tensor that has no raw data, each cut to its size.
std::string packed(const std::vector<std::int64_t>& values, std::size_t size) {
  std::string data;
  for (const std::int64_t value : values) data.append(reinterpret_cast<const char*>(&value), size);
  return data;
}

// The data of a tensor, whichever of the three ways of writing them it uses.
Result<std::string> tensor_data(const std::vector<WireField>& fields, std::size_t size) {
  std::string data;
  for (const WireField& field : fields) {
    const bool raw = field.number == number::tensor::kRaw || field.number == number::tensor::kFloats;
    if (raw && field.type != WireType::varint) data += field.bytes;
  }
  for (const int number : {number::tensor::kInt32s, number::tensor::kInt64s}) {
    const auto integers = parse_integers(fields, number);
    if (!integers) return tl::unexpected(integers.error());
    data += packed(*integers, size);
  }
  return data;
}

template <class T>
std::vector<float> as_floats(const std::string& data) {
  std::vector<T> values(data.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), data.data(), values.size() * sizeof(T));
  return std::vector<float>(values.begin(), values.end());
}

}  // namespace

std::vector<float> OnnxConstant::floats() const {
  switch (type) {
    case OnnxType::uint8:
      return as_floats<std::uint8_t>(data);
    case OnnxType::int8:
      return as_floats<std::int8_t>(data);
    default:
      return as_floats<float>(data);
  }
}

Result<OnnxModelFile> OnnxModelFile::parse(std::string_view bytes) {
  const auto model = parse_message(bytes);
  if (!model) return tl::unexpected(model.error());
  OnnxModelFile file;
  const std::string_view graph = first_bytes(*model, number::model::kGraph);
  if (graph.empty()) return fail(ErrorKind::invalid, "damaged: no graph in it");
  if (auto added = file.add_graph(graph, 0); !added) return tl::unexpected(added.error());
  return file;
}

Result<void> OnnxModelFile::add_graph(std::string_view graph, int depth) {
  if (depth > kDeepest) return fail(ErrorKind::invalid, "damaged: graphs nested too deeply");
  const auto fields = parse_message(graph);
  if (!fields) return tl::unexpected(fields.error());
  for (const WireField& field : *fields) {
    if (field.type != WireType::bytes) continue;
    if (field.number == number::graph::kNode) {
      if (auto added = add_node(field.bytes, depth); !added) return added;
    }
    if (field.number != number::graph::kConstant && field.number != number::graph::kInput) continue;
    const auto parts = parse_message(field.bytes);
    if (!parts) return tl::unexpected(parts.error());
    const bool constant = field.number == number::graph::kConstant;
    const int name = constant ? number::tensor::kName : number::value_info::kName;
    (constant ? constants_ : inputs_).emplace(first_bytes(*parts, name), field.bytes);
  }
  return {};
}

Result<void> OnnxModelFile::add_node(std::string_view node, int depth) {
  const auto fields = parse_message(node);
  if (!fields) return tl::unexpected(fields.error());
  OnnxNode parsed;
  for (const WireField& field : *fields) {
    if (field.number == number::node::kType) parsed.type = field.bytes;
    if (field.number == number::node::kInput) parsed.inputs.emplace_back(field.bytes);
    if (field.number != number::node::kAttribute) continue;
    const auto attribute = parse_message(field.bytes);
    if (!attribute) return tl::unexpected(attribute.error());
    if (auto added = add_graph(first_bytes(*attribute, number::attribute::kGraph), depth + 1); !added)
      return added;
  }
  for (const WireField& field : *fields) {
    if (field.number == number::node::kOutput) nodes_.emplace(field.bytes, parsed);
  }
  return {};
}

Result<OnnxNode> OnnxModelFile::node(const std::string& output) const {
  const auto found = nodes_.find(output);
  if (found == nodes_.end()) return missing("operator gives", output);
  return found->second;
}

Result<OnnxConstant> OnnxModelFile::constant(const std::string& name) const {
  const auto found = constants_.find(name);
  if (found == constants_.end()) return missing("tensor", name);
  const auto fields = parse_message(found->second);
  if (!fields) return tl::unexpected(fields.error());
  const auto types = parse_integers(*fields, number::tensor::kType);
  auto shape = parse_integers(*fields, number::tensor::kDimension);
  if (!types || types->size() != 1 || !shape) return missing("tensor", name);

  OnnxConstant constant{static_cast<OnnxType>(types->front()), std::move(*shape), {}};
  const auto size = size_of(constant.type);
  if (!size) return missing("usable tensor", name);
  auto data = tensor_data(*fields, *size);
  if (!data) return tl::unexpected(data.error());
  constant.data = std::move(*data);
  // The product of the dimensions cannot overflow before one of them is found larger than the data.
  std::size_t count = 1;
  for (const std::int64_t dimension : constant.shape) {
    if (dimension < 1 || static_cast<std::uint64_t>(dimension) > constant.data.size())
      return missing("whole tensor", name);
    count *= static_cast<std::size_t>(dimension);
    if (count > constant.data.size()) return missing("whole tensor", name);
  }
  if (count * *size != constant.data.size()) return missing("whole tensor", name);
  return constant;
}

Result<std::vector<std::int64_t>> OnnxModelFile::input_shape(const std::string& name) const {
  const auto found = inputs_.find(name);
  if (found == inputs_.end()) return missing("input", name);
  const auto dimensions =
      descend(found->second, {number::value_info::kType, number::type::kTensor, number::tensor_type::kShape});
  if (!dimensions) return tl::unexpected(dimensions.error());
  std::vector<std::int64_t> shape;
  for (const WireField& field : *dimensions) {
    if (field.number != number::shape::kDimension) continue;
    const auto parts = parse_message(field.bytes);
    if (!parts) return tl::unexpected(parts.error());
    const auto values = parse_integers(*parts, number::dimension::kSize);
    shape.push_back(values && !values->empty() ? values->front() : -1);
  }
  return shape;
}

}  // namespace diktate
