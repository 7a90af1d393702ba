#include "store/take_notes.h"

#include <string_view>
#include <type_traits>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/json_text.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

template <class Value>
void read_value(const Json& json, const char* key, Value& to) {
  const auto found = json.find(key);
  if (found == json.end()) return;
  if constexpr (std::is_same_v<Value, std::int64_t>) {
    if (found->is_number_integer()) to = found->get<std::int64_t>();
  } else if constexpr (std::is_same_v<Value, bool>) {
    if (found->is_boolean()) to = found->get<bool>();
  } else {
    if (found->is_string()) to = found->get<std::string>();
  }
}

}  // namespace

std::string notes_line(const TakeNotes& notes) {
  Json json;
  if (notes.started_ms != 0) json["started_ms"] = notes.started_ms;
  if (!notes.engine.empty()) json["engine"] = notes.engine;
  if (!notes.profile.empty()) json["profile"] = notes.profile;
  if (notes.raw_text) json["raw_text"] = *notes.raw_text;
  if (notes.clean_text) json["clean_text"] = *notes.clean_text;
  if (notes.over) json["over"] = true;
  return json_text(json) + "\n";
}

TakeNotes read_notes(const std::filesystem::path& path) {
  const std::string text = read_file(path).value_or("");
  std::string_view rest = text;
  TakeNotes notes;
  for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    const Json json = Json::parse(rest.substr(0, end), nullptr, false);
    rest.remove_prefix(end + 1);
    if (!json.is_object()) continue;
    read_value(json, "started_ms", notes.started_ms);
    read_value(json, "engine", notes.engine);
    read_value(json, "profile", notes.profile);
    read_value(json, "raw_text", notes.raw_text);
    read_value(json, "clean_text", notes.clean_text);
    read_value(json, "over", notes.over);
  }
  return notes;
}

}  // namespace diktate
