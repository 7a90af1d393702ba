#include "store/dictionary_csv.h"

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace diktate {
namespace {

using Record = std::vector<std::string>;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kColumns = "kind,spoken,written\n";

// Reads one record after the other.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
  }

  bool at_end() const { return text_.empty(); }
  std::size_t line() const { return record_line_; }

  Result<Record> next() {
    Record record;
    record_line_ = line_;
    do {
      auto field = text_.starts_with('"') ? quoted_field() : plain_field();
      if (!field) return tl::unexpected(field.error());
      record.push_back(std::move(*field));
    } while (take(","));
    if (!take("\r\n")) take("\n");
    ++line_;
    return record;
  }

 private:
  bool take(std::string_view what) {
    if (!text_.starts_with(what)) return false;
    text_.remove_prefix(what.size());
    return true;
  }

  // Whether a field may end here.
  bool at_border() const {
    return text_.empty() || text_[0] == ',' || text_[0] == '\n' || text_.starts_with("\r\n");
  }

  Result<std::string> plain_field() {
    std::string field;
    for (; !at_border(); text_.remove_prefix(1)) {
      if (text_[0] == '"') return fail(ErrorKind::invalid, "a quote stands inside a field without quotes");
      field += text_[0];
    }
    return field;
  }

  Result<std::string> quoted_field() {
    std::string field;
    text_.remove_prefix(1);
    while (!text_.empty()) {
      if (take("\"\"")) {
        field += '"';
        continue;
      }
      if (take("\"")) {
        if (at_border()) return field;
        return fail(ErrorKind::invalid, "something follows the closing quote of a field");
      }
      line_ += text_[0] == '\n' ? 1 : 0;
      field += text_[0];
      text_.remove_prefix(1);
    }
    return fail(ErrorKind::invalid, "a quote is not closed");
  }

  std::string_view text_;
  std::size_t line_ = 1;
  std::size_t record_line_ = 1;
};

bool is_heading(const Record& record) { return record == Record{"kind", "spoken", "written"}; }

Result<void> add_record(DictionaryWords& words, const Record& record) {
  const std::string& kind = record[0];
  const bool word = kind == "word";
  if (!word && kind != "replacement" && kind != "snippet")
    return fail(ErrorKind::invalid, "the kind '" + kind + "' is none of replacement, word, snippet");
  if (record.size() != 3 && !(word && record.size() == 2))
    return fail(ErrorKind::invalid, "there are " + std::to_string(record.size()) +
                                        " columns, not the three of kind, spoken, written");
  if (word && record.size() == 3 && !record[2].empty() && record[2] != record[1])
    return fail(ErrorKind::invalid, "a word is written as it is spoken; its third column is empty");
  if (word) return add_favoured(words, record[1]);
  return kind == "snippet" ? add_snippet(words, record[1], record[2])
                           : add_replacement(words, record[1], record[2]);
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string field = "\"";
  for (const char c : text) {
    if (c == '"') field += '"';
    field += c;
  }
  return field += '"';
}

std::string csv_line(std::string_view kind, std::string_view spoken, std::string_view written) {
  return std::string(kind) + "," + csv_field(spoken) + "," + csv_field(written) + "\n";
}

}  // namespace

Result<DictionaryWords> parse_dictionary_csv(std::string_view csv) {
  CsvReader reader(csv);
  DictionaryWords read;
  for (bool first = true; !reader.at_end();) {
    const auto record = reader.next();
    Result<void> added;
    if (!record) {
      added = tl::unexpected(record.error());
    } else if (!(record->size() == 1 && record->front().empty()) && !(first && is_heading(*record))) {
      added = add_record(read, *record);
    }
    if (!added)
      return fail(ErrorKind::invalid, "line " + std::to_string(reader.line()) + ": " + added.error().message);
    first = false;
  }
  DictionaryWords words;
  merge(words, std::move(read));
  return words;
}

std::string dictionary_csv(const DictionaryWords& words) {
  std::string text(kColumns);
  for (const auto& [spoken, written] : words.replacements) text += csv_line("replacement", spoken, written);
  for (const std::string& word : words.favoured) text += csv_line("word", word, "");
  for (const auto& [trigger, snippet] : words.snippets) text += csv_line("snippet", trigger, snippet);
  return text;
}

}  // namespace diktate
