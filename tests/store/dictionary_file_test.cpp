#include "store/dictionary_file.h"

#include <cstdlib>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/files.h"

namespace diktate {
namespace {

class DictionaryFile : public testing::Test {
 protected:
  DictionaryFile() {
    std::string name = (std::filesystem::temp_directory_path() / "diktate-store-XXXXXX").string();
    folder = ::mkdtemp(name.data());
    path = folder / "below" / "dictionary.toml";
  }
  ~DictionaryFile() override { std::filesystem::remove_all(folder); }

  static std::string error_of(std::string_view toml) {
    const auto words = parse_dictionary_toml(toml);
    return words ? "" : words.error().message;
  }

  std::filesystem::path folder;
  std::filesystem::path path;
};

TEST_F(DictionaryFile, GivesBackWhatItWrote) {
  DictionaryWords words;
  ASSERT_TRUE(add_replacement(words, "cube \"control\"", "kube\\ctl\t"));
  ASSERT_TRUE(add_favoured(words, "Zoë"));
  ASSERT_TRUE(add_snippet(words, "my signature", "Best regards,\nAnna \x01"));
  ASSERT_TRUE(write_dictionary(path, words));
  const auto read = read_dictionary(path);
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->replacements.size(), 1U);
  EXPECT_EQ(read->replacements[0].spoken, "cube \"control\"");
  EXPECT_EQ(read->replacements[0].written, "kube\\ctl\t");
  EXPECT_EQ(read->favoured, std::vector<std::string>{"Zoë"});
  ASSERT_EQ(read->snippets.size(), 1U);
  EXPECT_EQ(read->snippets[0].text, "Best regards,\nAnna \x01");
}

TEST_F(DictionaryFile, IsPrivateAndLeavesNothingBeside) {
  ASSERT_TRUE(write_dictionary(path, {}));
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(path.parent_path()), {}), 1);
}

TEST_F(DictionaryFile, StaysASymbolicLink) {
  const auto kept = folder / "kept.toml";
  ASSERT_TRUE(write_dictionary(kept, {}));
  std::filesystem::create_symlink(kept, folder / "link.toml");
  DictionaryWords words;
  ASSERT_TRUE(add_favoured(words, "Zoë"));
  ASSERT_TRUE(write_dictionary(folder / "link.toml", words));
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link.toml"));
  EXPECT_EQ(read_dictionary(kept)->favoured.size(), 1U);
}

TEST_F(DictionaryFile, IsEmptyWhereThereIsNone) {
  const auto words = read_dictionary(path);
  ASSERT_TRUE(words);
  EXPECT_TRUE(words->replacements.empty() && words->favoured.empty() && words->snippets.empty());
}

TEST_F(DictionaryFile, NamesFileAndLineOfWhatIsWrong) {
  ASSERT_TRUE(write_file_atomically(folder / "broken.toml", "[replacements]\n\"a\" = \n"));
  const auto words = read_dictionary(folder / "broken.toml");
  ASSERT_FALSE(words);
  EXPECT_NE(words.error().message.find("broken.toml: line 2: "), std::string::npos) << words.error().message;
}

TEST_F(DictionaryFile, NamesTheLineOfWhatItDoesNotKnow) {
  EXPECT_EQ(error_of("[replacements]\na = 'b'\nc = 3"), "line 3: 'c' is not = \"text\"");
  EXPECT_EQ(error_of("\n[other]"), "line 2: there is no [other] in a dictionary");
  EXPECT_EQ(error_of("a = 'b'"), "line 1: 'a' stands outside of [replacements], [words], [snippets]");
  EXPECT_EQ(error_of("[words]\nfavoured = ['a',\n3]"), "line 3: a favoured word is not in quotes");
  EXPECT_EQ(error_of("[words]\nother = []"), "line 2: [words] holds favoured = [\"word\", ...] alone");
  EXPECT_EQ(error_of("[snippets]\n'a' = ''"), "line 2: 'a' stands for nothing");
  EXPECT_NE(error_of("[snippets]\na = 'b'\na = 'c'").find("line 3: "), std::string::npos);
}

TEST(DictionaryWordsTest, KeepTheLaterOfTwoThatAreSaidAlike) {
  DictionaryWords words, more;
  ASSERT_TRUE(add_replacement(words, "Foo bar", "one"));
  ASSERT_TRUE(add_replacement(more, "foo  BAR.", "two"));
  ASSERT_TRUE(add_favoured(more, "Foo"));
  merge(words, more);
  ASSERT_EQ(words.replacements.size(), 1U);
  EXPECT_EQ(words.replacements[0].written, "two");
  EXPECT_EQ(words.favoured.size(), 1U);
}

TEST(DictionaryWordsTest, AreRemovedFromEveryKind) {
  DictionaryWords words;
  ASSERT_TRUE(add_replacement(words, "Foo", "one"));
  ASSERT_TRUE(add_favoured(words, "foo"));
  ASSERT_TRUE(add_snippet(words, "foo bar", "two"));
  EXPECT_EQ(remove_spoken(words, "FOO"), 2U);
  EXPECT_EQ(remove_spoken(words, "foo"), 0U);
  EXPECT_EQ(words.snippets.size(), 1U);
}

TEST(DictionaryWordsTest, HaveALimit) {
  DictionaryWords words;
  std::string spoken;
  for (std::size_t i = 0; i <= kMostSpokenWords; ++i) spoken += "a ";
  EXPECT_FALSE(add_replacement(words, spoken, "b"));
}

}  // namespace
}  // namespace diktate
