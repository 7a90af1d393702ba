// What language models are told to do with dictated words, for every mode, built in or by the user.
//
// A prompt begins with what never changes, so that servers can keep it in their caches: the system part is
// the same bytes for the same options, then comes what changes now and then, and what was said comes last.
// What was said stands between marks, and cannot forge them.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace diktate {

// In the order of kTaskModeNames.
enum class TaskMode : unsigned char {
  standard,         // the speaker's words, tidied
  prompt,           // arranged as a prompt for a language model
  professional,     // in the words of a business letter
  refine,           // the selected text, made better
  refine_by_voice,  // the selected text, changed as the speaker asks
  ask,              // the answer to what the speaker asks
  translate,
  note,  // arranged as a note
};
inline constexpr std::array<std::string_view, 8> kTaskModeNames = {
    "standard", "prompt", "professional", "refine", "refine-by-voice", "ask", "translate", "note"};

std::string_view to_string(TaskMode mode);
Result<TaskMode> task_mode_called(std::string_view name);  // `invalid` says which there are

// Whether what is said is about a text, and is none that could be written where no model answers.
constexpr bool is_about_a_text(TaskMode mode) {
  return mode == TaskMode::ask || mode == TaskMode::refine || mode == TaskMode::refine_by_voice;
}

struct PromptOptions {
  TaskMode mode = TaskMode::standard;
  // Of the user's own, instead of what is built in. {text} is where the text to work on stands and
  // {instruction} what was asked to be done with it; what it does not name follows it.
  std::string custom;
  std::string into = "English";         // translate: the language, as the user calls it
  std::vector<std::string> vocabulary;  // words to be spelt so
};

// A piece that was worked on before, and what became of it.
struct Worked {
  std::string said;
  std::string made;
};

struct PromptInput {
  std::string_view said;
  std::string_view selection = {};       // refine, refine by voice, ask
  std::span<const Worked> earlier = {};  // pieces of the same dictation
};

struct ChatTurn {
  enum class Role : unsigned char { user, assistant };
  Role role;
  std::string text;
  bool operator==(const ChatTurn&) const = default;
};

// All of it is well-formed UTF-8 without control characters.
struct Prompt {
  std::string system;
  std::vector<ChatTurn> turns;  // the last is the user's
};

// Any bytes may have been said or selected. Nothing here waits.
Prompt make_prompt(const PromptOptions& options, const PromptInput& input);

// As much as is the same for every input, to be evaluated beforehand.
Prompt prompt_prefix(const PromptOptions& options);

// As a person reads it: each part under its role.
std::string shown(const Prompt& prompt);

// More tokens than a good answer to this input has; an answer that reaches it went wrong. A token is seldom
// less than two bytes.
int most_answer_tokens(const PromptOptions& options, const PromptInput& input);

}  // namespace diktate
