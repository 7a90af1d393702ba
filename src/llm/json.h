// JSON from outside, read without trust: what is missing, of another type or out of range is simply not
// there.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace diktate {

// A place in a document. Copies are cheap, and each keeps the whole document alive. Paths name members and
// positions: "choices/0/delta/content". Nothing here waits.
class Json {
 public:
  // Nothing unless `bytes` are one well-formed document of well-formed UTF-8.
  static std::optional<Json> parse(std::string_view bytes);

  bool has(std::string_view path) const;  // there, and not null
  std::optional<Json> at(std::string_view path) const;
  std::vector<Json> items(std::string_view path) const;  // of an array; empty otherwise
  bool is_object() const;

  std::string text(std::string_view path = "") const;  // "" unless it is a string
  bool is_true(std::string_view path) const;
  // A whole number that is not negative.
  std::optional<std::int64_t> count(std::string_view path) const;
  // A duration of at most a day; negative ones are none.
  std::optional<Nanoseconds> nanoseconds(std::string_view path) const;
  std::optional<Nanoseconds> milliseconds(std::string_view path) const;

 private:
  class Document;
  Json(std::shared_ptr<const Document> document, const void* node);
  std::shared_ptr<const Document> document_;
  const void* node_;
};

}  // namespace diktate
