// What holds for every text. A failure names the text; the seeds are fixed.
#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "text/clean.h"
#include "text/sanitise.h"
#include "text/texts.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr int kTexts = 4000;
constexpr std::size_t kMostParts = 14;

// Without white space and in lower case: casing and spacing are not reported as changes.
std::string bare(std::string_view text) {
  std::string result = lowered(text);
  std::erase_if(result, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
  return result;
}

struct Case {
  std::string language;
  Profile profile;
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.language << ' ' << one.profile.name; }

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (const std::string& language : language_names()) {
    for (const std::string& profile : profile_names())
      cases.push_back({language, profile_called(profile).value()});
  }
  return cases;
}

class CleanPropertyTest : public ::testing::TestWithParam<Case> {
 protected:
  // Calls `check` with texts, and with options of all kinds for each.
  template <class Check>
  void for_texts(const Check& check) {
    static constexpr std::array<std::string_view, 7> kBefore = {
        "", "", "and then ", "and then", "Hello. ", "Hello.", "Dear Anna,\n"};
    for (int i = 0; i < kTexts && !HasFailure(); ++i) {
      const std::string text = i % 4 == 0 ? texts_.broken(kMostParts) : texts_.spoken(kMostParts);
      CleanOptions options{.profile = GetParam().profile, .before = kBefore[texts_.below(kBefore.size())]};
      for (std::size_t at = texts_.below(60); at < text.size(); at += 1 + texts_.below(60))
        options.pieces.push_back(at);
      if (texts_.below(4) == 0) words_.put_into(options);
      options.explain = true;
      SCOPED_TRACE("text: " + ::testing::PrintToString(text) + "\nbefore: " + std::string(options.before));
      check(text, options);
    }
  }

  Cleaned cleaned(std::string_view text, const CleanOptions& options) const {
    return clean(text, *language_, options);
  }

  const std::shared_ptr<const Language> language_ = built_in_language(GetParam().language).value();
  const UserWords words_{};
  Texts texts_{GetParam().language, 1};
};

TEST_P(CleanPropertyTest, GivesNothingButText) {
  for_texts([&](const std::string& text, const CleanOptions& options) {
    const Cleaned result = cleaned(text, options);
    ASSERT_EQ(sanitised(result.text), result.text);
    ASSERT_LE(result.cursor.value_or(0), result.text.size());
  });
}

TEST_P(CleanPropertyTest, ChangesNothingTheSecondTime) {
  for_texts([&](const std::string& text, CleanOptions options) {
    const Cleaned first = cleaned(text, options);
    if (once(first)) return;
    options.pieces.clear();
    ASSERT_EQ(cleaned(first.text, options).text, first.text);
  });
}

TEST_P(CleanPropertyTest, GrowsBySpacesAtMost) {
  for_texts([&](const std::string& text, const CleanOptions& options) {
    if (options.snippets != nullptr) return;
    ASSERT_LE(cleaned(text, options).text.size(), 2 * text.size() + 1);
  });
}

TEST_P(CleanPropertyTest, ReportsWhatItChanges) {
  for_texts([&](const std::string& text, const CleanOptions& options) {
    const Cleaned result = cleaned(text, options);
    const bool same = bare(result.text) == bare(sanitised(text));
    if (result.changes.empty()) {
      ASSERT_TRUE(same) << result.text;
    } else {
      ASSERT_NE(result.text, text) << result.changes.front().rule;
    }
  });
}

TEST_P(CleanPropertyTest, WritesTheSameWithoutAReport) {
  for_texts([&](const std::string& text, CleanOptions options) {
    const std::string reported = cleaned(text, options).text;
    options.explain = false;
    const Cleaned result = cleaned(text, options);
    ASSERT_EQ(result.text, reported);
    ASSERT_TRUE(result.changes.empty());
  });
}

TEST_P(CleanPropertyTest, KeepsThePromisesOfItsProfile) {
  const Profile& profile = GetParam().profile;
  for_texts([&](const std::string& text, const CleanOptions& options) {
    const Cleaned result = cleaned(text, options);
    if (profile.one_line) {
      ASSERT_EQ(result.text.find('\n'), std::string::npos) << result.text;
    }
    if (!profile.actions) {
      ASSERT_TRUE(result.actions.empty());
    }
    if (profile.name == "raw") {
      ASSERT_EQ(bare(result.text), bare(sanitised(text)));
    }
  });
}

std::string name_of(const ::testing::TestParamInfo<Case>& one) {
  return one.param.language + "_" + one.param.profile.name;
}

INSTANTIATE_TEST_SUITE_P(All, CleanPropertyTest, ::testing::ValuesIn(all_cases()), name_of);

}  // namespace
}  // namespace diktate
