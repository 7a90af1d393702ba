// verify_report FILE [rates]: how verification does on a corpus, and every case that it misses; with "rates"
// the figures alone.
#include <cstdio>
#include <stdexcept>

#include "text/verify_corpus.h"

namespace diktate {
namespace {

void print_miss(const VerifyCase& one, const Verdict& verdict) {
  std::printf("%d %s: %s wanted, %s (%s: %s)\n  said %s\n  got  %s\n  kept %.2f inserted %.2f order %.2f\n",
              one.line, std::string(to_string(one.style)).c_str(),
              std::string(to_string(one.decision)).c_str(), std::string(to_string(verdict.decision)).c_str(),
              std::string(to_string(verdict.reason)).c_str(), verdict.sentence.c_str(), one.said.c_str(),
              one.got.c_str(), verdict.kept, verdict.inserted, verdict.order);
}

int report(const std::string& file, bool misses) {
  VerifyScore score;
  for (const VerifyCase& one : read_verify_cases(file)) {
    const Verdict verdict = verified(one);
    score.count(one, verdict.decision);
    if (misses && verdict.decision != one.decision) print_miss(one, verdict);
  }
  std::printf("false rejects %d of %d (%.1f %%), false accepts %d of %d (%.1f %%), strips missed %d of %d\n",
              score.false_rejects, score.accepts, 100 * score.false_reject_rate(), score.false_accepts,
              score.rejects, 100 * score.false_accept_rate(), score.strips_missed, score.strips);
  return 0;
}

}  // namespace
}  // namespace diktate

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  try {
    return diktate::report(argv[1], argc < 3);
  } catch (const std::runtime_error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
