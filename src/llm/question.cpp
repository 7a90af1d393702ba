#include "llm/question.h"

#include <utility>

namespace diktate {

std::vector<std::string> pieces_of(const TextRequest& request) {
  std::vector<std::string> pieces;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= request.pieces.size(); ++i) {
    const std::size_t end = i < request.pieces.size() ? request.pieces[i] : request.text.size();
    std::string_view piece = request.text.substr(begin, end - begin);
    while (!piece.empty() && piece.back() == ' ') piece.remove_suffix(1);
    pieces.emplace_back(piece);
    begin = end;
  }
  return pieces;
}

Question rest_of(Question question, std::vector<std::string> pieces, const PromptOptions& options) {
  if (question.worked.empty()) return question;
  std::vector<Worked> earlier;
  for (const WorkedPiece& piece : question.worked) earlier.push_back(piece.text);
  std::string rest;
  for (std::size_t i = earlier.size(); i < pieces.size(); ++i) rest += (rest.empty() ? "" : " ") + pieces[i];
  pieces.resize(earlier.size());
  const PromptInput input{.said = rest, .earlier = repeated(earlier)};
  question.request.prompt = make_prompt(options, input);
  question.request.most_tokens = most_answer_tokens(options, input);
  if (!is_blank(rest)) pieces.push_back(std::move(rest));
  question.pieces = std::move(pieces);
  return question;
}

std::string whole_text(const Question& question, const LlmAnswer* answer) {
  if (question.worked.empty()) return answer->reply.text;
  std::vector<std::string> made;
  for (const WorkedPiece& piece : question.worked) made.push_back(piece.text.made);
  if (answer != nullptr) made.push_back(answer->reply.text);
  return joined_pieces(question.pieces, made);
}

}  // namespace diktate
