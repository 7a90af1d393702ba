#include "app/profiles.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "app/processors.h"

namespace diktate {
namespace {

// Those that are about rules have their names; the others are about what a model does with the words.
struct BuiltIn {
  std::string_view name;
  std::string_view cleanup;
  TaskMode mode;
};
constexpr std::array<BuiltIn, 11> kBuiltIn{{
    {"standard", "standard", TaskMode::standard},
    {"code", "code", TaskMode::standard},
    {"terminal", "terminal", TaskMode::standard},
    {"raw", "raw", TaskMode::standard},
    {"prompt", "standard", TaskMode::prompt},
    {"professional", "standard", TaskMode::professional},
    {"refine", "standard", TaskMode::refine},
    {"refine-by-voice", "standard", TaskMode::refine_by_voice},
    {"ask", "standard", TaskMode::ask},
    {"translate", "standard", TaskMode::translate},
    {"note", "standard", TaskMode::note},
}};

const BuiltIn* built_in(std::string_view name) {
  const auto* found =
      std::find_if(kBuiltIn.begin(), kBuiltIn.end(), [&](const BuiltIn& row) { return row.name == name; });
  return found == kBuiltIn.end() ? nullptr : found;
}

template <class Row>
const Row* row_called(const std::vector<Row>& rows, std::string_view name) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.name == name; });
  return found == rows.end() ? nullptr : &*found;
}

// The command line cannot mend it.
tl::unexpected<Error> wrong_setting(std::string_view setting, const std::string& why) {
  return fail(ErrorKind::failed, fmt::format("{}: {}: {}", settings_path().string(), setting, why));
}

bool is_end(std::string_view link) { return link == "rules" || link == "raw" || link == "none"; }

// Names in a chain to processors; the chain ends with the first that needs none.
void follow_chain(const Settings& settings, const std::vector<std::string>& chain, TakeProfile& profile) {
  profile.models.clear();
  profile.ends_raw = false;
  for (const std::string& link : chain) {
    if (is_end(link)) {
      profile.ends_raw = link == "raw";
      return;
    }
    const auto* known = row_called(settings.processors, link);
    ProcessorSettings processor = known != nullptr ? *known : ProcessorSettings{};
    processor.name = link;
    profile.models.push_back(std::move(processor));
  }
}

Result<void> check_chain(const std::vector<std::string>& chain) {
  if (chain.empty()) return fail(ErrorKind::invalid, "it is empty; without a model it is [\"rules\"]");
  const auto end = std::find_if(chain.begin(), chain.end(), is_end);
  if (end == chain.end() || end + 1 == chain.end()) return {};
  return fail(ErrorKind::invalid, fmt::format("'{}' ends it: '{}' would never be asked", *end, *(end + 1)));
}

// That what it names exists.
Result<void> check(const ProfileSettings& own, const TakeProfile& profile) {
  const auto wrong = [&](std::string_view setting, const std::string& why) {
    return wrong_setting(fmt::format("[profiles.{}] {}", own.name, setting), why);
  };
  const auto cleanup = profile_called(profile.cleaning.profile);
  if (!cleanup) return wrong("cleanup", cleanup.error().message);
  if (own.language) {
    if (auto known = check_language(*own.language); !known) return wrong("language", known.error().message);
  }
  if (own.mode) {
    if (auto known = task_mode_called(*own.mode); !known) return wrong("mode", known.error().message);
  }
  if (own.chain) {
    if (auto good = check_chain(*own.chain); !good) return wrong("chain", good.error().message);
  }
  for (const ProcessorSettings& model : profile.models) {
    if (auto known = place_of(model); !known) return wrong("chain", known.error().message);
  }
  return {};
}

Result<void> apply(const Settings& settings, const ProfileSettings& own, TakeProfile& profile) {
  if (own.cleanup) profile.cleaning.profile = *own.cleanup;
  if (own.language) profile.cleaning.language = *own.language;
  if (own.mode) profile.prompt.mode = task_mode_called(*own.mode).value_or(profile.prompt.mode);
  if (own.prompt) profile.prompt.custom = *own.prompt;
  if (own.into) profile.prompt.into = *own.into;
  if (own.vocabulary) profile.prompt.vocabulary = *own.vocabulary;
  if (own.deadline_ms) profile.deadline = std::chrono::milliseconds(*own.deadline_ms);
  if (own.while_speaking) profile.while_speaking = *own.while_speaking;
  if (own.press_keys) profile.cleaning.keys = *own.press_keys;
  if (own.terminal_lines) profile.terminal_lines = *own.terminal_lines;
  if (own.terminal_enter) profile.terminal_enter = *own.terminal_enter;
  if (own.chain) follow_chain(settings, *own.chain, profile);
  return check(own, profile);
}

// The processor of the command line stands before everybody else.
Result<void> apply(const Settings& settings, const ProcessingChoice& choice, TakeProfile& profile) {
  if (!choice.language.empty()) profile.cleaning.language = choice.language;
  if (choice.deadline_ms) profile.deadline = std::chrono::milliseconds(*choice.deadline_ms);
  if (!choice.processor.empty()) follow_chain(settings, {choice.processor}, profile);
  if (choice.endpoint.empty() && choice.model.empty()) return {};
  if (profile.models.empty()) {
    return fail(ErrorKind::invalid, fmt::format("--endpoint and --model are of no use to the profile {}, "
                                                "which asks no model; add --processor {}",
                                                profile.name, "ollama, openai, anthropic or gemini"));
  }
  if (!choice.endpoint.empty()) profile.models.front().endpoint = choice.endpoint;
  if (!choice.model.empty()) profile.models.front().model = choice.model;
  return {};
}

}  // namespace

std::string lack_of_model(const TakeProfile& profile) {
  if (!profile.models.empty() || profile.prompt.mode == TaskMode::standard) return {};
  return fmt::format(
      "no language model is set for the profile {0}: name one in 'chain' of [profiles.{0}] in "
      "config.toml",
      profile.name);
}

std::vector<std::string> take_profile_names(const Settings& settings) {
  std::vector<std::string> names;
  for (const BuiltIn& row : kBuiltIn) names.emplace_back(row.name);
  for (const ProfileSettings& own : settings.profiles) {
    if (built_in(own.name) == nullptr) names.push_back(own.name);
  }
  return names;
}

Result<std::vector<KeyedMode>> keyed_modes(const Settings& settings) {
  std::vector<KeyedMode> modes{
      {'R', "refine", {}}, {'A', "ask", {}}, {'T', "translate", {}}, {'N', "note", {}}};
  for (const std::string& name : take_profile_names(settings)) {
    const auto profile = find_profile(settings, {.profile = name});
    if (!profile) return tl::unexpected(profile.error());
    if (profile->models.empty()) continue;
    const TaskMode mode =
        profile->prompt.mode == TaskMode::refine_by_voice ? TaskMode::refine : profile->prompt.mode;
    for (KeyedMode& keyed : modes) {
      if (keyed.profile.empty() && task_mode_called(keyed.what) == mode) keyed.profile = name;
    }
  }
  return modes;
}

Result<TakeProfile> find_profile(const Settings& settings, const ProcessingChoice& choice,
                                 std::string_view otherwise) {
  std::string name = choice.profile.empty() ? settings.profile : choice.profile;
  if (name.empty()) name = otherwise;
  const BuiltIn* row = built_in(name);
  const auto* own = row_called(settings.profiles, name);
  if (row == nullptr && own == nullptr) {
    const std::string why = fmt::format("there is no profile '{}'; there are {}", name,
                                        fmt::join(take_profile_names(settings), ", "));
    if (choice.profile.empty()) return wrong_setting("profile", why);
    return fail(ErrorKind::invalid, why);
  }
  TakeProfile profile{.name = name};
  if (row != nullptr) {
    profile.cleaning.profile = row->cleanup;
    profile.prompt.mode = row->mode;
  }
  if (own != nullptr) {
    if (auto done = apply(settings, *own, profile); !done) return tl::unexpected(done.error());
  }
  if (auto done = apply(settings, choice, profile); !done) return tl::unexpected(done.error());
  return profile;
}

}  // namespace diktate
