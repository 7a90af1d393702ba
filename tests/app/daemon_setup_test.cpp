#include "app/daemon_setup.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace diktate {
namespace {

using Json = nlohmann::json;

class NoNotifier final : public Notifier {
 public:
  void show(const Notice& /*notice*/) override {}
  std::string problem() const override { return {}; }
};

class NoCues final : public CuePlayer {
 public:
  void play(Cue /*cue*/) override {}
  void hush() override {}
  bool sounded_at(Instant /*when*/) const override { return false; }
};

class NoDucker final : public Ducker {
 public:
  void duck() override {}
  void restore() override {}
};

class DaemonSetupTest : public testing::Test {
 protected:
  DaemonSetupTest() {
    std::string name = (std::filesystem::temp_directory_path() / "diktate-setup-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    journal_.emplace(JournalOptions{folder_});
  }
  ~DaemonSetupTest() override {
    journal_.reset();
    std::filesystem::remove_all(folder_);
  }

  Result<DaemonSetup> setup_of(std::string_view toml) {
    const auto settings = parse_settings(toml);
    if (!settings) return tl::unexpected(settings.error());
    return make_daemon_setup(*settings, {clock_, *journal_, {}, notifier_, cues_, ducker_, http_});
  }

  void await_files_of_a_take() const {
    const auto takes = folder_ / "takes";
    const auto none = [&] { return !std::filesystem::exists(takes) || std::filesystem::is_empty(takes); };
    for (int i = 0; i < 12'000 && none(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    ASSERT_FALSE(none()) << "no files are made ready";
  }

 private:
  std::filesystem::path folder_;
  std::optional<Journal> journal_;
  SteadyClock clock_;
  NoNotifier notifier_;
  NoCues cues_;
  NoDucker ducker_;
  SharedHttp http_;
};

ProcessedText processed(const ProfileSetup& profile, std::string_view said) {
  auto processor = profile.processor();
  EXPECT_TRUE(processor) << processor.error().message;
  auto text = (*processor)->process({.text = said, .pieces = {}}, {});
  return text.value_or(ProcessedText{});
}

TEST_F(DaemonSetupTest, HasTheKeysOfAProfileThatPressesThem) {
  const auto setup = setup_of("profile = 'chat'\n[profiles.chat]\npress_keys = true\nterminal_enter = true");
  ASSERT_TRUE(setup) << setup.error().message;
  EXPECT_TRUE(setup->profiles.front().terminal_enter);
  EXPECT_FALSE(setup->profiles.front().terminal_lines);
  const ProcessedText text = processed(setup->profiles.front(), "on my way press enter");
  EXPECT_EQ(text.text, "On my way");
  EXPECT_EQ(text.keys, std::vector<std::string>{"Enter"});
  EXPECT_TRUE(processed(setup_of("")->profiles.front(), "on my way press enter").keys.empty());
}

TEST_F(DaemonSetupTest, HasAllProfilesAndTheOneOfTheSettingsFirst) {
  const auto setup = setup_of("profile = 'chat'\n[profiles.chat]\n[profiles.mail]\npress_keys = true");
  ASSERT_TRUE(setup) << setup.error().message;
  EXPECT_EQ(setup->profile("")->name, "chat");
  EXPECT_NE(setup->profile("translate"), nullptr);
  EXPECT_EQ(setup->profile("nix"), nullptr);
  EXPECT_EQ(processed(*setup->profile("mail"), "so it is press enter").keys.size(), 1U);
  EXPECT_EQ(processed(*setup->profile("standard"), "so it is press enter").keys.size(), 0U);
}

TEST_F(DaemonSetupTest, NamesAKeyWhoseProfileIsNone) {
  const auto setup = setup_of("[hotkeys.profiles]\nnix = 'Super+X'");
  ASSERT_FALSE(setup);
  EXPECT_NE(setup.error().message.find(
                "config.toml: [hotkeys.profiles] there is no profile 'nix'; there are standard, "),
            std::string::npos);
}

TEST_F(DaemonSetupTest, FindsWhatIsWrongBeforeATakeDoes) {
  const std::pair<std::string, std::string> wrong[] = {
      {"[profiles.mail]\ncleanup = 'foo'", "[profiles.mail] cleanup: unknown cleanup 'foo'"},
      {"[profiles.mail]\nchain = ['gone']", "[profiles.mail] chain: there is no processor 'gone'"},
      {"[profiles.mail]\nchain = ['openai']", "[profiles.mail] the processor openai has no endpoint"},
      {"[processors.box]\nkind = 'openai'\n[profiles.mail]\nchain = ['box']",
       "[profiles.mail] the processor box has no endpoint; set 'endpoint' of [processors.box]"},
      {"[processors.box]\nkind = 'ollama'\nendpoint = 'http://box:99999'\n[profiles.mail]\nchain = ['box']",
       "[profiles.mail] the endpoint of box cannot be used: this is no URL: "},
      {"[processors.box]\nkind = 'anthropic'\n[profiles.mail]\nchain = ['box']",
       "[profiles.mail] the processor box has no model; set 'model' of [processors.box]"},
      {"[daemon]\nengine = 'foo'",
       "config.toml: [daemon] engine: there is no 'foo'; there are moonshine-base, "},
      {"[insert]\nmethod = 'fax'", "config.toml: [insert] "}};
  for (const auto& [toml, message] : wrong) {
    const auto setup = setup_of(toml);
    ASSERT_FALSE(setup) << toml;
    EXPECT_NE(setup.error().message.find(message), std::string::npos) << setup.error().message;
  }
}

TEST_F(DaemonSetupTest, ShowsWhatItKeepsAndHearsBeforeTheKey) {
  const Json shown = Json::parse(setup_of("[daemon]\npreroll_ms = 300\n[privacy]\nlevel = 1")->shown);
  EXPECT_EQ(shown["daemon"]["preroll_ms"], 300);
  EXPECT_EQ(shown["privacy"], Json({{"level", 1}}));
}

TEST_F(DaemonSetupTest, ShowsItsKeys) {
  const auto keys = [&](std::string_view toml) { return Json::parse(setup_of(toml)->shown)["hotkeys"]; };
  EXPECT_EQ(keys("")["last"], "Super+Alt+V");
  EXPECT_EQ(keys("[hotkeys]\nlast = ''")["last"], "");
  EXPECT_EQ(keys("")["swap"], "Super+Alt+S");
  EXPECT_EQ(keys("[hotkeys]\nswap = 'F9'")["swap"], "F9");
  EXPECT_EQ(keys("[hotkeys.profiles]\nask = 'Super+Alt+S'")["swap"], "");
  EXPECT_EQ(keys("[hotkeys.profiles]\nask = 'Super+Alt+A'")["profiles"], Json({{"ask", "Super+Alt+A"}}));
}

TEST_F(DaemonSetupTest, ShowsHowItInserts) {
  const auto setup = setup_of("[insert]\nfollow_focus = true\n[insert.programs]\nfoot = 'ordinary'");
  ASSERT_TRUE(setup) << setup.error().message;
  const Json shown = Json::parse(setup->shown);
  EXPECT_EQ(shown["insert"]["follow_focus"], true);
  EXPECT_EQ(shown["insert"]["programs"], Json({{"foot", "ordinary"}}));
}

// The first two takes may find what was made ready at the start.
TEST_F(DaemonSetupTest, TheFilesOfTheNextTakeAreReadyAfterEachOne) {
  const auto setup = setup_of("");
  ASSERT_TRUE(setup) << setup.error().message;
  for (int take = 1; take <= 4; ++take) {
    ASSERT_NO_FATAL_FAILURE(await_files_of_a_take()) << "before take " << take;
    const auto keeper = setup->keeper("standard");
    keeper->record().samples(Samples(160));
    TakeReport report;
    report.result.outcome = Outcome::delivered;
    ASSERT_TRUE(keeper->close(report));
  }
}

TEST_F(DaemonSetupTest, NotesWhichProfilesInUseLackTheirModel) {
  const auto setup = setup_of(
      "[profiles.es]\nmode = 'translate'\n[hotkeys.profiles]\nask = 'Super+Alt+A'\n[profiles.letters]\n"
      "mode = 'professional'\nchain = ['ollama']\n");
  ASSERT_TRUE(setup) << setup.error().message;
  ASSERT_EQ(setup->notes.size(), 2U);
  EXPECT_NE(setup->notes[0].find("no language model is set for the profile ask"), std::string::npos);
  EXPECT_NE(setup->notes[1].find("no language model is set for the profile es"), std::string::npos);
}

TEST_F(DaemonSetupTest, WithoutAModelATranslationIsWhatWasSaidWithANoteAndAnAnswerIsNothing) {
  const auto setup = setup_of("[profiles.plain]\nchain = ['raw']\n");
  ASSERT_TRUE(setup) << setup.error().message;
  const ProcessedText translated = processed(*setup->profile("translate"), "um hello there");
  EXPECT_EQ(translated.text, "Hello there");
  ASSERT_EQ(translated.notes.size(), 1U);
  EXPECT_EQ(processed(*setup->profile("ask"), "um hello there").text, "");
  EXPECT_EQ(processed(*setup->profile("ask"), "um hello there").notes.size(), 1U);
  const ProcessedText plain = processed(*setup->profile("plain"), "um hello there");
  EXPECT_EQ(plain.text, "um hello there");
  EXPECT_TRUE(plain.notes.empty());
}

TEST_F(DaemonSetupTest, AKeyThatIsEmptyIsNone) {
  for (const std::string name : {"dictate", "cancel"}) {
    const auto setup = setup_of("[hotkeys]\n" + name + " = ''\n");
    ASSERT_FALSE(setup) << name;
    EXPECT_NE(setup.error().message.find("config.toml: [hotkeys] " + name + ": the key '' is not"),
              std::string::npos)
        << setup.error().message;
  }
}

}  // namespace
}  // namespace diktate
