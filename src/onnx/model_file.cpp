#include "onnx/model_file.h"

#include <cstring>
#include <optional>
#include <utility>

#include "onnx/protobuf.h"

namespace diktate {
namespace {

namespace model_field {
constexpr int graph = 7;
}
namespace graph_field {
constexpr int node = 1, initializer = 5, input = 11;
}
namespace node_field {
constexpr int input = 1, output = 2, type = 4, attribute = 5;
}
namespace attribute_field {
constexpr int graph = 6;
}
namespace tensor_field {
constexpr int dims = 1, type = 2, floats = 4, int32s = 5, int64s = 7, name = 8, raw = 9;
}
namespace value_info_field {
constexpr int name = 1, type = 2;
}

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
      return 1;
    case OnnxType::int8:
      return 1;
    case OnnxType::int32:
      return 4;
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
    const bool raw = field.number == tensor_field::raw || field.number == tensor_field::floats;
    if (raw && field.type != WireType::varint) data += field.bytes;
  }
  for (const int number : {tensor_field::int32s, tensor_field::int64s}) {
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
  const std::string_view graph = first_bytes(*model, model_field::graph);
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
    if (field.number == graph_field::node) {
      if (auto added = add_node(field.bytes, depth); !added) return added;
    }
    if (field.number != graph_field::initializer && field.number != graph_field::input) continue;
    const auto parts = parse_message(field.bytes);
    if (!parts) return tl::unexpected(parts.error());
    const bool constant = field.number == graph_field::initializer;
    const int name = constant ? tensor_field::name : value_info_field::name;
    (constant ? constants_ : inputs_).emplace(first_bytes(*parts, name), field.bytes);
  }
  return {};
}

Result<void> OnnxModelFile::add_node(std::string_view node, int depth) {
  const auto fields = parse_message(node);
  if (!fields) return tl::unexpected(fields.error());
  OnnxNode parsed;
  for (const WireField& field : *fields) {
    if (field.number == node_field::type) parsed.type = field.bytes;
    if (field.number == node_field::input) parsed.inputs.emplace_back(field.bytes);
    if (field.number != node_field::attribute) continue;
    const auto attribute = parse_message(field.bytes);
    if (!attribute) return tl::unexpected(attribute.error());
    if (auto added = add_graph(first_bytes(*attribute, attribute_field::graph), depth + 1); !added)
      return added;
  }
  for (const WireField& field : *fields) {
    if (field.number == node_field::output) nodes_.emplace(field.bytes, parsed);
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
  const auto types = parse_integers(*fields, tensor_field::type);
  auto shape = parse_integers(*fields, tensor_field::dims);
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
  constexpr int kTensorType = 1, kShape = 2, kDimension = 1, kValue = 1;
  const auto dimensions = descend(found->second, {value_info_field::type, kTensorType, kShape});
  if (!dimensions) return tl::unexpected(dimensions.error());
  std::vector<std::int64_t> shape;
  for (const WireField& field : *dimensions) {
    if (field.number != kDimension) continue;
    const auto parts = parse_message(field.bytes);
    if (!parts) return tl::unexpected(parts.error());
    const auto values = parse_integers(*parts, kValue);
    shape.push_back(values && !values->empty() ? values->front() : -1);
  }
  return shape;
}

}  // namespace diktate
