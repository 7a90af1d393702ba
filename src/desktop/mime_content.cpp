#include "desktop/mime_content.h"

#include <algorithm>

#include "desktop/custody.h"

namespace diktate {
namespace {

// Programs ask for one of these; the last three are what X calls them.
constexpr std::string_view kTextMimes[] = {"text/plain;charset=utf-8", "text/plain", "UTF8_STRING", "TEXT",
                                           "STRING"};

}  // namespace

const std::string* MimeContent::find(std::string_view mime) const {
  const auto found =
      std::find_if(formats.begin(), formats.end(), [&](const auto& format) { return format.first == mime; });
  return found != formats.end() ? &found->second : nullptr;
}

std::size_t MimeContent::bytes() const {
  std::size_t sum = 0;
  for (const auto& [mime, bytes] : formats) sum += bytes.size();
  return sum;
}

SharedMime mime_content_of(std::string_view text) {
  auto content = std::make_shared<MimeContent>();
  for (const std::string_view mime : kTextMimes) content->formats.emplace_back(mime, text);
  content->formats.emplace_back(kSecretHint, "secret");
  return content;
}

KeptContent kept(const MimeContent& content) {
  KeptContent kept;
  for (const auto& [mime, bytes] : content.formats) kept.insert(kept.end(), {mime, bytes});
  return kept;
}

MimeContent mime_content_of(const KeptContent& kept) {
  MimeContent content;
  for (std::size_t i = 0; i + 1 < kept.size(); i += 2) content.formats.emplace_back(kept[i], kept[i + 1]);
  return content;
}

bool is_text_mime(std::string_view mime) {
  return std::find(std::begin(kTextMimes), std::end(kTextMimes), mime) != std::end(kTextMimes);
}

}  // namespace diktate
