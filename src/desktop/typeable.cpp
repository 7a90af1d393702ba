#include "desktop/typeable.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "desktop/processes.h"
#include "desktop/text_parts.h"

namespace diktate {
namespace {

// From and to. Left out among them are characters that are not seen, and those that combine with others.
constexpr std::pair<char32_t, char32_t> kCommon[] = {
    {U' ', U'~'},            // ASCII
    {U'\u00A0', U'\u024F'},  // Latin
    {U'\u0370', U'\u03FF'},  // Greek
    {U'\u0400', U'\u052F'},  // Cyrillic
    {U'\u1E00', U'\u1FFF'},  // Latin and Greek with marks
    {U'\u2010', U'\u2027'},  // dashes, quotes, the ellipsis
    {U'\u2030', U'\u205E'},  // per mille, primes, guillemets
    {U'\u20A0', U'\u20BF'},  // currencies
};

// Tried.
constexpr std::array<std::string_view, 2> kTakeAll = {"foot", "footclient"};

// GTK 3 takes all that keys give. A program that brings its own way with keys may use it for its dialogs
// alone: those are known by the data of Chromium, and the library of Firefox.
bool takes_keys_by_gtk(int process) {
  return has_mapped(process, "libgtk-3.so") && !has_mapped(process, "icudtl.dat") &&
         !has_mapped(process, "libxul.so");
}

}  // namespace

bool is_common_writing(std::string_view text) {
  const auto characters = characters_of(text);
  return std::all_of(characters.begin(), characters.end(), [](char32_t character) {
    return character == U'\t' || std::any_of(std::begin(kCommon), std::end(kCommon), [&](const auto& range) {
             return character >= range.first && character <= range.second;
           });
  });
}

bool takes_all_characters(std::string_view app_id, std::span<const int> processes) {
  const bool is_known = std::any_of(kTakeAll.begin(), kTakeAll.end(),
                                    [&](std::string_view name) { return same_but_case(app_id, name); });
  return is_known || std::any_of(processes.begin(), processes.end(), takes_keys_by_gtk);
}

}  // namespace diktate
