#include "text/snippets.h"

#include <algorithm>

#include "text/sanitise.h"

namespace diktate {
namespace {

// What stands for `name`; nothing for a name that is not known.
std::optional<std::string> value_of(std::string_view name, const SnippetValues& values) {
  if (name == "date") return sanitised(values.date);
  if (name == "time") return sanitised(values.time);
  if (name == "clipboard") return sanitised(values.clipboard);
  if (name == "cursor") return std::string(1, kCursorMark);
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> take_cursor(std::string& text) {
  const std::size_t last = text.rfind(kCursorMark);
  if (last == std::string::npos) return std::nullopt;
  const auto marks = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(last), kCursorMark);
  std::erase(text, kCursorMark);
  return last - static_cast<std::size_t>(marks);
}

Snippets::Snippets(const std::vector<Snippet>& snippets) {
  texts_.reserve(snippets.size());
  for (const Snippet& snippet : snippets) {
    index_.add(snippet.trigger, texts_.size());
    texts_.push_back(sanitised(snippet.text));
  }
}

std::optional<Snippets::Match> Snippets::find(const Rewriter& at, std::size_t ahead) const {
  const auto match = index_.find(at, ahead);
  if (!match || !match->ending.empty()) return std::nullopt;
  return Match{texts_[match->id], match->words};
}

std::string expanded(std::string_view text, const SnippetValues& values) {
  std::string result;
  bool cursor = false;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    result += text.substr(0, open);
    text.remove_prefix(open);
    const std::size_t close = text.find('}');
    if (close == std::string_view::npos) break;
    const std::string_view name = text.substr(1, close - 1);
    const auto value = value_of(name, values);
    if (!value) {
      result += '{';
      text.remove_prefix(1);
      continue;
    }
    if (name != "cursor" || !cursor) result += *value;
    cursor = cursor || name == "cursor";
    text.remove_prefix(close + 1);
  }
  return result += text;
}

}  // namespace diktate
