#include "text/token.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

class TokenTest : public ::testing::Test {
 protected:
  std::vector<std::string> texts(std::string_view text) const {
    std::vector<std::string> result;
    for (const Token& token : tokenise(text, *english_)) result.push_back(token.text);
    return result;
  }

  const std::shared_ptr<const Language> english_ = built_in_language("en").value();
};

using Texts = std::vector<std::string>;

TEST_F(TokenTest, PartsWordsFromTheMarksAroundThem) {
  EXPECT_EQ(texts("Hello, \"world\"!"), (Texts{"Hello", ",", "\"", "world", "\"", "!"}));
  EXPECT_EQ(texts("(yes)... no"), (Texts{"(", "yes", ")", "...", "no"}));
  EXPECT_EQ(texts("home—finally"), (Texts{"home", "—", "finally"}));
  EXPECT_EQ(texts("¿qué?"), (Texts{"¿", "qué", "?"}));
}

TEST_F(TokenTest, KeepsMarksInsideWords) {
  EXPECT_EQ(texts("don't 5:30 3.2.1 $5 a@b.org well-known 25% .5"),
            (Texts{"don't", "5:30", "3.2.1", "$5", "a@b.org", "well-known", "25%", ".5"}));
  EXPECT_EQ(texts("at 5 p.m. today."), (Texts{"at", "5", "p.m.", "today", "."}));
  EXPECT_EQ(texts("I wan- I"), (Texts{"I", "wan-", "I"}));
  EXPECT_EQ(texts("cd .. ./run ../a .env. b."), (Texts{"cd", "..", "./run", "../a", ".env", ".", "b", "."}));
}

TEST_F(TokenTest, RendersWhatItRead) {
  for (const std::string text :
       {"Hello, world.", "One\nTwo\n\nThree", "(a [b] {c})", "«Hola», dijo.", "a—b … c"}) {
    EXPECT_EQ(render(tokenise(text, *english_)), text);
  }
}

TEST_F(TokenTest, FoldsCaseAndApostrophes) {
  EXPECT_EQ(tokenise("I’M", *english_).front().folded, "i'm");
  EXPECT_TRUE(tokenise("The", *english_).front().is(classes(WordClass::article)));
}

TEST_F(TokenTest, MarksTheFirstTokenOfAPiece) {
  const Tokens tokens = tokenise("one two three", *english_, {4});
  EXPECT_FALSE(tokens[0].piece_start);
  EXPECT_TRUE(tokens[1].piece_start);
  EXPECT_FALSE(tokens[2].piece_start);
}

TEST(LanguageTest, NamesWhatIsWrongInAFile) {
  EXPECT_NE(Language::parse("[classes]\nadverb = []").error().message.find("adverb"), std::string::npos);
  EXPECT_NE(Language::parse("[phrases.mark]\nx = 3").error().message.find("'x'"), std::string::npos);
  for (const char* value : {"half", "", "30 minutes", "99999999999999999999"}) {
    const auto parsed = Language::parse("[phrases.clock]\n\"y media\" = \"" + std::string(value) + "\"");
    ASSERT_FALSE(parsed) << value;
    EXPECT_NE(parsed.error().message.find("'y media'"), std::string::npos);
  }
  const auto wrong = [](const std::string& table, const std::string& line) {
    const auto parsed = Language::parse("[" + table + "]\n" + line);
    return !parsed && parsed.error().message.find("'" + line.substr(1, line.find('"', 1) - 1) + "'") !=
                          std::string::npos;
  };
  for (const char* value : {"", "0", "+2", " 2", "×2", "22"}) {
    EXPECT_TRUE(wrong("phrases.repeat", "\"double\" = \"" + std::string(value) + "\"")) << value;
  }
  for (const char* shape : {"3-5", "3", "4 4", "", "70", "/8"}) {
    EXPECT_TRUE(wrong("phrases.phone_shape", "\"7\" = \"" + std::string(shape) + "\"")) << shape;
  }
  EXPECT_TRUE(wrong("phrases.phone_shape", R"("seven" = "3-4")"));
  EXPECT_FALSE(wrong("phrases.phone_shape", R"("7" = "3-4")"));
  for (const char* part : {"0", "1", "-2"}) {
    EXPECT_TRUE(wrong("numbers.fraction", "\"half\" = " + std::string(part))) << part;
  }
  EXPECT_NE(Language::parse("name = ").error().message.find("line 1"), std::string::npos);
  EXPECT_FALSE(built_in_language("xx").has_value());
}

}  // namespace
}  // namespace diktate
