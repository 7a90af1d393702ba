// JSON as text, for any of the basic_json types of nlohmann's library.
#pragma once

#include <optional>
#include <string>

namespace diktate {

// On one line. Bytes that are no UTF-8 become U+FFFD: what is told of a text is never refused for them.
template <class Json>
std::string json_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// null for what is not there.
template <class Json, class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}
template <class Json>
Json or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

}  // namespace diktate
