#include "text/number_words.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

NumberInWords read(const std::string& name, std::string_view text) {
  const auto language = built_in_language(name).value();
  return read_number(tokenise(text, *language), 0, *language);
}

struct Said {
  const char* words;
  std::int64_t value;
  std::size_t taken;
};

void expect_read(const std::string& language, std::initializer_list<Said> table) {
  for (const Said& said : table) {
    const NumberInWords number = read(language, said.words);
    EXPECT_EQ(number.words, said.taken) << said.words;
    EXPECT_TRUE(said.taken == 0 || number.value == said.value) << said.words << " " << number.value;
  }
}

TEST(NumberWordsTest, ReadsTheLongestEnglishCardinal) {
  expect_read("en", {{"zero", 0, 1},
                     {"seven", 7, 1},
                     {"twenty three", 23, 2},
                     {"twenty-three people", 23, 1},
                     {"a hundred and five", 105, 4},
                     {"an hundred", 100, 2},
                     {"one hundred twenty", 120, 3},
                     {"twelve hundred", 1200, 2},
                     {"nineteen hundred and six", 1906, 4},
                     {"two thousand ten", 2010, 3},
                     {"two thousand and ten", 2010, 4},
                     {"fifteen thousand two hundred", 15200, 4},
                     {"nine hundred ninety-nine thousand nine hundred and ninety-nine", 999999, 8},
                     {"three million", 3000000, 2},
                     {"two trillion three billion and four", 2003000000004, 6},
                     {"seven quadrillion", 7000000000000000, 2}});
}

TEST(NumberWordsTest, EndsANumberWhereTheNextBegins) {
  expect_read("en", {{"one hundred and two hundred", 100, 2},
                     {"one hundred two hundred", 100, 2},
                     {"one thousand and two thousand", 1000, 2},
                     {"five million thousand", 5000000, 2},
                     {"twenty and thirty", 20, 1},
                     {"a hundred a day", 100, 2},
                     {"five hundred and counting", 500, 2},
                     {"twenty zero", 20, 1},
                     {"twenty, five", 20, 1},
                     {"seven a hundred", 7, 1}});
}

TEST(NumberWordsTest, ReadsNothingOffOtherWords) {
  expect_read("en", {{"hundred", 0, 0},
                     {"million people", 0, 0},
                     {"a dog", 0, 0},
                     {"and five", 0, 0},
                     {"hundreds", 0, 0},
                     {"two-thirds", 0, 0},
                     {"one-on-one", 0, 0},
                     {"25", 0, 0},
                     {"", 0, 0}});
}

TEST(NumberWordsTest, ReadsEnglishOrdinals) {
  expect_read("en", {{"third", 3, 1},
                     {"twenty first century", 21, 2},
                     {"twenty-first", 21, 1},
                     {"hundredth", 100, 1},
                     {"two hundredth", 200, 2},
                     {"one hundred and first", 101, 4},
                     {"five thousandth", 5000, 2},
                     {"a millionth", 1000000, 2}});
  EXPECT_TRUE(read("en", "twenty first").ordinal);
  EXPECT_TRUE(read("en", "one hundred and first").ordinal);
  EXPECT_TRUE(read("en", "thousandth").ordinal);
  EXPECT_FALSE(read("en", "one third").ordinal);
  EXPECT_FALSE(read("en", "twenty one").ordinal);
}

TEST(NumberWordsTest, KnowsWhenNumbersTouch) {
  for (const char* text : {"twenty twenty five", "one two three", "nineteen ninety eight", "three fifty"}) {
    EXPECT_FALSE(read("en", text).alone) << text;
  }
  EXPECT_TRUE(read("en", "twenty five people").alone);
  EXPECT_TRUE(read("en", "twenty, thirty").alone);
  EXPECT_FALSE(read("es", "mil novecientos noventa y ocho dos").alone);
}

TEST(NumberWordsTest, TellsTheScaleOfARoundNumber) {
  EXPECT_EQ(read("en", "two hundred million").scale, 1000000);
  EXPECT_EQ(read("en", "two billion").scale, 1000000000);
  EXPECT_EQ(read("en", "two million five").scale, 1);
  EXPECT_EQ(read("en", "one billion two million").scale, 1);
  EXPECT_EQ(read("en", "two thousand").scale, 1);
  EXPECT_EQ(read("es", "dos mil millones").scale, 1000000);
}

TEST(NumberWordsTest, ReadsTheLongestSpanishCardinal) {
  expect_read("es", {{"cero", 0, 1},
                     {"veintitrés", 23, 1},
                     {"veintitres", 23, 1},
                     {"cuarenta y dos", 42, 3},
                     {"cien", 100, 1},
                     {"ciento cinco", 105, 2},
                     {"ciento treinta y una", 131, 4},
                     {"doscientas cincuenta y seis", 256, 4},
                     {"mil", 1000, 1},
                     {"mil doscientos", 1200, 2},
                     {"dos mil veinticinco", 2025, 3},
                     {"quince mil doscientas", 15200, 3},
                     {"cien mil", 100000, 2},
                     {"un millón", 1000000, 2},
                     {"dos millones quinientos mil", 2500000, 4},
                     {"dos mil quinientos millones", 2500000000, 4},
                     {"mil millones", 1000000000, 2},
                     {"tres billones dos mil millones cuatro", 3002000000004, 6},
                     {"novecientos noventa y nueve mil novecientos noventa y nueve", 999999, 9}});
}

TEST(NumberWordsTest, LeavesSpanishArticlesAndConjunctions) {
  expect_read(
      "es",
      {{"un libro", 0, 0}, {"una", 0, 0}, {"y cinco", 0, 0}, {"dos y tres", 2, 1}, {"cien y dos", 100, 1}});
}

}  // namespace
}  // namespace diktate
