#include "llm/json.h"

#include <charconv>
#include <cmath>
#include <utility>

#include <nlohmann/json.hpp>

namespace diktate {
namespace {

using Node = nlohmann::json;

const Node& node_of(const void* node) { return *static_cast<const Node*>(node); }

const Node* child(const Node& node, std::string_view name) {
  if (node.is_object()) {
    const auto found = node.find(std::string(name));
    return found == node.end() ? nullptr : &*found;
  }
  std::size_t position = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), position);
  if (!node.is_array() || error != std::errc{} || position >= node.size()) return nullptr;
  return &node[position];
}

const Node* find(const Node& from, std::string_view path) {
  const Node* node = &from;
  while (node != nullptr && !path.empty()) {
    const std::size_t end = path.find('/');
    node = child(*node, path.substr(0, end));
    path = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
  }
  return node;
}

std::optional<Nanoseconds> duration(const Node* node, double nanoseconds_each) {
  constexpr double kDay = 86'400e9;
  if (node == nullptr || !node->is_number()) return std::nullopt;
  const double nanoseconds = node->get<double>() * nanoseconds_each;
  if (!(nanoseconds >= 0 && nanoseconds <= kDay)) return std::nullopt;
  return Nanoseconds(std::llround(nanoseconds));
}

}  // namespace

class Json::Document {
 public:
  explicit Document(Node read) : root(std::move(read)) {}
  const Node root;
};

Json::Json(std::shared_ptr<const Document> document, const void* node)
    : document_(std::move(document)), node_(node) {}

std::optional<Json> Json::parse(std::string_view bytes) {
  Node root = Node::parse(bytes.begin(), bytes.end(), nullptr, /*allow_exceptions=*/false);
  if (root.is_discarded()) return std::nullopt;
  auto document = std::make_shared<const Document>(std::move(root));
  const void* node = &document->root;
  return Json(std::move(document), node);
}

bool Json::has(std::string_view path) const {
  const Node* node = find(node_of(node_), path);
  return node != nullptr && !node->is_null();
}

std::optional<Json> Json::at(std::string_view path) const {
  const Node* node = find(node_of(node_), path);
  if (node == nullptr) return std::nullopt;
  return Json(document_, node);
}

std::vector<Json> Json::items(std::string_view path) const {
  std::vector<Json> items;
  const Node* node = find(node_of(node_), path);
  if (node == nullptr || !node->is_array()) return items;
  for (const Node& item : *node) items.push_back(Json(document_, &item));
  return items;
}

bool Json::is_object() const { return node_of(node_).is_object(); }

std::string Json::text(std::string_view path) const {
  const Node* node = find(node_of(node_), path);
  return node != nullptr && node->is_string() ? node->get<std::string>() : std::string();
}

bool Json::is_true(std::string_view path) const {
  const Node* node = find(node_of(node_), path);
  return node != nullptr && node->is_boolean() && node->get<bool>();
}

std::optional<std::int64_t> Json::count(std::string_view path) const {
  constexpr double kMost = 1e15;
  const Node* node = find(node_of(node_), path);
  if (node == nullptr || !node->is_number()) return std::nullopt;
  const auto number = node->get<double>();
  if (!(number >= 0 && number <= kMost)) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::optional<Nanoseconds> Json::nanoseconds(std::string_view path) const {
  return duration(find(node_of(node_), path), 1);
}

std::optional<Nanoseconds> Json::milliseconds(std::string_view path) const {
  return duration(find(node_of(node_), path), 1e6);
}

}  // namespace diktate
