#include "store/dictionary_csv.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

std::string csv_error(std::string_view csv) {
  const auto words = parse_dictionary_csv(csv);
  return words ? "" : words.error().message;
}

TEST(DictionaryCsv, GivesBackWhatItWrote) {
  DictionaryWords words;
  ASSERT_TRUE(add_replacement(words, "smith, comma", "Smith, \"the\" one"));
  ASSERT_TRUE(add_favoured(words, "Zoë"));
  ASSERT_TRUE(add_snippet(words, "my signature", "Best regards,\r\nAnna"));
  const auto read = parse_dictionary_csv(dictionary_csv(words));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->replacements.front().spoken, "smith, comma");
  EXPECT_EQ(read->replacements.front().written, "Smith, \"the\" one");
  EXPECT_EQ(read->favoured, std::vector<std::string>{"Zoë"});
  EXPECT_EQ(read->snippets.front().text, "Best regards,\r\nAnna");
}

TEST(DictionaryCsv, QuotesOnlyWhereItMust) {
  DictionaryWords words;
  ASSERT_TRUE(add_replacement(words, "a", "b"));
  ASSERT_TRUE(add_replacement(words, "c", "d\"e"));
  EXPECT_EQ(dictionary_csv(words), "kind,spoken,written\nreplacement,a,b\nreplacement,c,\"d\"\"e\"\n");
}

TEST(DictionaryCsv, ReadsWhatSpreadsheetsWrite) {
  const auto words =
      parse_dictionary_csv("\xEF\xBB\xBFkind,spoken,written\r\nword,Grafana,\r\n\r\nreplacement,\"a\",\"b\"");
  ASSERT_TRUE(words) << words.error().message;
  EXPECT_EQ(words->favoured.size(), 1U);
  EXPECT_EQ(words->replacements.front().written, "b");
}

TEST(DictionaryCsv, NamesTheLineThatIsWrong) {
  EXPECT_EQ(csv_error("word,a\nnoun,b,c\n"), "line 2: the kind 'noun' is none of replacement, word, snippet");
  EXPECT_EQ(csv_error("snippet,\"a\nb\",c\nsnippet,d\n"),
            "line 3: there are 2 columns, not the three of kind, spoken, written");
  EXPECT_EQ(csv_error("\nword,\"a"), "line 2: a quote is not closed");
  EXPECT_EQ(csv_error("word,\"a\"b,"), "line 1: something follows the closing quote of a field");
  EXPECT_EQ(csv_error("word,a\"b,"), "line 1: a quote stands inside a field without quotes");
  EXPECT_EQ(csv_error("word,...,"), "line 1: '...' has no word that can be said");
  EXPECT_EQ(csv_error("word,a,b"), "line 1: a word is written as it is spoken; its third column is empty");
  EXPECT_EQ(csv_error("word,\xFF,"), "line 1: it is not UTF-8");
}

}  // namespace
}  // namespace diktate
