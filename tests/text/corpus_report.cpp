// corpus_report FILE [RULE]: how the rules do on a corpus, rule by rule, and every case that they miss.
#include <cstdio>
#include <map>
#include <stdexcept>

#include "text/corpus.h"

namespace diktate {
namespace {

struct Score {
  int changed = 0, changed_right = 0, traps = 0, traps_right = 0;
};

int report(const std::string& file, const std::string& only) {
  std::map<std::string, Score> scores;
  for (const CleanCase& one : read_clean_cases(file)) {
    if (!only.empty() && one.rule != only) continue;
    const std::string got = cleaned(one);
    const bool right = got == one.expected;
    for (const std::string& name : {one.rule, std::string("all")}) {
      Score& score = scores[name];
      ++(one.trap ? score.traps : score.changed);
      if (right) ++(one.trap ? score.traps_right : score.changed_right);
    }
    if (!right) {
      std::printf("%d %s %s %s\n  in   %s\n  want %s\n  got  %s\n", one.line, one.rule.c_str(),
                  one.language.c_str(), one.form.c_str(), one.input.c_str(), one.expected.c_str(),
                  got.c_str());
    }
  }
  for (const auto& [name, score] : scores) {
    std::printf("%-12s changes %3d of %3d, traps %3d of %3d\n", name.c_str(), score.changed_right,
                score.changed, score.traps_right, score.traps);
  }
  return 0;
}

}  // namespace
}  // namespace diktate

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  try {
    return diktate::report(argv[1], argc > 2 ? argv[2] : "");
  } catch (const std::runtime_error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
