#include "store/dictionary_file.h"

#include <array>
#include <system_error>
#include <utility>

#include <toml++/toml.h>

#include "base/files.h"
#include "base/paths.h"
#include "store/toml_errors.h"

namespace diktate {
namespace {

// Reads the three tables of a file.
class Reader {
 public:
  Result<DictionaryWords> run(const toml::table& file) {
    for (const auto& [key, node] : file) {
      if (auto read = section(key, node); !read) return tl::unexpected(read.error());
    }
    DictionaryWords words;
    merge(words, std::move(words_));
    return words;
  }

 private:
  using Add = Result<void> (*)(DictionaryWords&, std::string_view, std::string_view);

  Result<void> section(const toml::key& key, const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr)
      return wrong(key.source(),
                   quoted(key.str()) + " stands outside of [replacements], [words], [snippets]");
    if (key == "replacements") return pairs(*table, add_replacement);
    if (key == "snippets") return pairs(*table, add_snippet);
    if (key == "words") return favoured(*table);
    return wrong(key.source(), "there is no [" + std::string(key.str()) + "] in a dictionary");
  }

  Result<void> pairs(const toml::table& table, Add add) {
    for (const auto& [key, node] : table) {
      const auto text = node.value<std::string>();
      if (!node.is_string() || !text) return wrong(key.source(), quoted(key.str()) + " is not = \"text\"");
      if (auto added = add(words_, key.str(), *text); !added)
        return wrong(key.source(), added.error().message);
    }
    return {};
  }

  Result<void> favoured(const toml::table& table) {
    for (const auto& [key, node] : table) {
      const toml::array* list = node.as_array();
      if (key != "favoured" || list == nullptr)
        return wrong(key.source(), "[words] holds favoured = [\"word\", ...] alone");
      for (const toml::node& word : *list) {
        if (!word.is_string()) return wrong(word.source(), "a favoured word is not in quotes");
        if (auto added = add_favoured(words_, **word.as_string()); !added)
          return wrong(word.source(), added.error().message);
      }
    }
    return {};
  }

  DictionaryWords words_;
};

// A basic string of TOML.
std::string toml_string(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string result = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else if (code < 0x20 || code == 0x7F) {
      result += std::string("\\u00") + kHex[code >> 4U] + kHex[code & 0xFU];
    } else {
      result += c;
    }
  }
  return result += '"';
}

}  // namespace

std::filesystem::path dictionary_path() { return config_folder() / "dictionary.toml"; }

Result<DictionaryWords> parse_dictionary_toml(std::string_view toml) {
  try {
    return Reader().run(toml::parse(toml));
  } catch (const toml::parse_error& error) {
    return wrong(error.source(), std::string(error.description()));
  }
}

std::string dictionary_toml(const DictionaryWords& words) {
  std::string text = "[replacements]\n";
  for (const auto& [spoken, written] : words.replacements)
    text += toml_string(spoken) + " = " + toml_string(written) + "\n";
  text += "\n[words]\nfavoured = [\n";
  for (const std::string& word : words.favoured) text += "  " + toml_string(word) + ",\n";
  text += "]\n\n[snippets]\n";
  for (const auto& [trigger, snippet] : words.snippets)
    text += toml_string(trigger) + " = " + toml_string(snippet) + "\n";
  return text;
}

Result<DictionaryWords> read_dictionary(const std::filesystem::path& path) {
  const auto text = read_file(path);
  if (!text && text.error().kind == ErrorKind::unavailable) return DictionaryWords{};
  if (!text) return tl::unexpected(text.error());
  auto words = parse_dictionary_toml(*text);
  if (!words) return fail(words.error().kind, path.string() + ": " + words.error().message);
  return words;
}

Result<void> write_dictionary(const std::filesystem::path& path, const DictionaryWords& words) {
  if (auto made = make_private_folder(path.parent_path()); !made) return made;
  return write_file_atomically(path, dictionary_toml(words));
}

}  // namespace diktate
