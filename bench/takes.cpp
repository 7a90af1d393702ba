#include "bench/takes.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "bench/quiet.h"
#include "bench/tsv.h"

namespace diktate::bench {
namespace {

constexpr double kGap = 0.35;          // s between two recordings
constexpr double kReleaseDelay = 0.3;  // s between the last word and key up

// FILE or FILE@START-END.
std::optional<TakePart> parse_part(const std::string& text) {
  const std::size_t at = text.find('@');
  if (at == std::string::npos) return TakePart{text, 0.0, {}};
  const auto range = split(std::string_view(text).substr(at + 1), '-');
  if (range.size() != 2) return std::nullopt;
  const auto start = parse_decimal(range[0]);
  const auto end = parse_decimal(range[1]);
  if (!start || !end || *start < 0 || *end <= *start) return std::nullopt;
  return TakePart{text.substr(0, at), *start, *end};
}

std::optional<TakeRecipe> parse_recipe(const std::vector<std::string>& row) {
  if (row.size() != 3) return std::nullopt;
  const auto class_s = parse_decimal(row[0]);
  if (!class_s) return std::nullopt;
  TakeRecipe recipe{static_cast<int>(*class_s), row[1], {}};
  for (const std::string& text : split(row[2], ' ')) {
    auto part = parse_part(text);
    if (!part || part->file.empty()) return std::nullopt;
    recipe.parts.push_back(std::move(*part));
  }
  return recipe;
}

Result<Samples> read_part(const TakePart& part, const std::filesystem::path& folder) {
  auto samples = read_recording(folder / part.file);
  if (!samples || part.whole()) return samples;
  const auto length = static_cast<std::int64_t>(samples->size());
  const std::int64_t start = samples_of(part.start_s);
  const std::int64_t end = std::min(length, samples_of(part.end_s.value_or(seconds(length))));
  if (start >= end)
    return fail(ErrorKind::invalid, part.file + " is shorter than the part of it that a take wants");
  return Samples(samples->begin() + start, samples->begin() + end);
}

void append(Samples& samples, const Samples& more) {
  samples.insert(samples.end(), more.begin(), more.end());
}

std::optional<std::string> reference_of(const TakeRecipe& recipe, const SpeechSet& speech) {
  std::string reference;
  for (const TakePart& part : recipe.parts) {
    const Recording* recording = speech.find(part.file);
    if (recording == nullptr || !part.whole()) return std::nullopt;
    reference += (reference.empty() ? "" : " ") + recording->transcript;
  }
  return reference;
}

}  // namespace

Result<std::vector<TakeRecipe>> parse_takes(std::string_view tsv) {
  std::vector<TakeRecipe> recipes;
  for (const auto& row : parse_tsv(tsv)) {
    auto recipe = parse_recipe(row);
    if (!recipe)
      return fail(ErrorKind::invalid,
                  "the list of takes has a bad line after take " + std::to_string(recipes.size()));
    recipes.push_back(std::move(*recipe));
  }
  return recipes;
}

Result<SpokenTake> make_take(const TakeRecipe& recipe, const SpeechSet& speech, KeyUp key_up) {
  SpokenTake take{recipe.class_s, recipe.name, {}, reference_of(recipe, speech)};
  for (const TakePart& part : recipe.parts) {
    if (!take.samples.empty()) append(take.samples, room_tone(kGap));
    auto samples = read_part(part, speech.folder);
    if (!samples) return tl::unexpected(samples.error());
    if (&part == &recipe.parts.back()) samples->resize(end_of_speech(*samples));
    append(take.samples, *samples);
  }
  if (key_up == KeyUp::released) append(take.samples, room_tone(kReleaseDelay));
  return take;
}

}  // namespace diktate::bench
