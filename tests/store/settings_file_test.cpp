#include "store/settings_file.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"

namespace diktate {
namespace {

std::string settings_error(std::string_view toml) {
  const auto settings = parse_settings(toml);
  return settings ? "" : settings.error().message;
}

TEST(SettingsFile, GivesWhatTheDaemonIsTold) {
  const auto settings = parse_settings(R"(
[daemon]
source = "desk"
engine = "moonshine-tiny"
max_take_s = 60
unload_after_s = 0
preroll_ms = 300
[audio]
duck = true
[insert]
method = "command"
command = ["tee", "file"]
follow_focus = true
[insert.programs]
Alacritty = "terminal"
"org.gnu.Emacs" = "shift-insert"
[hotkeys]
method = "none"
dictate = "Super+D"
devices = "/dev/pedals"
cancel = "Pause"
last = ""
[hotkeys.profiles]
translate = "Super+Alt+T"
[feedback]
notifications = false
error_sound = false
start_sound = true
)");
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->daemon.source, "desk");
  EXPECT_EQ(settings->daemon.engine, "moonshine-tiny");
  EXPECT_EQ(settings->daemon.max_take_s, 60);
  EXPECT_EQ(settings->daemon.unload_after_s, 0);
  EXPECT_EQ(settings->daemon.preroll_ms, 300);
  EXPECT_TRUE(settings->audio.duck);
  EXPECT_EQ(settings->insert.method, "command");
  EXPECT_EQ(settings->insert.command, (std::vector<std::string>{"tee", "file"}));
  EXPECT_TRUE(settings->insert.follow_focus);
  ASSERT_EQ(settings->insert.programs.size(), 2U);
  EXPECT_EQ(settings->insert.programs[0].name, "Alacritty");
  EXPECT_EQ(settings->insert.programs[0].text, "terminal");
  EXPECT_EQ(settings->insert.programs[1].name, "org.gnu.Emacs");
  EXPECT_EQ(settings->hotkeys.method, "none");
  EXPECT_EQ(settings->hotkeys.dictate, "Super+D");
  EXPECT_EQ(settings->hotkeys.cancel, "Pause");
  EXPECT_EQ(settings->hotkeys.devices, "/dev/pedals");
  EXPECT_EQ(settings->hotkeys.last, "");
  ASSERT_EQ(settings->hotkeys.profiles.size(), 1U);
  EXPECT_EQ(settings->hotkeys.profiles[0].name, "translate");
  EXPECT_EQ(settings->hotkeys.profiles[0].text, "Super+Alt+T");
  EXPECT_FALSE(settings->feedback.notifications);
  EXPECT_FALSE(settings->feedback.error_sound);
  EXPECT_TRUE(settings->feedback.start_sound);
  EXPECT_FALSE(settings->feedback.stop_sound);
}

TEST(SettingsFile, NamesTheLineOfAWrongSettingOfTheDaemon) {
  EXPECT_EQ(settings_error("[insert]\nmode = 'x'"), "line 2: 'mode' is not a setting of insertion");
  EXPECT_EQ(settings_error("[insert]\nfollow_focus = 'x'"),
            "line 2: 'follow_focus' is neither true nor false");
  EXPECT_EQ(settings_error("[insert]\nprograms = 'x'"), "line 2: 'programs' is not a table");
  EXPECT_EQ(settings_error("[insert.programs]\nXTerm = 1"), "line 2: 'XTerm' is not = \"text\"");
  EXPECT_EQ(settings_error("[hotkeys]\nkey = 'x'"), "line 2: 'key' is not a setting of the hotkeys");
  EXPECT_EQ(settings_error("[daemon]\nloud = true"), "line 2: 'loud' is not a setting of the daemon");
  EXPECT_EQ(settings_error("[feedback]\nbeep = true"), "line 2: 'beep' is not a setting of feedback");
  EXPECT_EQ(settings_error("[audio]\nloud = 1"), "line 2: 'loud' is not a setting of [audio]");
  EXPECT_EQ(settings_error("[audio]\nduck = 20"), "line 2: 'duck' is neither true nor false");
  EXPECT_EQ(settings_error("daemon = 1"), "line 1: 'daemon' is not a table");
  EXPECT_EQ(settings_error("[daemon]\nmax_take_s = 0"),
            "line 2: 'max_take_s' is not a whole number from 1 to 86400");
}

TEST(SettingsFile, GivesTheTablesThatItUses) {
  const auto settings = parse_settings(R"(
version = 1
profile = "mail"
[processors.box]
kind = "ollama"
endpoint = "http://box:11434"
model = "gemma3:4b"
keep_alive_s = -1
[processors.openai]
key_variable = "MY_KEY"
[profiles.mail]
cleanup = "standard"
language = "es"
mode = "professional"
chain = ["box", "rules"]
prompt = "Write {text}"
into = "French"
vocabulary = ["Zoë"]
deadline_ms = 800
while_speaking = false
press_keys = true
terminal_lines = true
terminal_enter = false
[privacy]
level = 3
)");
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->profile, "mail");
  ASSERT_EQ(settings->processors.size(), 2U);
  EXPECT_EQ(settings->processors[0].name, "box");
  EXPECT_EQ(settings->processors[0].kind, "ollama");
  EXPECT_EQ(settings->processors[0].endpoint, "http://box:11434");
  EXPECT_EQ(settings->processors[0].model, "gemma3:4b");
  EXPECT_EQ(settings->processors[0].keep_alive_s, -1);
  EXPECT_EQ(settings->processors[1].key_variable, "MY_KEY");
  ASSERT_EQ(settings->profiles.size(), 1U);
  const ProfileSettings& mail = settings->profiles[0];
  EXPECT_EQ(mail.name, "mail");
  EXPECT_EQ(mail.mode, "professional");
  EXPECT_EQ(mail.chain, (std::vector<std::string>{"box", "rules"}));
  EXPECT_EQ(mail.deadline_ms, 800);
  EXPECT_EQ(mail.while_speaking, false);
  EXPECT_EQ(mail.press_keys, true);
  EXPECT_EQ(mail.terminal_lines, true);
  EXPECT_EQ(mail.terminal_enter, false);
  EXPECT_EQ(mail.vocabulary, std::vector<std::string>{"Zoë"});
  EXPECT_EQ(settings->privacy, PrivacyLevel::everything);
}

TEST(SettingsFile, NamesTheLineAndTheThingThatIsWrong) {
  EXPECT_EQ(settings_error("profil = \"x\""), "line 1: 'profil' is not a setting of diktate");
  EXPECT_EQ(settings_error("[processors.box]\nendpont = \"x\""),
            "line 2: 'endpont' is not a setting of a processor");
  EXPECT_EQ(settings_error("[profiles.x]\nchian = []"), "line 2: 'chian' is not a setting of a profile");
  EXPECT_EQ(settings_error("[profiles.x]\nchain = [1]"), "line 2: 'chain' holds what is not in quotes");
  EXPECT_EQ(settings_error("[profiles.x]\ndeadline_ms = 70000"),
            "line 2: 'deadline_ms' is not a whole number from 0 to 60000");
  EXPECT_EQ(settings_error("[profiles.x]\nwhile_speaking = 1"),
            "line 2: 'while_speaking' is neither true nor false");
  EXPECT_EQ(settings_error("[processors]\nbox = \"x\""),
            "line 2: 'box' should be a table: [processors.NAME]");
  EXPECT_EQ(settings_error("[privacy]\nlevel = 4"), "line 2: 'level' is not a whole number from 0 to 3");
  EXPECT_EQ(settings_error("[privacy]\nlevl = 1"), "line 2: 'levl' is not a setting of [privacy]");
  EXPECT_EQ(settings_error("privacy = 1"), "line 1: 'privacy' is not a table");
  EXPECT_EQ(settings_error("processors = 3"), "line 1: 'processors' is not a table");
  EXPECT_NE(settings_error("version = 2").find("version 2"), std::string::npos);
  EXPECT_NE(settings_error("= 1"), "");
}

TEST(SettingsFile, HoldsNoKeys) {
  EXPECT_EQ(settings_error("[processors.x]\nkey = \"sk-1\""),
            "line 2: keys do not stand here: name a variable with key_variable");
}

TEST(SettingsFile, SetsNothingWhereThereIsNone) {
  const auto settings = read_settings("/nowhere/config.toml");
  ASSERT_TRUE(settings);
  EXPECT_TRUE(settings->processors.empty());
  EXPECT_EQ(settings->privacy, PrivacyLevel::text);
}

// Or its privacy level would be another one.
TEST(SettingsFile, IsNotTakenForNoneWhereItCannotBeRead) {
  const auto loop =
      std::filesystem::temp_directory_path() / ("diktate-loop-" + std::to_string(::getpid()) + ".toml");
  std::filesystem::create_symlink(loop, loop);
  const auto settings = read_settings(loop);
  std::filesystem::remove(loop);
  ASSERT_FALSE(settings);
  EXPECT_NE(settings.error().message.find(loop.string()), std::string::npos) << settings.error().message;
}

TEST(SettingsFile, IsNotTakenForNoneWhereItIsALinkToNothing) {
  const auto link =
      std::filesystem::temp_directory_path() / ("diktate-link-" + std::to_string(::getpid()) + ".toml");
  std::filesystem::create_symlink("/nowhere/config.toml", link);
  const auto settings = read_settings(link);
  std::filesystem::remove(link);
  ASSERT_FALSE(settings);
  EXPECT_EQ(
      settings.error().message,
      link.string() + " is a link to /nowhere/config.toml, which cannot be read: mend it, or remove it");
}

TEST(SettingsFile, NamesTheFile) {
  const auto path =
      std::filesystem::temp_directory_path() / ("diktate-settings-" + std::to_string(::getpid()) + ".toml");
  ASSERT_TRUE(write_file_atomically(path, "\nx = 1"));
  const auto settings = read_settings(path);
  ASSERT_FALSE(settings);
  EXPECT_EQ(settings.error().message, path.string() + ", line 2: 'x' is not a setting of diktate");
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace diktate
