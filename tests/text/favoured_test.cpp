#include "text/favoured.h"

#include <gtest/gtest.h>

#include "text/unicode.h"

namespace diktate {
namespace {

class FavouredTest : public ::testing::Test {
 protected:
  // What one word, or two, is taken for; "" for nothing else.
  std::string meant(const std::string& said) const {
    const Tokens tokens = tokenise(said, *english_);
    const std::string* word =
        tokens.size() == 1 ? favoured_.meant_by(tokens[0]) : favoured_.meant_by(tokens[0], tokens[1]);
    return word == nullptr ? "" : *word;
  }

  const std::shared_ptr<const Language> english_ = built_in_language("en").value();
  const FavouredWords favoured_{{"Kubernetes", "kubectl", "Grafana", "Redis", "nginx", "Zoë", "Maria",
                                 "Docker", "Prometheus", "Claude", "Postgres", "Terraform", "Nadia",
                                 "Jenkins"}};
};

TEST_F(FavouredTest, HearsWhatIsSpelledAnotherWay) {
  EXPECT_EQ(meant("grafanna"), "Grafana");
  EXPECT_EQ(meant("Kubernetties"), "Kubernetes");
  EXPECT_EQ(meant("coopernetties"), "Kubernetes");
  EXPECT_EQ(meant("reddis"), "Redis");
  EXPECT_EQ(meant("zoe"), "Zoë");
  EXPECT_EQ(meant("Claud"), "Claude");
  EXPECT_EQ(meant("Teraform"), "Terraform");
}

TEST_F(FavouredTest, HearsTwoWordsForOne) {
  EXPECT_EQ(meant("post gress"), "Postgres");
  EXPECT_EQ(meant("cube cuttle"), "kubectl");
  EXPECT_EQ(meant("engine x"), "nginx");
  EXPECT_EQ(meant("terra form"), "Terraform");
}

TEST_F(FavouredTest, ForgivesOneSlipInLongWordsOnly) {
  EXPECT_EQ(meant("Promethius"), "Prometheus");
  EXPECT_EQ(meant("Terrafrom"), "Terraform");
  EXPECT_EQ(meant("Grafama"), "Grafana");
  EXPECT_EQ(meant("nadir"), "");
  EXPECT_EQ(meant("marina"), "");
}

TEST_F(FavouredTest, LeavesWordsThatTheLanguageKnows) {
  EXPECT_EQ(meant("cloud"), "");
  EXPECT_EQ(meant("clouds"), "");
  EXPECT_EQ(meant("post form"), "");
  EXPECT_EQ(meant("ready"), "");
}

TEST_F(FavouredTest, LeavesOtherWordsThatSoundAlikeByChance) {
  for (const char* said : {"radius", "griffin", "radios", "readiness", "mariah's", "dockers", "dockets",
                           "terrain", "graphene", "rhetoric", "promise", "maize", "clod", "clad"}) {
    EXPECT_EQ(meant(said), "") << said;
  }
}

TEST_F(FavouredTest, KnowsThatAnEndingMakesAnotherName) {
  const FavouredWords names({"Martin", "Alexander", "Fedora", "Auth0"});
  for (const char* said : {"Martina", "Alexandra", "Fedor", "auth"}) {
    EXPECT_EQ(names.meant_by(tokenise(said, *english_)[0]), nullptr) << said;
  }
  EXPECT_NE(names.meant_by(tokenise("Marten", *english_)[0]), nullptr);
}

TEST_F(FavouredTest, LeavesFunctionWordsBesideAFavouredWord) {
  EXPECT_EQ(meant("a grafanna"), "");
  EXPECT_EQ(meant("grafana is"), "");
  EXPECT_EQ(meant("the kubernetes"), "");
  EXPECT_EQ(meant("claude yo"), "");
}

TEST_F(FavouredTest, LeavesWhatIsNotAWord) {
  EXPECT_EQ(meant("grafanna.com"), "");
  EXPECT_EQ(meant("grafanna2"), "");
  EXPECT_EQ(meant("GRAFANNA"), "");
  EXPECT_EQ(meant(std::string(10000, 'g')), "");
}

TEST_F(FavouredTest, TakesTheNearestAndNoneOfTwoThatAreAsNear) {
  const FavouredWords near({"Marlena", "Marlene"});
  const auto meant_by = [&](const char* said) { return near.meant_by(tokenise(said, *english_)[0]); };
  ASSERT_NE(meant_by("marlenna"), nullptr);
  EXPECT_EQ(*meant_by("marlenna"), "Marlena");
  const FavouredWords tie({"Marten", "Martin"});
  EXPECT_EQ(tie.meant_by(tokenise("Martyn", *english_)[0]), nullptr);
}

TEST(SoundKeyTest, HoldsTheConsonantsAsTheySound) {
  const auto key = [](const char* word) { return sound_key(base_letters(word)); };
  EXPECT_EQ(key("Kubernetes"), key("cooper netties"));
  EXPECT_EQ(key("nginx"), key("engine x"));
  EXPECT_EQ(key("Christopher"), key("Kristofer"));
  EXPECT_EQ(key("knight"), key("night"));
  EXPECT_EQ(key("Django"), key("jango"));
  EXPECT_EQ(key("Vaughn"), "FN");
  EXPECT_EQ(key("Müller"), key("muller"));
  EXPECT_EQ(key("Thomas"), "OMS");
  EXPECT_NE(key("anthropic"), key("entropic"));
  EXPECT_EQ(key("aeiou"), "");
}

TEST(EditDistanceTest, CountsSlips) {
  EXPECT_EQ(edit_distance(U"", U"abc"), 3U);
  EXPECT_EQ(edit_distance(U"form", U"from"), 1U);
  EXPECT_EQ(edit_distance(U"kitten", U"sitting"), 3U);
  EXPECT_EQ(edit_distance(U"abc", U"abc"), 0U);
}

TEST(CommonWordsTest, CoverOrdinaryTextInBothLanguages) {
  const auto unknown = [](const char* language, const char* text) {
    const auto known = built_in_language(language).value();
    std::string words;
    for (const Token& token : tokenise(text, *known)) {
      if (token.is_word() && token.entry == nullptr) words += token.text + " ";
    }
    return words;
  };
  EXPECT_EQ(
      unknown("en",
              "I wanted to tell you that we are going to move the meeting to next week because the report is "
              "not finished yet and nobody has had time to look at the latest numbers"),
      "");
  EXPECT_EQ(
      unknown(
          "es",
          "Quería decirte que vamos a cambiar la reunión para la próxima semana porque el informe todavía "
          "no está listo y nadie ha tenido tiempo de mirar los últimos números"),
      "decirte ");
}

}  // namespace
}  // namespace diktate
