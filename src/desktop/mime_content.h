// What a clipboard holds: the same thing in several formats.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "desktop/kept_content.h"

namespace diktate {

struct MimeContent {
  std::vector<std::pair<std::string, std::string>> formats;  // MIME type and bytes, as they are offered

  const std::string* find(std::string_view mime) const;  // null: it is not offered
  std::size_t bytes() const;
};

using SharedMime = std::shared_ptr<const MimeContent>;

// The text as a selection of ours: managers of the clipboard are told to leave it alone.
SharedMime mime_content_of(std::string_view text);

// To keep it, and back: two parts a format.
KeptContent kept(const MimeContent& content);
MimeContent mime_content_of(const KeptContent& kept);

// Whether it is the text itself that is asked for so.
bool is_text_mime(std::string_view mime);

}  // namespace diktate
