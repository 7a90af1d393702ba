// Makes one text of the pieces of a take, and tidies it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/values.h"

namespace diktate {

// The pieces' texts in order, with one space between them. A recogniser treats every piece as whole
// sentences, so where a piece was cut in the middle of one, it ends with a full stop and the next begins with
// a capital that nobody meant: both are undone at a forced cut, and at a short pause where the words show
// that the sentence goes on.
struct JoinedText {
  std::string text;
  std::vector<std::size_t>
      starts;  // byte offsets at which the second piece with text and those after it begin
};
JoinedText join_pieces(std::span<const Piece> pieces);

// Those with text, each with its part of the joined text.
std::vector<Piece> as_joined(std::span<const Piece> pieces);

// Whitespace and casing only: single spaces, none at the ends or before punctuation, a capital at the start.
std::string tidy(std::string_view text);

}  // namespace diktate
