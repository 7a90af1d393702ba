#include "daemon/notices.h"

#include "base/result.h"

namespace diktate {
namespace {

constexpr bool kFailure = true;

std::optional<Notice> notice_of_doubt(const Insertion& insertion) {
  if (!insertion.doubted) return {};
  return Notice{"The text may not have arrived", insertion.note};
}

std::string doubt_of(const TakeReport& report) {
  return report.insertion && report.insertion->doubted ? "; " + report.insertion->note : "";
}

std::string title_of_failure(const TakeReport& report) {
  const bool of_microphone =
      report.microphone_failure && report.microphone_failure->message == report.result.cause;
  return of_microphone ? "The microphone failed" : "The take failed";
}

std::string title_of_fallback(const TakeReport& report) {
  return report.result.broken ? "Some words may be missing" : "Another cleanup stood in";
}

}  // namespace

std::optional<Notice> notice_of(const TakeReport& report) {
  const Take& take = report.result;
  switch (take.outcome) {
    case Outcome::delivered:
      return report.insertion ? notice_of_doubt(*report.insertion) : std::nullopt;
    case Outcome::cancelled:
      return {};
    case Outcome::empty:
      if (!take.pieces.empty()) return Notice{"No words were recognised", ""};
      return Notice{"Nothing was heard", take.warnings.empty() ? "" : take.warnings.front()};
    case Outcome::failed:
      return Notice{title_of_failure(report), take.cause, kFailure};
    case Outcome::delivered_fallback:
      if (report.insertion && report.insertion->held) return notice_of(Result<Insertion>(*report.insertion));
      return Notice{title_of_fallback(report), take.cause + doubt_of(report)};
  }
  return {};
}

std::optional<Notice> notice_of(const Result<Insertion>& inserted) {
  if (inserted && !inserted->held) return notice_of_doubt(*inserted);
  return Notice{"The text was not inserted", inserted ? inserted->note : inserted.error().message, kFailure};
}

Notice notice_of_late_text(bool is_first) {
  if (is_first) return {"An answer came late", "'diktate last', or its key, inserts it"};
  return {"A better text came late", "'diktate swap', or its key, puts it in the place of the one inserted"};
}

std::optional<Notice> notice_of_start(std::vector<std::string> problems, const std::string& unfinished) {
  if (problems.empty() && unfinished.empty()) return {};
  const std::string title =
      problems.empty() ? "Words wait to be recovered" : "Not all of dictation works here";
  if (!unfinished.empty()) problems.push_back(unfinished);
  std::string body;
  for (const std::string& problem : problems) body += (body.empty() ? "" : "; ") + problem;
  return Notice{title, body};
}

}  // namespace diktate
