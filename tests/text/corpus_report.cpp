// corpus_report FILE [RULE | --counts]: how the rules do on a corpus, rule by rule, and every case that they
// miss; --counts leaves the cases out, as is due to the unseen part.
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "text/corpus.h"

namespace diktate {
namespace {

int report(const std::string& file, const std::string& only, bool quiet) {
  std::vector<CleanCase> cases = read_clean_cases(file);
  if (!only.empty()) std::erase_if(cases, [&](const CleanCase& one) { return one.rule != only; });
  for (const CleanCase& one : cases) {
    const std::string got = cleaned(one);
    if (got == one.expected || quiet) continue;
    std::printf("%d %s %s %s\n  in   %s\n  want %s\n  got  %s\n", one.line, one.rule.c_str(),
                one.language.c_str(), one.form.c_str(), one.input.c_str(), one.expected.c_str(), got.c_str());
  }
  for (const auto& [name, score] : score_corpus(cases)) {
    std::printf("%-12s changes %3d of %3d, traps %3d of %3d\n", name.c_str(), score.changed_right,
                score.changed, score.traps_right, score.traps);
  }
  const DeletionScore deletions = score_deletions(cases);
  std::printf("words deleted %d, of them meant %d\n", deletions.deleted, deletions.wrong);
  return 0;
}

}  // namespace
}  // namespace diktate

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string rule = argc > 2 ? argv[2] : "";
  const bool quiet = rule == "--counts";
  try {
    return diktate::report(argv[1], quiet ? "" : rule, quiet);
  } catch (const std::runtime_error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
