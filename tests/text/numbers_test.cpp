
#include <gtest/gtest.h>

#include "text/number_format.h"
#include "text/rules.h"

namespace diktate {
namespace {

std::string written(const std::string& name, const std::string& text) {
  static const auto kEnglish = built_in_language("en").value();
  static const auto kSpanish = built_in_language("es").value();
  const auto& language = name == "en" ? kEnglish : kSpanish;
  Tokens tokens = tokenise(text, *language);
  const CleanOptions options;
  ChangeLog log;
  write_numbers(tokens, {*language, options, log});
  return render(tokens);
}

struct Pair {
  const char* said;
  const char* written;
};

// Each as said, and again as written: what is written must be left alone.
void expect_written(const std::string& language, std::initializer_list<Pair> pairs) {
  for (const Pair& pair : pairs) {
    EXPECT_EQ(written(language, pair.said), pair.written) << pair.said;
    EXPECT_EQ(written(language, pair.written), pair.written) << pair.said;
  }
}

void expect_left_alone(const std::string& language, std::initializer_list<const char*> texts) {
  for (const char* text : texts) EXPECT_EQ(written(language, text), text);
}

TEST(NumbersTest, WritesEnglishCardinals) {
  expect_written("en", {{"she has twenty three cousins", "she has 23 cousins"},
                        {"twenty-three", "23"},
                        {"a hundred and five copies", "105 copies"},
                        {"two thousand people", "2,000 people"},
                        {"twelve hundred", "1,200"},
                        {"fifteen thousand two hundred errors", "15,200 errors"},
                        {"three hundred and sixty five days", "365 days"},
                        {"five hundred thousand", "500,000"},
                        {"one million two hundred thousand", "1,200,000"},
                        {"nine hundred ninety nine billion nine hundred ninety nine million nine hundred "
                         "ninety nine thousand nine hundred ninety nine",
                         "999,999,999,999"},
                        {"two trillion three", "2,000,000,000,003"},
                        {"ten", "10"},
                        {"nine or ten people", "nine or 10 people"}});
}

TEST(NumbersTest, KeepsTheWordOfAMagnitude) {
  expect_written("en", {{"three million copies", "3 million copies"},
                        {"two point five million people", "2.5 million people"},
                        {"two and a half billion", "2.5 billion"},
                        {"two hundred million", "200 million"},
                        {"one trillion", "1 trillion"},
                        {"ten to fifteen million people", "10 to 15 million people"},
                        {"2 million people", "2 million people"}});
}

TEST(NumbersTest, WritesSigns) {
  expect_written("en", {{"it was minus twelve last night", "it was -12 last night"},
                        {"negative forty is cold", "-40 is cold"},
                        {"minus five degrees", "-5 degrees"},
                        {"minus twenty degrees celsius", "-20 °C"},
                        {"minus three point five", "-3.5"},
                        {"ten minus two", "10 minus two"},
                        {"plus or minus five percent", "plus or minus 5%"}});
}

TEST(NumbersTest, WritesEnglishOrdinalsFromTenOn) {
  expect_written("en", {{"her twenty first birthday", "her 21st birthday"},
                        {"the twenty-first", "the 21st"},
                        {"the hundredth message", "the 100th message"},
                        {"the forty second floor", "the 42nd floor"},
                        {"the tenth floor", "the 10th floor"},
                        {"one hundred third", "103rd"},
                        {"a hundredth birthday", "a 100th birthday"},
                        {"two thousand and first", "2,001st"}});
}

TEST(NumbersTest, TellsTheSecondOfTimeFromTheOrdinal) {
  expect_written("en", {{"a sixty second timer", "a 60 second timer"},
                        {"set a thirty second timer", "set a 30 second timer"},
                        {"the thirty second president", "the 32nd president"}});
}

TEST(NumbersTest, WritesDecimals) {
  expect_written("en", {{"three point one four", "3.14"},
                        {"zero point five", "0.5"},
                        {"it grew by point five", "it grew by 0.5"},
                        {"three point oh five", "3.05"},
                        {"three point fourteen", "3.14"},
                        {"nine point eight", "9.8"},
                        {"two point five times faster", "2.5 times faster"},
                        {"point two five seconds", "0.25 seconds"}});
}

TEST(NumbersTest, TwoQuartersAreThings) {
  expect_written("en", {{"two quarters of growth", "two quarters of growth"},
                        {"eight tenths of a mile", "8/10 of a mile"},
                        {"three quarters of the seats", "3/4 of the seats"}});
}

TEST(NumbersTest, WritesFractionsBehindANumber) {
  expect_written("en", {{"two and three quarters cups", "2 3/4 cups"},
                        {"three and a half hours", "3 1/2 hours"},
                        {"two and five sixteenths wide", "2 5/16 wide"},
                        {"five eighths of the board", "5/8 of the board"},
                        {"two thirds of the votes", "2/3 of the votes"},
                        {"one tenth of a second", "1/10 of a second"},
                        {"five eighths inch", "5/8 in"},
                        {"3 and a half hours", "3 1/2 hours"}});
}

TEST(NumbersTest, WritesPerCents) {
  expect_written("en", {{"twenty five percent", "25%"},
                        {"two point five per cent", "2.5%"},
                        {"two and a half percent", "2.5%"},
                        {"25 percent", "25%"},
                        {"one percent of us", "1% of us"},
                        {"between five and ten percent", "between 5 and 10%"},
                        {"25 %", "25%"}});
}

TEST(NumbersTest, WritesDollars) {
  expect_written("en", {{"five dollars", "$5"},
                        {"three dollars and fifty cents", "$3.50"},
                        {"three dollars fifty cents", "$3.50"},
                        {"one dollar and five cents", "$1.05"},
                        {"three fifty dollars", "$3.50"},
                        {"nineteen ninety nine dollars", "$19.99"},
                        {"three point five dollars", "$3.50"},
                        {"two million dollars", "$2 million"},
                        {"a million dollars", "$1 million"},
                        {"a five dollar bill", "a $5 bill"},
                        {"five to ten dollars", "$5 to $10"},
                        {"5 dollars and 50 cents", "$5.50"},
                        {"1,200 dollars", "$1,200"},
                        {"2 million dollars", "$2 million"},
                        {"minus five dollars", "-$5"}});
}

TEST(NumbersTest, WritesOtherMoney) {
  expect_written("en", {{"five euros", "€5"},
                        {"twelve hundred euros a month", "€1,200 a month"},
                        {"twenty pounds", "£20"},
                        {"five pounds fifty", "£5.50"},
                        {"fifty cents", "50 cents"},
                        {"ten yen", "¥10"},
                        {"five us dollars", "US$5"},
                        {"five bucks", "5 bucks"}});
}

TEST(NumbersTest, TakesPoundsForAWeightWhereItIsOne) {
  expect_written("en", {{"she weighs one hundred twenty pounds", "she weighs 120 lb"},
                        {"twenty pounds of flour", "20 lb of flour"}});
}

TEST(NumbersTest, WritesUnits) {
  expect_written("en", {{"five kilometers", "5 km"},
                        {"ten kilograms", "10 kg"},
                        {"sixty miles per hour", "60 mph"},
                        {"six feet tall", "6 ft tall"},
                        {"six feet two inches", "6 ft 2 in"},
                        {"twenty degrees celsius", "20 °C"},
                        {"two gigabytes of memory", "2 GB of memory"},
                        {"a hundred megabits per second", "100 Mbps"},
                        {"ten square meters", "10 m²"},
                        {"five hundred square feet", "500 sq ft"},
                        {"two or three kilometers", "2 or 3 km"},
                        {"two miles and a half", "2.5 mi"},
                        {"5 kilometers", "5 km"},
                        {"zero degrees celsius", "0 °C"}});
}

TEST(NumbersTest, KeepsTheWordsOfTimes) {
  expect_written("en", {{"in five minutes", "in 5 minutes"},
                        {"one hour", "1 hour"},
                        {"two weeks ago", "2 weeks ago"},
                        {"five to ten minutes", "5 to 10 minutes"}});
}

TEST(NumbersTest, WritesNumbersThatAreNames) {
  expect_written("en", {{"bus number five", "bus number 5"},
                        {"step two", "step 2"},
                        {"page three hundred and ten", "page 310"},
                        {"See figure four on page twelve.", "See figure 4 on page 12."},
                        {"pages three and four", "pages 3 and 4"},
                        {"steps one, two and three", "steps 1, 2 and 3"},
                        {"chapters two to five", "chapters 2 to 5"},
                        {"he's number one", "he's number 1"},
                        {"room twelve hundred", "room 1200"}});
}

TEST(NumbersTest, WritesSpanishNumbers) {
  expect_written("es", {{"los ochenta y dos euros", "los 82 €"},
                        {"tiene veintitrés primos", "tiene 23 primos"},
                        {"cuarenta y dos sobrinos", "42 sobrinos"},
                        {"dos mil personas", "2.000 personas"},
                        {"mil doscientos asientos", "1.200 asientos"},
                        {"quince mil doscientas butacas", "15.200 butacas"},
                        {"treinta y un días", "31 días"},
                        {"tres coma cinco", "3,5"},
                        {"tres coma catorce", "3,14"},
                        {"cero coma cinco", "0,5"},
                        {"dos mil quinientos millones", "2.500 millones"},
                        {"dos millones y medio", "2,5 millones"},
                        {"dos y tres cuartos", "2 3/4"},
                        {"cinco octavos de la tabla", "5/8 de la tabla"},
                        {"menos cinco grados", "-5 grados"}});
}

TEST(NumbersTest, WritesSpanishQuantities) {
  expect_written("es", {{"un veinticinco por ciento", "un 25%"},
                        {"cinco euros", "5 €"},
                        {"cinco dólares", "5 $"},
                        {"mil doscientos euros", "1.200 €"},
                        {"cinco euros con cincuenta", "5,50 €"},
                        {"cinco euros y cincuenta céntimos", "5,50 €"},
                        {"cincuenta céntimos", "50 céntimos"},
                        {"dos millones de euros", "2 millones de euros"},
                        {"de cinco a diez euros", "de 5 a 10 €"},
                        {"cinco kilómetros", "5 km"},
                        {"veinte kilómetros por hora", "20 km/h"},
                        {"veinte grados Celsius", "20 °C"},
                        {"cinco minutos", "5 minutos"},
                        {"dos litros y medio", "2,5 L"},
                        {"cien metros cuadrados", "100 m²"},
                        {"la página tres", "la página 3"},
                        {"páginas tres y cuatro", "páginas 3 y 4"},
                        {"25 por ciento", "25%"},
                        {"1.200 euros", "1.200 €"}});
}

TEST(NumbersTest, LeavesOneToNine) {
  expect_left_alone("en", {"he has three kids and two dogs", "one of them left", "no one came",
                           "the two of us", "she for one agrees", "one by one", "for the third time",
                           "zero problems", "two more", "one day"});
}

TEST(NumbersTest, LeavesWhatOnlyLooksLikeANumber) {
  expect_left_alone(
      "en",
      {"thanks a million", "cloud nine", "square one", "a high five", "second thoughts", "give me a second",
       "a third party", "in the first place", "dozens of people and hundreds of dogs", "a thousand times",
       "half a million people", "half a million dollars", "a million people", "plus or minus five"});
}

TEST(NumbersTest, LeavesNumbersThatTouch) {
  expect_left_alone("en", {"one two three", "twenty four seven", "twenty twenty vision", "fifty fifty",
                           "five foot eleven", "five foot six"});
}

TEST(NumbersTest, LeavesWhatMayMeanEither) {
  expect_left_alone("en", {"two or three hundred people", "ten to fifteen thousand dollars",
                           "ten or twenty thousand", "everything minus two"});
}

TEST(NumbersTest, LeavesFractionsAlone) {
  expect_left_alone("en", {"half an hour", "a quarter of the class", "two thirds", "more than a third",
                           "a tenth of the price", "two and a third party"});
}

TEST(NumbersTest, LeavesPoints) {
  expect_left_alone("en", {"at this point five people had left", "at some point two of us", "a point one way",
                           "in point five of the agenda", "at point 5.", "lost by one point",
                           "i want to point two things out"});
}

TEST(NumbersTest, LeavesMoneyAndUnitsWithoutANumber) {
  expect_left_alone("en", {"my two cents", "the dollar fell", "her own two feet", "two left feet",
                           "for miles", "a few kilometers", "a mile", "several degrees of freedom",
                           "every cent counts", "what percent of users", "two degrees in law"});
}

TEST(NumbersTest, LeavesLabelsThatAreNone) {
  expect_left_alone("en",
                    {"we number five", "repeat step two times", "is there room for one more",
                     "in the last two rows three people sat", "the page two people wrote", "step by step"});
}

TEST(NumbersTest, LeavesFiguresOfTheRecogniser) {
  expect_left_alone("en", {"2000", "12000 people", "page 310", "25%", "$3.50", "5 km", "21st birthday",
                           "3.2.1", "5:30", "a twenty-five-year-old", "a two-mile run"});
}

TEST(NumbersTest, LeavesSpanishWords) {
  expect_left_alone("es", {"cada uno trajo su silla",
                           "la música de los ochenta",
                           "los años noventa",
                           "uno de ellos",
                           "un libro",
                           "un kilómetro",
                           "ni un euro",
                           "mil gracias",
                           "el vigésimo primero",
                           "el tercer piso",
                           "espera un segundo",
                           "dos tercios votaron que no",
                           "un cuarto de hora",
                           "tres cuartos de hora",
                           "el cuarto de baño",
                           "que coma cinco veces al día",
                           "más o menos cinco",
                           "todos menos dos",
                           "dos o tres mil euros",
                           "cien por cien",
                           "el tanto por ciento",
                           "lee la página tres veces",
                           "un millón de personas",
                           "medio millón de euros"});
}

TEST(NumbersTest, TakesDecimalsThatAreFiguresAlready) {
  const auto language = built_in_language("en").value();
  EXPECT_EQ(clean("it is three point one four one five nine", *language).text, "It is 3.14159");
  EXPECT_EQ(clean("3 point 14", *language).text, "3.14");
  EXPECT_EQ(clean("at this point 5 people", *language).text, "At this point 5 people");
}

TEST(NumbersTest, IsFastOnALongRunOfNumbers) {
  // No limit of time: a rule that is not linear would not come back from these.
  for (const char* word : {"five ", "twenty ", "a hundred and ", "one-two-", "two to ", "page ", "minus "}) {
    std::string text;
    for (int i = 0; i < 20000; ++i) text += word;
    EXPECT_FALSE(written("en", text).empty());
  }
}

TEST(NumberFormatTest, GroupsByThree) {
  const Figures english;
  EXPECT_EQ(grouped(999, english), "999");
  EXPECT_EQ(grouped(1000, english), "1,000");
  EXPECT_EQ(grouped(1234567, english), "1,234,567");
  EXPECT_TRUE(is_in_figures("1,234,567.89", english));
  for (const char* word : {"1,23", "1,2345", ",123", "5:30", "$5", "3.2.1", "1.", "21st", "-5", ""}) {
    EXPECT_FALSE(is_in_figures(word, english)) << word;
  }
}

TEST(NumberFormatTest, NumbersOrdinalsByTheirLastDigit) {
  const Figures figures = built_in_language("en").value()->figures();
  EXPECT_EQ(ordinal(21, figures), "21st");
  EXPECT_EQ(ordinal(112, figures), "112th");
  EXPECT_EQ(ordinal(1003, figures), "1,003rd");
  EXPECT_EQ(ordinal(21, built_in_language("es").value()->figures()), "");
}

}  // namespace
}  // namespace diktate
