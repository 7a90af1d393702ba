#include "llm/prompts.h"

#include <algorithm>

#include "llm/prompt_texts.h"
#include "text/sanitise.h"

namespace diktate {
namespace {

// What ends a text early in some family of models, or would forge our own marks. An opening bracket that
// begins one of them loses its neighbour to a space.
constexpr std::array<std::string_view, 10> kForbidden = {
    "<|",      "<start_of_turn>", "<end_of_turn>", "[INST]",      "[/INST]",
    "<<SYS>>", "<dictation>",     "</dictation>",  "<selection>", "</selection>"};

std::string harmless(std::string_view bytes) {
  std::string text = sanitised(bytes);
  for (const std::string_view mark : kForbidden) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
      text.insert(at + 1, " ");
  }
  return text;
}

std::string marked(std::string_view name, std::string_view content) {
  std::string text = "<" + std::string(name) + ">\n";
  text += content;
  text += "\n</" + std::string(name) + ">";
  return text;
}

std::string dictation(std::string_view said) { return marked("dictation", harmless(said)); }

bool works_on_selection(TaskMode mode) {
  return mode == TaskMode::refine || mode == TaskMode::refine_by_voice || mode == TaskMode::ask;
}

std::string vocabulary_of(const PromptOptions& options) {
  if (options.vocabulary.empty()) return {};
  std::string list;
  for (const std::string& word : options.vocabulary) list += (list.empty() ? "" : ", ") + harmless(word);
  return "Spell these as written here, where they were meant: " + list + ".\n\n";
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at != std::string::npos) text.replace(at, from.size(), to);
}

// A place in a template of the user's: which one comes next, and where.
struct Place {
  std::size_t at = std::string_view::npos;
  std::string_view name;
};

Place next_place(std::string_view text) {
  Place first;
  for (const std::string_view name : {kTextPlace, kInstructionPlace}) {
    if (const std::size_t at = text.find(name); at < first.at) first = {at, name};
  }
  return first;
}

bool has_place(const std::string& custom) { return !next_place(custom).name.empty(); }

// The two things that an input holds, ready to be put in.
struct Parts {
  std::string text;
  std::string instruction;
};

Parts parts_of(TaskMode mode, const PromptInput& input) {
  if (!works_on_selection(mode)) return {dictation(input.said), {}};
  Parts parts;
  if (!input.selection.empty()) parts.text = marked("selection", harmless(input.selection));
  if (!input.said.empty()) parts.instruction = dictation(input.said);
  return parts;
}

// In one pass: what is put in may contain the name of a place.
std::string filled(std::string_view custom, const Parts& parts) {
  std::string result;
  bool has_text = false;
  bool has_instruction = false;
  for (Place place = next_place(custom); !place.name.empty(); place = next_place(custom)) {
    const bool is_text = place.name == kTextPlace;
    (is_text ? has_text : has_instruction) = true;
    result += custom.substr(0, place.at);
    result += is_text ? parts.text : parts.instruction;
    custom.remove_prefix(place.at + place.name.size());
  }
  result += custom;
  if (!has_text && !parts.text.empty()) result += "\n\n" + parts.text;
  if (!has_instruction && !parts.instruction.empty()) result += "\n\n" + parts.instruction;
  return result;
}

std::string system_of(const PromptOptions& options) {
  if (has_place(options.custom)) return std::string(kFrameOfPlaces);
  std::string task(options.custom.empty() ? task_text(options.mode) : std::string_view(options.custom));
  if (options.mode == TaskMode::translate) replace(task, kLanguagePlace, sanitised(options.into));
  return sanitised(task) + "\n\n" + std::string(frame_text(options.mode));
}

// The text before the user's words and selection.
std::string opening_of(const PromptOptions& options) {
  std::string opening = vocabulary_of(options);
  if (has_place(options.custom))
    opening += sanitised(options.custom.substr(0, next_place(options.custom).at));
  return opening;
}

std::string user_text(const PromptOptions& options, const PromptInput& input) {
  const Parts parts = parts_of(options.mode, input);
  std::string text = vocabulary_of(options);
  if (has_place(options.custom)) return text + filled(sanitised(options.custom), parts);
  text += parts.text;
  if (!parts.text.empty() && !parts.instruction.empty()) text += "\n\n";
  return text + parts.instruction;
}

}  // namespace

std::string_view to_string(TaskMode mode) { return kTaskModeNames[static_cast<std::size_t>(mode)]; }

Result<TaskMode> task_mode_called(std::string_view name) {
  const auto* found = std::find(kTaskModeNames.begin(), kTaskModeNames.end(), name);
  if (found != kTaskModeNames.end()) return static_cast<TaskMode>(found - kTaskModeNames.begin());
  std::string list;
  for (const std::string_view known : kTaskModeNames) list += (list.empty() ? "" : ", ") + std::string(known);
  return fail(ErrorKind::invalid, "unknown mode '" + std::string(name) + "'; there are " + list);
}

Prompt make_prompt(const PromptOptions& options, const PromptInput& input) {
  Prompt prompt{system_of(options), {}};
  for (const Worked& piece : input.earlier) {
    PromptInput earlier = input;
    earlier.said = piece.said;
    prompt.turns.push_back({ChatTurn::Role::user, user_text(options, earlier)});
    prompt.turns.push_back({ChatTurn::Role::assistant, harmless(piece.made)});
  }
  prompt.turns.push_back({ChatTurn::Role::user, user_text(options, input)});
  return prompt;
}

Prompt prompt_prefix(const PromptOptions& options) {
  std::string opening = opening_of(options);
  if (!has_place(options.custom))
    opening += works_on_selection(options.mode) ? "<selection>\n" : "<dictation>\n";
  return {system_of(options), {{ChatTurn::Role::user, std::move(opening)}}};
}

std::string shown(const Prompt& prompt) {
  std::string text = "system:\n" + prompt.system + "\n";
  for (const ChatTurn& turn : prompt.turns) {
    text += turn.role == ChatTurn::Role::user ? "\nuser:\n" : "\nassistant:\n";
    text += turn.text + "\n";
  }
  return text;
}

int most_answer_tokens(const PromptOptions& options, const PromptInput& input) {
  constexpr std::size_t kMost = 8192;
  const std::size_t said = input.said.size();
  switch (options.mode) {
    case TaskMode::standard:
      return static_cast<int>(std::min(kMost, 64 + said / 2));
    case TaskMode::translate:
    case TaskMode::professional:
      return static_cast<int>(std::min(kMost, 128 + said));
    case TaskMode::prompt:
    case TaskMode::note:
      return static_cast<int>(std::min(kMost, 256 + said));
    case TaskMode::refine:
      return static_cast<int>(std::min(kMost, 128 + input.selection.size()));
    case TaskMode::refine_by_voice:
      return static_cast<int>(std::min(kMost, 512 + input.selection.size()));
    case TaskMode::ask:
      break;
  }
  return 2048;
}

}  // namespace diktate
