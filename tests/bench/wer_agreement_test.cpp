// Our word error rate against that of the scorer which comes with the recordings, wer.py.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

#include <gtest/gtest.h>

#include "bench/speech_set.h"
#include "bench/wer.h"
#include "skip.h"

namespace diktate::bench {
namespace {

namespace fs = std::filesystem;

// Beside the recordings, or above them; empty: nowhere.
fs::path scorer() {
  const auto folder = speech_folder();
  if (!folder) return {};
  for (const fs::path& file : {*folder / "wer.py", folder->parent_path() / "wer.py"})
    if (fs::is_regular_file(file)) return file;
  return {};
}

// What a recogniser might have made of a transcript: written as in a letter, with a wrong word, a missing one
// and one too many here and there.
std::string misheard(const std::string& transcript, int seed) {
  static const std::array<std::array<const char*, 2>, 12> kWritten = {{{"mister", "Mr."},
                                                                       {"missus", "Mrs."},
                                                                       {"doctor", "Dr."},
                                                                       {"percent", "%"},
                                                                       {"two", "2"},
                                                                       {"twelve", "12"},
                                                                       {"thirty", "30"},
                                                                       {"okay", "OK,"},
                                                                       {"first", "1st"},
                                                                       {"i'm", "I’m"},
                                                                       {"and", "&"},
                                                                       {"honor", "honour;"}}};
  std::istringstream words(transcript);
  std::string text;
  for (std::string word; words >> word; ++seed) {
    if (seed % 31 == 0) continue;
    for (const auto& [spoken, written] : kWritten)
      if (word == spoken) word = written;
    if (seed % 23 == 0) word = "otherwise";
    if (seed % 11 == 0) word[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(word[0])));
    if (seed % 13 == 0) word += ',';
    text += (text.empty() ? "" : " ") + word;
    if (seed % 37 == 0) text += " really";
    if (seed % 41 == 0) text += " um, ";
  }
  return text + '.';
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

// The last number of the line for all files.
double their_rate(const fs::path& script, const fs::path& texts) {
  const std::string command = "python3 '" + script.string() + "' '" + texts.string() + "'";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"), &::pclose);
  std::array<char, 1000> line;
  while (pipe && std::fgets(line.data(), line.size(), pipe.get()) != nullptr) {
    const std::string text = line.data();
    if (text.starts_with("ALL ")) return std::stod(text.substr(text.find_last_of(' ')));
  }
  return -1;
}

TEST(WordErrorRate, AgreesWithTheScorerOfTheRecordings) {
  const fs::path script = scorer();
  if (script.empty()) DIKTATE_SKIP_WITHOUT_SPEECH("no wer.py in DIKTATE_SPEECH_DIR or above it");
  if (std::system("python3 -c '' 2>/dev/null") != 0) DIKTATE_SKIP("this needs python3");
  const auto speech = open_speech_set(*speech_folder());
  ASSERT_TRUE(speech) << speech.error().message;
  std::string name = (fs::temp_directory_path() / "diktate-wer-XXXXXX").string();
  const fs::path folder = ::mkdtemp(name.data());
  WordErrors ours;
  std::string json;
  int seed = 0;
  for (const Recording& recording : speech->in_language("en")) {
    const std::string text = misheard(recording.transcript, ++seed);
    ours += score(recording.transcript, text);
    json += (json.empty() ? "{" : ", ") + quoted(recording.file) + ": " + quoted(text);
  }
  std::ofstream(folder / "texts.json") << json << '}';
  const double theirs = their_rate(script, folder / "texts.json");
  fs::remove_all(folder);
  EXPECT_GT(theirs, 5.0);
  EXPECT_NEAR(ours.rate(), theirs, 0.1);
}

}  // namespace
}  // namespace diktate::bench
