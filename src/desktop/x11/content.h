// What a selection holds: the same thing in several formats. Inside this folder only.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "desktop/kept_content.h"
#include "desktop/x11/connection.h"

namespace diktate {

// By the atom of the format that is asked for, in the order in which they are offered.
struct SelectionContent {
  std::vector<XId> order;
  std::map<XId, XProperty> formats;

  void add(XId target, XProperty value);
  std::size_t bytes() const;
};

using SharedContent = std::shared_ptr<const SelectionContent>;

// The text as a selection of ours: managers of the clipboard are told to leave it alone. A format that cannot
// hold it (STRING is Latin 1) is not offered.
SharedContent content_of(X11Connection& connection, std::string_view text);

// To keep it, and back: two parts a format. The atoms are those of the server, whoever asks it.
KeptContent kept(const SelectionContent& content);
SelectionContent content_of(const KeptContent& kept);

// Whether such a conversion is for the text itself.
bool is_text_target(X11Connection& connection, XId target);

}  // namespace diktate
