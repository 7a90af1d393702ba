#include "store/settings_file.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include <toml++/toml.h>

#include "base/files.h"
#include "base/paths.h"
#include "store/toml_errors.h"

namespace diktate {
namespace {

constexpr std::int64_t kSettingsVersion = 1;
constexpr std::int64_t kLongestTake = 86'400;  // s
constexpr std::int64_t kLongestIdle = 7LL * 24 * 3600;
constexpr std::int64_t kLongestPreroll = 2000;

// One `name = value` of a table, and where it stands.
class SettingEntry {
 public:
  SettingEntry(const toml::key& key, const toml::node& node) : key_(key), node_(node) {}

  bool is(std::string_view name) const { return key_.str() == name; }
  tl::unexpected<Error> error(const std::string& what) const { return wrong(key_.source(), what); }
  tl::unexpected<Error> unknown(const std::string& place) const {
    return error(quoted(key_.str()) + " is not a setting of " + place);
  }

  template <class String>  // std::string, or an optional one
  Result<void> text(String& to) const {
    if (!node_.is_string()) return error(quoted(key_.str()) + " is not = \"text\"");
    to = **node_.as_string();
    return {};
  }

  Result<void> number(std::optional<std::int64_t>& to, std::int64_t lowest, std::int64_t highest) const {
    const auto value = node_.is_integer() ? node_.value<std::int64_t>() : std::nullopt;
    if (!value || *value < lowest || *value > highest) {
      return error(quoted(key_.str()) + " is not a whole number from " + std::to_string(lowest) + " to " +
                   std::to_string(highest));
    }
    to = value;
    return {};
  }

  template <class Bool>  // bool, or an optional one
  Result<void> flag(Bool& to) const {
    if (!node_.is_boolean()) return error(quoted(key_.str()) + " is neither true nor false");
    to = **node_.as_boolean();
    return {};
  }

  Result<void> list(std::optional<std::vector<std::string>>& to) const {
    const toml::array* items = node_.as_array();
    if (items == nullptr) return error(quoted(key_.str()) + " is not = [\"text\", ...]");
    to.emplace();
    for (const toml::node& item : *items) {
      if (!item.is_string()) return wrong(item.source(), quoted(key_.str()) + " holds what is not in quotes");
      to->push_back(**item.as_string());
    }
    return {};
  }

  // All lines of this table, whatever their names.
  Result<void> texts(std::vector<NamedText>& to) const {
    const toml::table* table = node_.as_table();
    if (table == nullptr) return error(quoted(key_.str()) + " is not a table");
    for (const auto& [name, node] : *table) {
      NamedText& line = to.emplace_back(NamedText{std::string(name.str()), {}});
      if (auto read = SettingEntry(name, node).text(line.text); !read) return read;
    }
    return {};
  }

  // The settings in this table.
  template <class Row>
  Result<void> settings(Row& row, Result<void> (*read)(const SettingEntry&, Row&)) const {
    const toml::table* table = node_.as_table();
    if (table == nullptr) return error(quoted(key_.str()) + " is not a table");
    for (const auto& [key, value] : *table) {
      if (auto done = read(SettingEntry(key, value), row); !done) return done;
    }
    return {};
  }

  // Each of the tables within this one, by name.
  template <class Row>
  Result<void> tables(std::vector<Row>& rows, Result<void> (*read)(const SettingEntry&, Row&)) const {
    const toml::table* table = node_.as_table();
    if (table == nullptr) return error(quoted(key_.str()) + " is not a table");
    for (const auto& [name, node] : *table) {
      const toml::table* inner = node.as_table();
      if (inner == nullptr) {
        return wrong(name.source(),
                     quoted(name.str()) + " should be a table: [" + std::string(key_.str()) + ".NAME]");
      }
      Row row;
      row.name = name.str();
      for (const auto& [key, value] : *inner) {
        if (auto done = read(SettingEntry(key, value), row); !done) return done;
      }
      rows.push_back(std::move(row));
    }
    return {};
  }

 private:
  const toml::key& key_;
  const toml::node& node_;
};

Result<void> read_processor(const SettingEntry& entry, ProcessorSettings& processor) {
  if (entry.is("kind")) return entry.text(processor.kind);
  if (entry.is("endpoint")) return entry.text(processor.endpoint);
  if (entry.is("model")) return entry.text(processor.model);
  if (entry.is("key_variable")) return entry.text(processor.key_variable);
  if (entry.is("keep_alive_s")) return entry.number(processor.keep_alive_s, -1, 7LL * 24 * 3600);
  if (entry.is("key")) return entry.error("keys do not stand here: name a variable with key_variable");
  return entry.unknown("a processor");
}

Result<void> read_profile(const SettingEntry& entry, ProfileSettings& profile) {
  if (entry.is("cleanup")) return entry.text(profile.cleanup);
  if (entry.is("language")) return entry.text(profile.language);
  if (entry.is("mode")) return entry.text(profile.mode);
  if (entry.is("chain")) return entry.list(profile.chain);
  if (entry.is("prompt")) return entry.text(profile.prompt);
  if (entry.is("into")) return entry.text(profile.into);
  if (entry.is("vocabulary")) return entry.list(profile.vocabulary);
  if (entry.is("deadline_ms")) return entry.number(profile.deadline_ms, 0, kLongestDeadline);
  if (entry.is("while_speaking")) return entry.flag(profile.while_speaking);
  if (entry.is("press_keys")) return entry.flag(profile.press_keys);
  if (entry.is("terminal_lines")) return entry.flag(profile.terminal_lines);
  if (entry.is("terminal_enter")) return entry.flag(profile.terminal_enter);
  return entry.unknown("a profile");
}

Result<void> read_daemon(const SettingEntry& entry, DaemonSettings& daemon) {
  if (entry.is("source")) return entry.text(daemon.source);
  if (entry.is("engine")) return entry.text(daemon.engine);
  if (entry.is("max_take_s")) return entry.number(daemon.max_take_s, 1, kLongestTake);
  if (entry.is("unload_after_s")) return entry.number(daemon.unload_after_s, 0, kLongestIdle);
  if (entry.is("preroll_ms")) return entry.number(daemon.preroll_ms, 0, kLongestPreroll);
  return entry.unknown("the daemon");
}

Result<void> read_audio(const SettingEntry& entry, AudioSettings& audio) {
  if (entry.is("duck")) return entry.flag(audio.duck);
  return entry.unknown("[audio]");
}

Result<void> read_insert(const SettingEntry& entry, InsertSettings& insert) {
  if (entry.is("method")) return entry.text(insert.method);
  if (entry.is("command")) return entry.list(insert.command);
  if (entry.is("follow_focus")) return entry.flag(insert.follow_focus);
  if (entry.is("programs")) return entry.texts(insert.programs);
  return entry.unknown("insertion");
}

Result<void> read_hotkeys(const SettingEntry& entry, HotkeySettings& hotkeys) {
  if (entry.is("method")) return entry.text(hotkeys.method);
  if (entry.is("dictate")) return entry.text(hotkeys.dictate);
  if (entry.is("cancel")) return entry.text(hotkeys.cancel);
  if (entry.is("last")) return entry.text(hotkeys.last);
  if (entry.is("swap")) return entry.text(hotkeys.swap);
  if (entry.is("profiles")) return entry.texts(hotkeys.profiles);
  if (entry.is("devices")) return entry.text(hotkeys.devices);
  return entry.unknown("the hotkeys");
}

Result<void> read_feedback(const SettingEntry& entry, FeedbackSettings& feedback) {
  if (entry.is("notifications")) return entry.flag(feedback.notifications);
  if (entry.is("error_sound")) return entry.flag(feedback.error_sound);
  if (entry.is("start_sound")) return entry.flag(feedback.start_sound);
  if (entry.is("stop_sound")) return entry.flag(feedback.stop_sound);
  return entry.unknown("feedback");
}

Result<void> read_privacy(const SettingEntry& entry, PrivacyLevel& privacy) {
  if (!entry.is("level")) return entry.unknown("[privacy]");
  std::optional<std::int64_t> level;
  if (auto read = entry.number(level, 0, kHighestPrivacyLevel); !read) return read;
  privacy = static_cast<PrivacyLevel>(*level);
  return {};
}

Result<void> check_version(const SettingEntry& entry) {
  std::optional<std::int64_t> version;
  if (auto read = entry.number(version, 1, INT64_MAX); !read) return read;
  if (*version == kSettingsVersion) return {};
  return entry.error("this file is of version " + std::to_string(*version) + "; this program reads version " +
                     std::to_string(kSettingsVersion));
}

Result<void> read_setting(const SettingEntry& entry, Settings& settings) {
  if (entry.is("version")) return check_version(entry);
  if (entry.is("profile")) return entry.text(settings.profile);
  if (entry.is("daemon")) return entry.settings(settings.daemon, read_daemon);
  if (entry.is("audio")) return entry.settings(settings.audio, read_audio);
  if (entry.is("insert")) return entry.settings(settings.insert, read_insert);
  if (entry.is("hotkeys")) return entry.settings(settings.hotkeys, read_hotkeys);
  if (entry.is("feedback")) return entry.settings(settings.feedback, read_feedback);
  if (entry.is("processors")) return entry.tables(settings.processors, read_processor);
  if (entry.is("profiles")) return entry.tables(settings.profiles, read_profile);
  if (entry.is("privacy")) return entry.settings(settings.privacy, read_privacy);
  return entry.unknown("diktate");
}

}  // namespace

std::filesystem::path settings_path() { return config_folder() / "config.toml"; }

Result<Settings> parse_settings(std::string_view toml) {
  Settings settings;
  try {
    const toml::table file = toml::parse(toml);
    for (const auto& [key, node] : file) {
      if (auto read = read_setting(SettingEntry(key, node), settings); !read)
        return tl::unexpected(read.error());
    }
  } catch (const toml::parse_error& error) {
    return wrong(error.source(), std::string(error.description()));
  }
  return settings;
}

Result<Settings> read_settings(const std::filesystem::path& path) {
  const auto toml = read_file(path);
  std::error_code ignored;
  if (!toml && std::filesystem::is_symlink(path, ignored)) {
    return fail(toml.error().kind, path.string() + " is a link to " +
                                       std::filesystem::read_symlink(path, ignored).string() +
                                       ", which cannot be read: mend it, or remove it");
  }
  if (!toml && toml.error().kind == ErrorKind::unavailable) return Settings{};
  if (!toml) return tl::unexpected(toml.error());
  auto settings = parse_settings(*toml);
  if (!settings) settings.error().message = path.string() + ", " + settings.error().message;
  return settings;
}

}  // namespace diktate
