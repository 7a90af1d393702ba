#include "desktop/x11/content.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "desktop/custody.h"
#include "desktop/text_parts.h"

namespace diktate {
namespace {

constexpr const char* kTextTargets[] = {
    "UTF8_STRING", "text/plain;charset=utf-8", "text/plain", "TEXT", "STRING", "COMPOUND_TEXT"};

struct KeptFormat {
  XId target;
  XId type;
  int bits;
};

}  // namespace

void SelectionContent::add(XId target, XProperty value) {
  if (!formats.contains(target)) order.push_back(target);
  formats.insert_or_assign(target, std::move(value));
}

std::size_t SelectionContent::bytes() const {
  std::size_t sum = 0;
  for (const auto& [target, value] : formats) sum += value.bytes.size();
  return sum;
}

SharedContent content_of(X11Connection& connection, std::string_view text) {
  auto content = std::make_shared<SelectionContent>();
  const std::string bytes(text);
  const XId utf8 = connection.atom("UTF8_STRING");
  content->add(utf8, {utf8, 8, bytes});
  content->add(connection.atom("TEXT"), {utf8, 8, bytes});
  for (const char* mime : {"text/plain;charset=utf-8", "text/plain"})
    content->add(connection.atom(mime), {connection.atom(mime), 8, bytes});
  const XId string = connection.atom("STRING");
  if (auto latin = latin1_of(text)) content->add(string, {string, 8, std::move(*latin)});
  const XId hint = connection.atom(kSecretHint);
  content->add(hint, {hint, 8, "secret"});
  return content;
}

KeptContent kept(const SelectionContent& content) {
  KeptContent kept;
  for (const XId target : content.order) {
    const XProperty& value = content.formats.at(target);
    const KeptFormat format{target, value.type, value.format};
    kept.emplace_back(static_cast<const char*>(static_cast<const void*>(&format)), sizeof format);
    kept.push_back(value.bytes);
  }
  return kept;
}

SelectionContent content_of(const KeptContent& kept) {
  SelectionContent content;
  for (std::size_t i = 0; i + 1 < kept.size(); i += 2) {
    KeptFormat format{};
    std::memcpy(&format, kept[i].data(), std::min(sizeof format, kept[i].size()));
    content.add(format.target, {format.type, format.bits, kept[i + 1]});
  }
  return content;
}

bool is_text_target(X11Connection& connection, XId target) {
  for (const char* name : kTextTargets)
    if (target == connection.atom(name)) return true;
  return false;
}

}  // namespace diktate
