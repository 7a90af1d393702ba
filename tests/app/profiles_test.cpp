#include "app/profiles.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace diktate {
namespace {

Settings settings_of(std::string_view toml) {
  auto settings = parse_settings(toml);
  EXPECT_TRUE(settings) << settings.error().message;
  return settings.value_or(Settings{});
}

std::string error_of(const Settings& settings, const ProcessingChoice& choice) {
  const auto profile = find_profile(settings, choice);
  return profile ? "" : profile.error().message;
}

const std::string_view kBox = R"(
[processors.box]
kind = "ollama"
endpoint = "http://box:11434"
[profiles.mail]
mode = "professional"
chain = ["box", "openai", "raw"]
[profiles.code]
chain = ["box"]
)";

TEST(Profiles, AskNoModelUnlessTheSettingsOrTheCommandLineSaySo) {
  for (const std::string& name : take_profile_names({})) {
    const auto profile = find_profile({}, {.profile = name});
    ASSERT_TRUE(profile) << name;
    EXPECT_TRUE(profile->models.empty()) << name;
  }
  EXPECT_EQ(find_profile({}, {})->name, "standard");
  EXPECT_EQ(find_profile({}, {.processor = "ollama"})->models.at(0).name, "ollama");
}

TEST(Profiles, FollowTheChainToItsEnd) {
  const auto profile = find_profile(settings_of(kBox), {.profile = "mail"});
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->prompt.mode, TaskMode::professional);
  ASSERT_EQ(profile->models.size(), 2U);
  EXPECT_EQ(profile->models[0].endpoint, "http://box:11434");
  EXPECT_EQ(profile->models[1].name, "openai");
  EXPECT_TRUE(profile->ends_raw);
}

TEST(Profiles, OfTheUserChangeTheBuiltInOnes) {
  const auto profile = find_profile(settings_of(kBox), {.profile = "code"});
  EXPECT_EQ(profile->cleaning.profile, "code");
  EXPECT_EQ(profile->models.at(0).name, "box");
  EXPECT_FALSE(profile->ends_raw);
  const auto names = take_profile_names(settings_of(kBox));
  EXPECT_EQ(std::count(names.begin(), names.end(), "code"), 1);
  EXPECT_EQ(names.back(), "mail");
}

TEST(Profiles, LeaveTheCommandLineTheLastWord) {
  const auto profile = find_profile(settings_of(kBox), {.profile = "mail",
                                                        .language = "es",
                                                        .processor = "box",
                                                        .endpoint = "http://other:1",
                                                        .model = "m",
                                                        .deadline_ms = 7});
  ASSERT_TRUE(profile);
  ASSERT_EQ(profile->models.size(), 1U);
  EXPECT_EQ(profile->models[0].kind, "ollama");
  EXPECT_EQ(profile->models[0].endpoint, "http://other:1");
  EXPECT_EQ(profile->models[0].model, "m");
  EXPECT_EQ(profile->cleaning.language, "es");
  EXPECT_EQ(profile->deadline, std::chrono::milliseconds(7));
  EXPECT_TRUE(find_profile(settings_of(kBox), {.profile = "mail", .processor = "rules"})->models.empty());
}

TEST(Profiles, SayWhatReachesATerminal) {
  const Settings settings =
      settings_of("[profiles.code]\npress_keys = true\nterminal_lines = true\nterminal_enter = true");
  const auto code = find_profile(settings, {.profile = "code"});
  EXPECT_TRUE(code->cleaning.keys && code->terminal_lines && code->terminal_enter);
  const auto other = find_profile(settings, {});
  EXPECT_FALSE(other->cleaning.keys || other->terminal_lines || other->terminal_enter);
}

TEST(Profiles, SayWhatIsWrongAndTheWayOut) {
  EXPECT_NE(error_of({}, {.profile = "nix"}).find("there is no profile 'nix'; there are standard, code"),
            std::string::npos);
  EXPECT_NE(error_of({}, {.model = "m"}).find("add --processor"), std::string::npos);
}

TEST(Profiles, NameTheSettingThatTheCommandLineCannotMend) {
  const std::pair<std::string, std::string> wrong[] = {
      {"profile = 'gone'", "config.toml: profile: there is no profile 'gone'; there are standard, code"},
      {"[profiles.standard]\nmode = 'sing'", "config.toml: [profiles.standard] mode: unknown mode 'sing'"},
      {"[profiles.standard]\ncleanup = 'foo'",
       "[profiles.standard] cleanup: unknown cleanup 'foo'; there are"},
      {"[profiles.standard]\nlanguage = 'zz'",
       "[profiles.standard] language: unknown language 'zz'; there are"},
      {"[profiles.standard]\nchain = []", "[profiles.standard] chain: it is empty; without a model it is"},
      {"[profiles.standard]\nchain = ['rules', 'raw']",
       "[profiles.standard] chain: 'rules' ends it: 'raw' would never be asked"},
      {"[profiles.standard]\nchain = ['box']", "[profiles.standard] chain: there is no processor 'box'"},
      {"[processors.box]\nkind = 'foo'\n[profiles.standard]\nchain = ['box']",
       "[profiles.standard] chain: the processor box is of the unknown kind 'foo'"}};
  for (const auto& [toml, message] : wrong) {
    const auto profile = find_profile(settings_of(toml), {});
    ASSERT_FALSE(profile) << toml;
    EXPECT_EQ(profile.error().kind, ErrorKind::failed) << toml;
    EXPECT_NE(profile.error().message.find(message), std::string::npos) << profile.error().message;
  }
}

TEST(Profiles, OfEachModeWithALetterTheFirstThatAsksAModelIsKeyed) {
  const auto settings = parse_settings(
      "[profiles.ask]\nchain = ['rules']\n[profiles.voice]\nmode = 'refine-by-voice'\nchain = ['ollama']\n"
      "[profiles.es]\nmode = 'translate'\nchain = ['ollama']\n[profiles.fr]\nmode = 'translate'\nchain = "
      "['ollama']\n");
  ASSERT_TRUE(settings) << settings.error().message;
  const auto modes = keyed_modes(*settings);
  ASSERT_TRUE(modes) << modes.error().message;
  std::string keyed;
  for (const KeyedMode& mode : *modes) keyed += std::string(1, mode.letter) + mode.profile + " ";
  EXPECT_EQ(keyed, "Rvoice A Tes N ");
}

}  // namespace
}  // namespace diktate
