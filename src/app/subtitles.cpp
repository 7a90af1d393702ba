#include "app/subtitles.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>

#include <fmt/core.h>

#include "app/format.h"

namespace diktate {
namespace {

constexpr std::size_t kLineCharacters = 42;
constexpr std::size_t kLines = 2;
constexpr std::size_t kLeastCharacters = 28;  // in a cue that is cut short for the end of a sentence

using Words = std::vector<std::string_view>;

std::size_t width(std::span<const std::string_view> words) {
  std::size_t sum = words.empty() ? 0 : words.size() - 1;
  for (const auto word : words) sum += count_characters(word);
  return sum;
}

std::string joined(std::span<const std::string_view> words) {
  std::string line;
  for (const auto word : words) line.append(line.empty() ? "" : " ").append(word);
  return line;
}

// A word that fills more than a line (a web address) is broken: it has no better place.
Words breakable_words(std::string_view text) {
  Words words;
  for (std::string_view word : words_of(text)) {
    while (count_characters(word) > kLineCharacters) {
      words.push_back(first_characters(word, kLineCharacters));
      word.remove_prefix(words.back().size());
    }
    words.push_back(word);
  }
  return words;
}

bool ends_sentence(std::string_view word) {
  return !word.empty() && std::string_view(".?!").find(word.back()) != std::string_view::npos;
}

std::size_t fill_line(std::span<const std::string_view> words) {
  std::size_t count = std::min<std::size_t>(words.size(), 1);
  while (count < words.size() && width(words.first(count + 1)) <= kLineCharacters) ++count;
  return count;
}

// How many of the words make the next cue: as many as fit, less those after the last sentence end in its
// second half.
std::size_t fill_cue(std::span<const std::string_view> words) {
  std::size_t count = 0;
  for (std::size_t line = 0; line < kLines; ++line) count += fill_line(words.subspan(count));
  if (count == words.size()) return count;
  for (std::size_t end = count; end > 0 && width(words.first(end)) >= kLeastCharacters; --end) {
    if (ends_sentence(words[end - 1])) return end;
  }
  return count;
}

// Two lines as equal as possible read more easily than a full one and a rest.
std::vector<std::string> balanced_lines(std::span<const std::string_view> words) {
  if (width(words) <= kLineCharacters) return {joined(words)};
  std::size_t best = fill_line(words);
  for (std::size_t first = 1; first < words.size(); ++first) {
    const std::size_t longest = std::max(width(words.first(first)), width(words.subspan(first)));
    if (longest <= std::max(width(words.first(best)), width(words.subspan(best)))) best = first;
  }
  return {joined(words.first(best)), joined(words.subspan(best))};
}

void append_cues(const Piece& piece, std::vector<SubtitleCue>& cues) {
  const Words words = breakable_words(piece.text);
  const std::span<const std::string_view> all(words);
  const double start = seconds(piece.start);
  const double per_character = (seconds(piece.end) - start) / static_cast<double>(width(all) + 1);
  for (std::size_t from = 0; from < all.size();) {
    const auto part = all.subspan(from, fill_cue(all.subspan(from)));
    const double begin =
        start + per_character * static_cast<double>(from == 0 ? 0 : width(all.first(from)) + 1);
    from += part.size();
    cues.push_back({begin, start + per_character * static_cast<double>(width(all.first(from)) + 1),
                    balanced_lines(part)});
  }
}

std::string time_stamp(double seconds, char decimal_mark) {
  const auto ms = static_cast<std::int64_t>(std::llround(seconds * 1000));
  return fmt::format("{:02}:{:02}:{:02}{}{:03}", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, decimal_mark,
                     ms % 1000);
}

std::string escaped_for_vtt(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else
      result += c;
  }
  return result;
}

}  // namespace

std::vector<SubtitleCue> cues_of(std::span<const Piece> pieces) {
  std::vector<SubtitleCue> cues;
  for (const Piece& piece : pieces) append_cues(piece, cues);
  return cues;
}

std::string srt(std::span<const Piece> pieces) {
  std::string text;
  int number = 0;
  for (const SubtitleCue& cue : cues_of(pieces)) {
    text += fmt::format("{}\n{} --> {}\n", ++number, time_stamp(cue.start, ','), time_stamp(cue.end, ','));
    for (const auto& line : cue.lines) text += line + "\n";
    text += "\n";
  }
  return text;
}

std::string vtt(std::span<const Piece> pieces) {
  std::string text = "WEBVTT\n\n";
  for (const SubtitleCue& cue : cues_of(pieces)) {
    text += fmt::format("{} --> {}\n", time_stamp(cue.start, '.'), time_stamp(cue.end, '.'));
    for (const auto& line : cue.lines) text += escaped_for_vtt(line) + "\n";
    text += "\n";
  }
  return text;
}

}  // namespace diktate
