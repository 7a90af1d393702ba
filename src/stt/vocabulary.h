// The pieces of text behind a recogniser's tokens.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace diktate {

// A SentencePiece vocabulary: "▁" stands for a space, "<0x41>" for a byte.
class Vocabulary {
 public:
  // `content` has a piece a line, or is llama-tokenizer.js, which holds such lines in base64.
  static Result<Vocabulary> parse(std::string_view content);
  // The same, but a part of the vocabulary of a Moonshine model is an error.
  static Result<Vocabulary> parse_moonshine(std::string_view content);

  // Valid UTF-8, without a space at either end. Tokens without a text of their own (control, unknown) give
  // none.
  std::string text_of(std::span<const int> tokens) const;

  // The pieces, one a line, as parse() takes them.
  std::string lines() const;
  std::size_t size() const { return pieces_.size(); }

 private:
  std::vector<std::string> pieces_;
};

}  // namespace diktate
