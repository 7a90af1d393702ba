#include "text/sanitise.h"

#include <initializer_list>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "text/escapes.h"
#include "text/unicode.h"

namespace diktate {
namespace {

using namespace std::string_literals;

struct Row {
  std::string bytes;
  std::string text;
};

void expect_each(const std::vector<Row>& rows) {
  for (const auto& [bytes, text] : rows) {
    EXPECT_EQ(sanitised(bytes), text) << "of " << ::testing::PrintToString(bytes);
    EXPECT_EQ(sanitised(text), text) << "again";
  }
}

std::string utf8(std::initializer_list<char32_t> codes) {
  std::string text;
  for (const char32_t code : codes) append_character(text, code);
  return text;
}

TEST(SanitiseTest, KeepsTextOfAllScripts) {
  for (const std::string text : {"", "Plain, with\ttab and\nnewline ~!", "¿Qué? Äpfel, naïve – “quoted” … €5",
                                 "Привет, שלום, مرحبا, नमस्ते", "日本語 한국어",
                                 "e\u0301 🙂 🇪🇸 \uFFFD \u00A0", "\U0010FFFD\uE000"}) {
    expect_each({{text, text}});
  }
}

TEST(SanitiseTest, DropsControlSequencesWhole) {
  expect_each({{"a\x1B[31mred\x1B[0m b", "ared b"},
               {"\x1B[?2004l\x1B[1;31;40mx\x1B[200~y\x1B[201~", "xy"},
               {"\x1B[38:2::1:2:3mx\x1B[0 q", "x"},
               {"a\u009B31mb", "ab"},
               {"a\x9B"s + "31mb", "ab"},
               {"a\x1B[3\x07" + "1mb"s, "ab"},
               {"a\x1B[3\x18" + "1mb"s, "a1mb"}});
}

TEST(SanitiseTest, DropsStringSequencesUpToTheirEnd) {
  for (const std::string start : {"\x1B]", "\x1BP", "\x1BX", "\x1B^", "\x1B_", "\u009D", "\u0090", "\u0098",
                                  "\u009E", "\u009F", "\x9D", "\x90", "\x98", "\x9E", "\x9F"}) {
    for (const std::string end : {"\x07", "\x1B\\", "\u009C", "\x9C", "\x18", "\x1A"}) {
      expect_each({{"a " + start + "52;c;\ncm0= “é”" + end + "b", "a b"}});
    }
  }
}

TEST(SanitiseTest, DropsAnUnfinishedStringUpToTheEndOfItsLineOrTheNextSequence) {
  expect_each({{"a\x1B]0;title\nb\n", "a\nb\n"},
               {"a\x1B]0;title", "a"},
               {"a\x1B]0;title\x1B[31mb", "ab"},
               {"a\x1BPq\u009B31mb", "ab"}});
}

TEST(SanitiseTest, DropsUnfinishedControlSequencesButNoLetterOfTheNextLine) {
  expect_each({{"a\x1B[31", "a"}, {"a\x1B[\nbc", "a\nbc"}, {"a\x1B[31\u00E9", "a\u00E9"}, {"a\x1B", "a"}});
}

TEST(SanitiseTest, DropsShortSequencesAndCharacterSets) {
  expect_each({{"a\x1B"s + "7b\x1B"s + "8c\x1B=d\x1B" + "cE"s, "abcdE"},
               {"a\x1B(Bb\x1B)0c\x1B%Gd\x1B#8e\x1B Ff", "abcdef"},
               {"a\x1BOPb\x1BNxc", "abc"},
               {"a\x1B\nb", "a\nb"},
               {"a\x1B\u00E9", "a\u00E9"}});
}

TEST(SanitiseTest, FormsNoNewSequenceOfWhatIsLeft) {
  expect_each({{"\x1B\x1B[31mx", "x"},
               {"\x1B\x07[31mx", "[31mx"},
               {"\x1B\x1B[0m[31mx", "[31mx"},
               {"\x1B[\x1B[0m31mx", "31mx"},
               {"\x1BPtmux;\x1B\x1B]52;c;eA==\x07\x1B\\x", "x"},
               {"\xC2\x1B[0m\x9B", ""},
               {"\xE2\xFF\x80\xA8x", "x"}});
}

TEST(SanitiseTest, DropsControlCharacters) {
  for (char32_t code = 0; code < 0xA0; ++code) {
    const bool stays = (code >= 0x20 && code < 0x7F) || code == '\n' || code == '\t';
    const std::string bytes = utf8({code});
    const bool control_of_text = code == '\r' || code == 0x0B || code == 0x0C || code == 0x85;
    if (!control_of_text) expect_each({{"\u00E9" + bytes, "\u00E9" + (stays ? bytes : "")}});
  }
}

TEST(SanitiseTest, MakesNewlinesOfCarriageReturns) { expect_each({{"a\r\nb\rc\n\rd\r", "a\nb\nc\n\nd\n"}}); }

TEST(SanitiseTest, MakesSpacesOfOtherLineAndPageBreaks) {
  expect_each({{"a\u2028b\u2029c\x0B"s + "d\x0C"s + "e\u0085"s + "f", "a b c d e f"}});
}

TEST(SanitiseTest, DropsBidirectionalControls) {
  for (const char32_t code :
       std::initializer_list<char32_t>{0x200E, 0x200F, 0x061C, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066,
                                       0x2067, 0x2068, 0x2069, 0x206A, 0x206F}) {
    expect_each({{"a" + utf8({code}) + "b", "ab"}, {utf8({0x5D0, code, 0x5D1}), utf8({0x5D0, 0x5D1})}});
  }
}

TEST(SanitiseTest, DropsWhatIsInvisible) {
  for (const char32_t code : std::initializer_list<char32_t>{
           0xAD,   0x34F,   0x115F,  0x1160,  0x17B4,  0x180B,  0x180E, 0x200B, 0x2060,
           0x2061, 0x2064,  0x2065,  0x3164,  0xFE00,  0xFEFF,  0xFFA0, 0xFFF0, 0xFFF9,
           0xFFFB, 0x1D173, 0xE0001, 0xE0041, 0xE007F, 0xE0100, 0xE0FFF}) {
    expect_each({{"a" + utf8({code}) + "b", "ab"}});
  }
}

TEST(SanitiseTest, KeepsJoinersInsideEmojiOnly) {
  const std::string family = utf8({0x1F468, 0x200D, 0x1F469, 0x200D, 0x1F467});
  const std::string pirates = utf8({0x1F3F4, 0x200D, 0x2620, 0xFE0F});
  const std::string judge = utf8({0x1F9D1, 0x1F3FD, 0x200D, 0x2696, 0xFE0F});
  const std::string burning = utf8({0x2764, 0xFE0F, 0x200D, 0x1F525});
  expect_each({{family, family},
               {"a " + pirates + judge + burning + "!", "a " + pirates + judge + burning + "!"},
               {utf8({'a', 0x200D, 'b'}), "ab"},
               {utf8({0x1F468, 0x200D, 'b'}), utf8({0x1F468, 'b'})},
               {utf8({'a', 0x200D, 0x1F468, 0x200D}), utf8({'a', 0x1F468})},
               {utf8({0x1F468, 0x200D, 0x200D, 0x1F469}), utf8({0x1F468, 0x200D, 0x1F469})},
               {utf8({0x1F468, 0x200B, 0x200D, 0x202E, 0x1F469}), utf8({0x1F468, 0x200D, 0x1F469})},
               {utf8({0x628, 0x200D, 0x628}), utf8({0x628, 0x628})}});
}

TEST(SanitiseTest, KeepsSelectorsOnEmojiAndInKeycapsOnly) {
  const std::string keycap = utf8({'1', 0xFE0F, 0x20E3});
  const std::string heart = utf8({0x2764, 0xFE0F}) + utf8({0x2764, 0xFE0E});
  expect_each({{heart + keycap, heart + keycap},
               {utf8({'a', 0xFE0F, 'b'}), "ab"},
               {utf8({'1', 0xFE0F, '2'}), "12"},
               {utf8({0x2764, 0xFE0F, 0xFE0F, 0xFE0E}), utf8({0x2764, 0xFE0F})},
               {utf8({0x2764, 0x200D, 0xFE0F, 0x1F525}), utf8({0x2764, 0x200D, 0x1F525})},
               {utf8({0x845B, 0xE0100}), utf8({0x845B})}});
}

TEST(SanitiseTest, DropsTheTagsOfAFlagAndLeavesTheFlag) {
  expect_each({{utf8({0x1F3F4, 0xE0067, 0xE0062, 0xE007F, '!'}), utf8({0x1F3F4, '!'})}});
}

TEST(SanitiseTest, KeepsNonJoinersBesideScriptsThatNeedThem) {
  const std::string persian = utf8({0x645, 0x6CC, 0x200C, 0x62E});
  const std::string hindi = utf8({0x915, 0x94D, 0x200C, 0x937});
  const std::string mixed = "PDF" + utf8({0x200C, 0x647, 0x627});
  expect_each({{persian + " " + hindi + " " + mixed, persian + " " + hindi + " " + mixed},
               {utf8({'a', 0x200C, 'b'}), "ab"},
               {utf8({0x645, 0x200C, ' ', 0x200C, 0x645, 0x200C}), utf8({0x645, ' ', 0x645})},
               {utf8({0x645, 0x200C, 0x200C, 0x200C, 0x62E}), utf8({0x645, 0x200C, 0x62E})}});
}

TEST(SanitiseTest, DropsWhatIsMalformed) {
  expect_each({{"a\xC0\xAF"s + "b", "ab"},                  // overlong
               {"a\xE0\x80\xAF"s + "b", "ab"},              // overlong
               {"a\xF0\x80\x80\xAF"s + "b", "ab"},          // overlong
               {"a\xC0\x9B[31mb"s, "a[31mb"},               // an overlong ESC is none
               {"a\xED\xA0\x80\xED\xB0\x80"s + "b", "ab"},  // surrogates
               {"a\xF4\x90\x80\x80"s + "b", "ab"},          // beyond U+10FFFF
               {"a\xF8\x88\x80\x80\x80"s + "b", "ab"},      // five bytes
               {"a\xFE\xFF"s + "b", "ab"},
               {"a\xF0\x9F\x9B hello"s, "a hello"},  // cut off
               {"a\xC3"s, "a"},
               {"a\xBF\xA0"s + "b", "ab"},  // continues nothing
               {"\xC3\xC3\xA9"s, "é"}});
}

TEST(SanitiseTest, DropsNoncharacters) {
  for (const char32_t code :
       std::initializer_list<char32_t>{0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF}) {
    expect_each({{"a" + utf8({code}) + "b", "ab"}});
  }
}

// Bytes that mean something to each other far more often than chance would have it.
std::string random_bytes(std::mt19937& random) {
  static const std::vector<std::string> kParts = {
      "\x1B",   "[",      "]",      "3",          "m",          "\\",     "(",      "\x07",
      "\x18",   "\n",     "\r",     "\x9B",       "\x9C",       "\x9D",   "\xC2",   "\xE2",
      "\x80",   "\xA8",   "\xF0",   "\x9F",       "\x90",       "a",      "1",      "\u20E3",
      "\u200D", "\u200C", "\uFE0F", "\U0001F468", "\U0001F3FD", "\u0645", "é",      " ",
      "\xFF",   "\u200B", "\u0915", "\u094D",     "\U0001F1EA", "\u2028", "\u009D", "#"};
  std::string bytes;
  for (auto left = random() % 24; left > 0; --left) {
    bytes +=
        random() % 8 == 0 ? std::string(1, static_cast<char>(random())) : kParts[random() % kParts.size()];
  }
  return bytes;
}

TEST(SanitiseTest, ChangesNothingTheSecondTime) {
  std::mt19937 random(1);
  for (int i = 0; i < 200'000; ++i) {
    const std::string bytes = random_bytes(random);
    const std::string once = sanitised(bytes);
    ASSERT_EQ(sanitised(once), once) << ::testing::PrintToString(bytes);
    ASSERT_LE(once.size(), bytes.size());
    for (std::string_view rest = once; !rest.empty();) {
      const auto [code, size] = raw_character(rest);
      ASSERT_NE(code, kMalformed) << ::testing::PrintToString(bytes);
      ASSERT_TRUE(code >= 0x20 ? code < 0x7F || code > 0x9F : code == '\n' || code == '\t');
      rest.remove_prefix(size);
    }
  }
}

}  // namespace
}  // namespace diktate
