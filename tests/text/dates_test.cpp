#include "text/pass.h"

namespace diktate {
namespace {

TEST(DatesTest, WritesDatesInEveryOrder) {
  expect_pairs(write_dates,
               {
                   {"on march third twenty twenty five", "on March 3, 2025"},
                   {"the third of march", "the 3rd of March"},
                   {"third of march two thousand ten", "3rd of March 2010"},
                   {"the thirty first of december, nineteen ninety nine", "the 31st of December, 1999"},
                   {"june fifteenth", "June 15"},
                   {"on may 5", "on May 5"},
                   {"monday march third", "monday March 3"},
                   {"March third is fine", "March 3 is fine"},
                   {"july fourth, seventeen seventy six", "July 4, 1776"},
                   {"june fifteen", "June 15"},
                   {"june nineteen nineteen ninety eight", "June 19, 1998"},
                   {"in june nineteen ninety eight", "in June 1998"},
                   {"march 3 twenty twenty five", "March 3, 2025"},
                   {"from may first to may tenth", "from May 1 to May 10"},
                   {"on june fifteenth at two thirty p m", "on June 15 at 2:30 p.m."},
               });
}

TEST(DatesTest, KeepsMonthsThatAreVerbsAndDaysThatCount) {
  expect_kept(write_dates, {
                               "you may one day regret it",
                               "they march third in the parade",
                               "march two by two into the hall",
                               "they may first ask for proof",
                               "you may second the motion",
                               "in june twenty people came",
                               "in june two of us left",
                               "a third of march was rain",
                               "the second of the two",
                               "The launch is on March 3, 2025.",
                           });
}

TEST(DatesTest, WritesYearsWhereNothingIsCounted) {
  expect_pairs(write_dates, {
                                {"in nineteen ninety eight", "in 1998"},
                                {"He was born in nineteen oh five.", "He was born in 1905."},
                                {"since two thousand and ten", "since 2010"},
                                {"in two thousand we moved", "in 2000 we moved"},
                                {"the class of twenty sixteen", "the class of 2016"},
                                {"nineteen eighty four was cold", "1984 was cold"},
                                {"the twenty twenty four election", "the 2024 election"},
                                {"from nineteen ninety to two thousand five", "from 1990 to 2005"},
                                {"in ten sixty six", "in 1066"},
                                {"by twenty thirty we are done", "by 2030 we are done"},
                                {"between nineteen fourteen and nineteen eighteen", "between 1914 and 1918"},
                                {"two thousand eight was cold", "2008 was cold"},
                                {"may twenty twenty four was hot", "May 2024 was hot"},
                                {"in nineteen ninety-eight", "in 1998"},
                                {"the nineteen nineties", "the 1990s"},
                                {"the early twenty tens", "the early 2010s"},
                                {"the eighteen hundreds", "the 1800s"},
                                {"in forty four b c", "in 44 BC"},
                            });
  expect_kept(write_dates, {
                               "two thousand villages",
                               "in two thousand villages",
                               "in two thousand ten villages",
                               "from two thousand to three thousand",
                               "a total of two thousand",
                               "twenty twenty vision",
                               "the nineties",
                               "in twenty twenty four people",
                               "nineteen ninety five more",
                               "two b or not two b",
                           });
}

TEST(DatesTest, WritesTimesOfDay) {
  expect_pairs(write_dates, {
                                {"at five thirty p m", "at 5:30 p.m."},
                                {"at 5:30 PM", "at 5:30 p.m."},
                                {"The call is at five thirty PM.", "The call is at 5:30 p.m."},
                                {"at five p.m.", "at 5 p.m."},
                                {"half past five", "half past 5"},
                                {"at quarter to six", "at quarter to 6"},
                                {"five o'clock", "5 o'clock"},
                                {"at fifteen thirty hours", "at 15:30"},
                                {"at eighteen hundred hours", "at 18:00"},
                                {"at oh six hundred hours", "at 06:00"},
                                {"at twelve thirty tomorrow", "at 12:30 tomorrow"},
                                {"at seven oh five", "at 7:05"},
                                {"ten past four", "10 past 4"},
                                {"at twenty five to six", "at 25 to 6"},
                                {"from nine thirty to ten fifteen", "from 9:30 to 10:15"},
                            });
  expect_kept(write_dates, {
                               "the call is at noon",
                               "he gave a quarter to six people",
                               "they walked past six houses",
                               "three at a time",
                               "we need five am I right",
                               "the vote was ten to four",
                               "at five people",
                               "The call is at 5:30 p.m.",
                           });
}

TEST(DatesTest, WritesSpanishDatesAndYears) {
  expect_pairs(write_dates,
               {
                   {"el tres de marzo de dos mil veinticinco", "el 3 de marzo de 2025"},
                   {"el quince de septiembre volvemos", "el 15 de septiembre volvemos"},
                   {"el veintiuno de junio del dos mil diez", "el 21 de junio del 2010"},
                   {"el 3 de marzo de dos mil diez", "el 3 de marzo de 2010"},
                   {"en marzo de dos mil veinte", "en marzo de 2020"},
                   {"en mil cuatrocientos noventa y dos llegó colón", "en 1492 llegó colón"},
                   {"la crisis de dos mil ocho", "la crisis de 2008"},
               },
               "es");
  expect_kept(write_dates,
              {
                  "el primero de mayo",
                  "uno de los dos viene en mayo",
                  "los años noventa",
                  "en dos mil casos",
                  "la música de los ochenta",
                  "mil gracias",
              },
              "es");
}

TEST(DatesTest, HidesADecadeFromTheNumbers) {
  const auto spanish = built_in_language("es").value();
  EXPECT_EQ(clean("la música de los ochenta", *spanish).text, "La música de los ochenta");
  EXPECT_EQ(clean("los años noventa", *spanish).text, "Los años noventa");
}

TEST(DatesTest, WritesSpanishTimesOfDay) {
  expect_pairs(write_dates,
               {
                   {"a las cinco y media", "a las 5:30"},
                   {"las cinco y cuarto", "las 5:15"},
                   {"a las seis menos cuarto", "a las 5:45"},
                   {"las seis menos diez", "las 5:50"},
                   {"las tres y veinte", "las 3:20"},
                   {"a la una menos cuarto", "a las 12:45"},
                   {"La una y media me va bien.", "La 1:30 me va bien."},
                   {"las tres de la tarde", "las 3 de la tarde"},
                   {"a las quince treinta", "a las 15:30"},
                   {"a las cinco y media p m", "a las 5:30 p.m."},
               },
               "es");
  expect_kept(write_dates,
              {
                  "las cinco hermanas",
                  "vinieron las tres de siempre",
                  "una y otra vez",
                  "las tres y diez personas",
                  "Son las 5:30 de la tarde.",
              },
              "es");
}

}  // namespace
}  // namespace diktate
