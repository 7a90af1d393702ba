// The user's config.toml.
//
//   version = 1
//   profile = "standard"              # what is used where none is named
//   [processors.box]                  # where language models are, by a name of the user's
//   kind = "ollama"                   # may be left out where the name says it
//   endpoint = "http://box:11434"
//   model = "gemma3:4b"
//   [profiles.mail]                   # what is done with the words: one of the user's own, or a built-in one
//   mode = "professional"
//   chain = ["box", "rules"]          # who is asked, in this order
//   [daemon], [insert], [hotkeys]     # how the daemon listens and where its text goes
//   [insert.programs]                 # how windows want a text to be pasted
//   Alacritty = "terminal"
//   [audio]                           # what becomes of other sound meanwhile
//   [feedback]                        # what it tells the user
//   [privacy]
//   level = 2                         # how much is kept of a take: store/privacy.h
//
// A table may be missing; a name that is not known is an error, as it may be a mistyped one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/privacy.h"

namespace diktate {

inline constexpr std::int64_t kLongestDeadline = 60'000;  // ms

// What is empty, or none, is not set.
struct ProcessorSettings {
  std::string name;
  std::string kind;
  std::string endpoint;
  std::string model;
  std::string key_variable;                       // of the environment, that holds the key
  std::optional<std::int64_t> keep_alive_s = {};  // how long a model stays loaded; negative: for ever
};

// A line of a table whose names are the user's.
struct NamedText {
  std::string name;
  std::string text;
};

struct ProfileSettings {
  std::string name;
  std::optional<std::string> cleanup = {};  // which rules: "standard", "code", ...
  std::optional<std::string> language = {};
  std::optional<std::string> mode = {};
  std::optional<std::vector<std::string>> chain = {};
  std::optional<std::string> prompt = {};
  std::optional<std::string> into = {};  // translate: the language
  std::optional<std::vector<std::string>> vocabulary = {};
  std::optional<std::int64_t> deadline_ms = {};  // from key up
  std::optional<bool> while_speaking = {};       // finished pieces are worked on while the next is spoken
  std::optional<bool> press_keys = {};           // "press enter" at the end is a key
  std::optional<bool> terminal_lines = {};       // line ends reach a terminal
  std::optional<bool> terminal_enter = {};       // and so does Enter after the text
};

struct DaemonSettings {
  std::string source;                               // the microphone
  std::string engine;                               // that recognises
  std::optional<std::int64_t> max_take_s = {};      // a forgotten take ends then
  std::optional<std::int64_t> unload_after_s = {};  // of idleness, the models; 0: never
  // Heard before the key; 0: the microphone is off between takes.
  std::optional<std::int64_t> preroll_ms = {};
};

struct AudioSettings {
  bool duck = false;  // what other programs play is made quieter while a take listens
};

struct InsertSettings {
  std::string method;                                    // "auto", "command", "none", ...
  std::optional<std::vector<std::string>> command = {};  // and its arguments
  bool follow_focus = false;             // into the window that has the focus then, not that of key down
  std::vector<NamedText> programs = {};  // WM_CLASS or app id, and how it pastes
};

struct HotkeySettings {
  std::string method;                       // "auto", "none", ...
  std::optional<std::string> dictate = {};  // "Super+Alt+D"
  std::optional<std::string> cancel = {};   // "Escape"
  std::optional<std::string> last = {};     // inserts the last text again; empty: no key does
  std::optional<std::string> swap = {};     // puts its other version in its place; empty: no key does
  std::vector<NamedText> profiles = {};     // by a profile, the key that dictates with it
  std::string devices;                      // "evdev": the folder of the input devices
};

struct FeedbackSettings {
  bool notifications = true;
  bool error_sound = true;
  bool start_sound = false;
  bool stop_sound = false;
};

struct Settings {
  std::string profile;
  DaemonSettings daemon = {};
  AudioSettings audio = {};
  InsertSettings insert = {};
  HotkeySettings hotkeys = {};
  FeedbackSettings feedback = {};
  std::vector<ProcessorSettings> processors;
  std::vector<ProfileSettings> profiles;
  PrivacyLevel privacy = PrivacyLevel::text;
};

// config.toml in the user's configuration folder.
std::filesystem::path settings_path();

// `invalid` begins with the line that is wrong: "line 3: ...".
Result<Settings> parse_settings(std::string_view toml);

// A file that does not exist sets nothing; of one that cannot be understood the error names file and line.
// Waits on the disk.
Result<Settings> read_settings(const std::filesystem::path& path);

}  // namespace diktate
