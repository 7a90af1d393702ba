// Language models: what the way to one costs, against other clients; that a dead or slow one costs no more
// than it may; and what working on pieces while speaking is worth. The server is a stand-in
// (tests/lab/ollama.js), without a model.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <curl/curl.h>
#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "app/processing.h"
#include "base/clock.h"
#include "bench/child.h"
#include "bench/sections.h"
#include "bench/stand_in.h"
#include "bench/stats.h"
#include "llm/ollama.h"
#include "llm/reply.h"

namespace diktate::bench {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;
using enum Goal::Sense;

double ms_between(Instant start, Instant end) { return Milliseconds(end - start).count(); }
Instant now() { return std::chrono::steady_clock::now(); }

// Calls, each as wall time less the server's own total, in ms.
struct Gaps {
  std::vector<double> ms;
  void add(double wall_ms, double total_ms) { ms.push_back(wall_ms - total_ms); }
};

struct EasyEnd {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};

// The plainest client that there is: one handle, used again and again.
class PlainCurl {
 public:
  explicit PlainCurl(const std::string& url) : easy_(curl_easy_init()), url_(url + "/api/chat") {
    headers_ = curl_slist_append(nullptr, "Content-Type: application/json");
    curl_easy_setopt(easy_.get(), CURLOPT_URL, url_.c_str());
    curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, headers_);
    curl_easy_setopt(easy_.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(easy_.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy_.get(), CURLOPT_WRITEFUNCTION, &PlainCurl::write);
    curl_easy_setopt(easy_.get(), CURLOPT_WRITEDATA, &answer_);
  }
  PlainCurl(const PlainCurl&) = delete;
  PlainCurl& operator=(const PlainCurl&) = delete;
  ~PlainCurl() { curl_slist_free_all(headers_); }

  Result<void> call(const std::string& body, Gaps& gaps) {
    answer_.clear();
    curl_easy_setopt(easy_.get(), CURLOPT_POSTFIELDS, body.c_str());
    const Instant start = now();
    const CURLcode code = curl_easy_perform(easy_.get());
    const double wall = ms_between(start, now());
    if (code != CURLE_OK) return fail(ErrorKind::failed, std::string("curl: ") + curl_easy_strerror(code));
    const auto last = nlohmann::json::parse(answer_.substr(answer_.rfind('\n', answer_.size() - 2) + 1));
    gaps.add(wall, last["total_duration"].get<double>() / 1e6);
    return {};
  }

 private:
  static std::size_t write(char* bytes, std::size_t size, std::size_t count, void* answer) {
    static_cast<std::string*>(answer)->append(bytes, size * count);
    return size * count;
  }
  std::unique_ptr<CURL, EasyEnd> easy_;
  curl_slist* headers_ = nullptr;
  std::string url_;
  std::string answer_;
};

Result<std::unique_ptr<LanguageModel>> model_at(const std::string& url, std::shared_ptr<HttpClient> http) {
  OllamaOptions options;
  options.endpoint = url;
  options.model = "stand-in";
  options.http = std::move(http);
  return make_ollama(std::move(options));
}

LlmRequest request_for(std::string_view said) {
  return {.prompt = make_prompt({}, {.said = said}), .most_tokens = most_answer_tokens({}, {.said = said})};
}

Result<void> call_ours(LanguageModel& model, Gaps& gaps) {
  const LlmRequest request = request_for("hello there");
  const Instant start = now();
  const auto answer = model.complete(request, {});
  const double wall = ms_between(start, now());
  if (!answer) return tl::unexpected(to_error(answer.error()));
  gaps.add(wall, Milliseconds(answer->reply.durations.total.value_or(Nanoseconds(0))).count());
  return {};
}

// What a peer prints: a line a call, wall time and the server's total.
Result<Gaps> gaps_of_peer(const std::vector<std::string>& command) {
  const auto run = run_child(command);
  if (!run) return tl::unexpected(run.error());
  if (run->exit_code != 0)
    return fail(ErrorKind::unavailable, "the peer " + command.at(1) + " does not run here");
  Gaps gaps;
  std::istringstream lines(run->output);
  for (double wall = 0, total = 0; lines >> wall >> total;) gaps.add(wall, total);
  return gaps;
}

void show_gap(Bench& bench, std::vector<Row>& rows, const std::string& name, const std::string& key,
              const Gaps& gaps) {
  bench.report.figure("llm.gap." + key + ".p50_ms", median(gaps.ms));
  bench.report.figure("llm.gap." + key + ".p95_ms", percentile(gaps.ms, 95));
  rows.push_back(
      {name, std::to_string(gaps.ms.size()), number(median(gaps.ms), 2), number(percentile(gaps.ms, 95), 2)});
}

Result<void> measure_gap(Bench& bench) {
  const auto server = StandIn::start({"--loaded"});
  if (!server) return tl::unexpected(server.error());
  SharedHttp shared;
  const auto http = shared.get();
  if (!http) return tl::unexpected(http.error());
  const auto model = model_at(server->url(), *http);
  if (!model) return tl::unexpected(model.error());
  if (auto ready = (*model)->prepare(prompt_prefix({}), {}); !ready)
    return tl::unexpected(to_error(ready.error()));
  PlainCurl curl(server->url());
  const std::string body =
      R"({"model":"stand-in","stream":true,"messages":[{"role":"user","content":"<dictation>\nhello there\n</dictation>"}]})";
  Gaps ours;
  Gaps plain;
  const int runs = bench.quick ? 50 : 200;
  for (int i = 0; i < runs; ++i) {
    bench.report.progress("llm: gap, " + std::to_string(i) + " of " + std::to_string(runs));
    if (auto done = curl.call(body, plain); !done) return done;
    if (auto done = call_ours(**model, ours); !done) return done;
  }
  std::vector<Row> rows;
  show_gap(bench, rows, "diktate", "ours", ours);
  show_gap(bench, rows, "curl, one handle", "curl", plain);
  const std::string count = std::to_string(runs / 4);
  const std::string peers = DIKTATE_BENCH_PEERS;
  const std::string node_modules = DIKTATE_NODE_MODULES;
  const std::vector<std::pair<std::string, std::vector<std::string>>> others = {
      {"npm ollama",
       {"/usr/bin/env", "node", peers + "/ollama_calls.mjs", node_modules + "/ollama", server->url(), count}},
      {"Python requests, session",
       {"/usr/bin/python3", peers + "/requests_calls.py", server->url(), count, "session"}},
      {"Python requests, a call each",
       {"/usr/bin/python3", peers + "/requests_calls.py", server->url(), count, "call"}}};
  for (const auto& [name, command] : others) {
    const auto gaps = gaps_of_peer(command);
    if (gaps) show_gap(bench, rows, name, name, *gaps);
    if (!gaps) bench.report.note("SKIPPED: " + name + ": " + gaps.error().message);
  }
  bench.report.table({"gap: wall time less the server's own, ms", "calls", "p50", "p95"}, rows);
  bench.report.goal({"gap, warm, p50", at_most, 1, " ms", median(ours.ms)});
  bench.report.goal({"gap, warm, p95", at_most, 3, " ms", percentile(ours.ms, 95)});
  bench.report.goal(
      {"gap over a reused curl handle's, p50", at_most, 0.5, " ms", median(ours.ms) - median(plain.ms)});
  bench.report.goal({"gap over a reused curl handle's, p95", at_most, 1, " ms",
                     percentile(ours.ms, 95) - percentile(plain.ms, 95)});
  return {};
}

// A router for a stand-in at `url`.
Result<std::unique_ptr<TextProcessor>> processor_for(const std::string& url, Nanoseconds deadline,
                                                     bool while_speaking = true) {
  TakeProfile profile{.name = "bench"};
  profile.models = {{.name = "ollama", .endpoint = url, .model = "stand-in"}};
  profile.deadline = deadline;
  profile.while_speaking = while_speaking;
  const auto cleaner = make_cleaner(profile.cleaning, {});
  if (!cleaner) return tl::unexpected(cleaner.error());
  return make_text_processor(profile, *cleaner);
}

// How long the text takes from key up, in ms; the take before it began two seconds ago.
Result<double> wait_for_text(TextProcessor& processor, std::string& by) {
  const std::string said = "um so the meeting is on wednesday and please send the invoice to anna";
  if (auto ready = processor.prepare(); !ready) return tl::unexpected(ready.error());
  std::this_thread::sleep_for(std::chrono::milliseconds(500));  // of speech
  const Instant key_up = now();
  const auto text = processor.process({.text = said, .pieces = {}, .key_up = key_up}, {});
  if (!text) return tl::unexpected(text.error());
  by = text->by;
  return ms_between(key_up, now());
}

Result<std::vector<double>> waits(const std::string& url, Nanoseconds deadline, int takes,
                                  const std::string& expected) {
  std::vector<double> ms;
  for (int i = 0; i < takes; ++i) {
    auto processor = processor_for(url, deadline);
    if (!processor) return tl::unexpected(processor.error());
    std::string by;
    const auto waited = wait_for_text(**processor, by);
    if (!waited) return tl::unexpected(waited.error());
    if (by != expected)
      return fail(ErrorKind::failed, fmt::format("the text is of {}, not of {}", by, expected));
    ms.push_back(*waited);
  }
  return ms;
}

Result<void> measure_failures(Bench& bench) {
  constexpr auto kDeadline = std::chrono::milliseconds(1200);
  const int takes = bench.quick ? 3 : 10;
  std::string dead_url;
  {
    const auto server = StandIn::start({});
    if (!server) return tl::unexpected(server.error());
    dead_url = server->url();
  }
  std::vector<Row> rows;
  const auto show = [&](const std::string& name, const std::string& key, const std::vector<double>& ms) {
    bench.report.figure("llm." + key + ".p50_ms", median(ms));
    bench.report.figure("llm." + key + ".max_ms", percentile(ms, 100));
    rows.push_back({name, std::to_string(ms.size()), number(median(ms), 1), number(percentile(ms, 100), 1)});
  };
  bench.report.progress("llm: a server that is down");
  const auto down = waits(dead_url, kDeadline, takes, "rules");
  if (!down) return tl::unexpected(down.error());
  show("down: key up to the rules' text", "down", *down);
  bench.report.progress("llm: a server that hangs");
  const auto hung = StandIn::start({"--hang", "--loaded"});
  if (!hung) return tl::unexpected(hung.error());
  const auto late = waits(hung->url(), kDeadline, takes, "rules");
  if (!late) return tl::unexpected(late.error());
  show("hung: the same, at a deadline of 1200 ms", "hung", *late);
  const auto loading = StandIn::start({"--load-ms", "5000"});
  if (!loading) return tl::unexpected(loading.error());
  auto processor = processor_for(loading->url(), kDeadline);
  if (!processor) return tl::unexpected(processor.error());
  std::string by;
  const auto first = wait_for_text(**processor, by);
  if (!first) return tl::unexpected(first.error());
  show("loading for 5 s: the same", "loading", {*first});
  std::this_thread::sleep_for(std::chrono::seconds(6));
  const auto second = wait_for_text(**processor, by);
  if (!second) return tl::unexpected(second.error());
  if (by != "ollama") return fail(ErrorKind::failed, "the model was not loaded after the deadline");
  show("the next take, by the model", "loaded", {*second});
  bench.report.table({"ms", "takes", "p50", "longest"}, rows);
  bench.report.goal({"server down: rules' text", at_most, 50, " ms", percentile(*down, 100)});
  bench.report.goal(
      {"server hung: rules' text after the deadline", at_most, 20, " ms", percentile(*late, 100) - 1200});
  bench.report.goal({"server loading: rules' text after the deadline", at_most, 20, " ms", *first - 1200});
  return {};
}

// Four pieces of a dictation, said at the pace at which people speak but five times faster.
const std::vector<std::string> kPieces = {
    "So I looked at the report that you sent me last week and I think the first part is very good as it "
    "stands.",
    "The second part has a few numbers which I could not follow, and the table on page nine seems to be an "
    "older one.",
    "Could you ask the people in the other office whether they have the new figures and when we can expect "
    "them?",
    "If they do not have them by the end of the month we will have to go without and say so in the "
    "introduction."};

// Key up to the text, in ms.
Result<double> dictate_pieces(TextProcessor& processor, Nanoseconds speech, std::string& by) {
  std::string text;
  std::vector<std::size_t> starts;
  if (auto ready = processor.prepare(); !ready) return tl::unexpected(ready.error());
  for (std::size_t i = 0; i < kPieces.size(); ++i) {
    std::this_thread::sleep_for(speech);
    if (i > 0) {
      text += " ";
      starts.push_back(text.size());
    }
    text += kPieces[i];
    if (i + 1 < kPieces.size()) processor.follow({.text = text, .pieces = starts});
  }
  const Instant key_up = now();
  const auto cleaned = processor.process({.text = text, .pieces = starts, .key_up = key_up}, {});
  if (!cleaned) return tl::unexpected(cleaned.error());
  by = cleaned->by;
  return ms_between(key_up, now());
}

Result<void> measure_pieces(Bench& bench) {
  // A small model on a laptop's processor reads 200 tokens a second and writes 40.
  const auto server = StandIn::start({"--loaded", "--prompt-rate", "200", "--rate", "40"});
  if (!server) return tl::unexpected(server.error());
  std::vector<double> piecewise;
  std::vector<double> at_once;
  for (int i = 0; i < (bench.quick ? 1 : 5); ++i) {
    for (const bool while_speaking : {true, false}) {
      bench.report.progress(std::string("llm: pieces ") +
                            (while_speaking ? "while speaking" : "after key up"));
      auto processor = processor_for(server->url(), std::chrono::seconds(30), while_speaking);
      if (!processor) return tl::unexpected(processor.error());
      std::string by;
      const auto ms = dictate_pieces(**processor, std::chrono::seconds(3), by);
      if (!ms) return tl::unexpected(ms.error());
      if (by != "ollama") return fail(ErrorKind::failed, "the text is of " + by);
      (while_speaking ? piecewise : at_once).push_back(*ms);
    }
  }
  const double share = median(piecewise) / median(at_once);
  bench.report.table(
      {"four pieces: key up to the text, ms", "p50", "longest"},
      {{"worked on while speaking", number(median(piecewise)), number(percentile(piecewise, 100))},
       {"all after key up", number(median(at_once)), number(percentile(at_once, 100))}});
  bench.report.figure("llm.pieces.share", share);
  bench.report.goal({"pieces while speaking, to all after key up", at_most, 0.35, "x", share});
  return {};
}

// After twelve seconds of speech the connection must still be there, at a server that closes idle ones after
// five.
Result<void> measure_idle(Bench& bench) {
  const auto server = StandIn::start({"--loaded", "--idle-s", "5"});
  if (!server) return tl::unexpected(server.error());
  SharedHttp shared;
  const auto http = shared.get();
  if (!http) return tl::unexpected(http.error());
  const auto model = model_at(server->url(), *http);
  if (!model) return tl::unexpected(model.error());
  if (auto ready = (*model)->prepare(prompt_prefix({}), {}); !ready)
    return tl::unexpected(to_error(ready.error()));
  bench.report.progress("llm: twelve seconds of speech");
  std::this_thread::sleep_for(std::chrono::seconds(12));
  const auto answer = (*model)->complete(request_for("hello there"), {});
  if (!answer) return tl::unexpected(to_error(answer.error()));
  bench.report.figure("llm.idle.reused", answer->http.reused ? 1 : 0);
  bench.report.goal({"a connection that is there after 12 s at a server that closes after 5", at_least, 1, "",
                     answer->http.reused ? 1.0 : 0.0});
  return {};
}

// Lines of the stand-in's log that ask for an answer.
int executions(const std::string& log) {
  std::ifstream lines(log);
  int count = 0;
  for (std::string line; std::getline(lines, line);)
    count += line.find("\"/api/chat\"") != std::string::npos && line.find("hello there") != std::string::npos
                 ? 1
                 : 0;
  return count;
}

struct Ending {
  std::string name;
  std::vector<std::string> arguments;
  bool restarts = false;  // the server is another one before each request
};

// A request on a connection that is gone, in ms over one on a connection that is there.
Result<void> measure_ending(Bench& bench, const Ending& ending, std::vector<Row>& rows) {
  const std::string log = (std::filesystem::temp_directory_path() / "diktate-bench-requests").string();
  std::filesystem::remove(log);
  std::vector<std::string> arguments = {"--loaded", "--log", log};
  arguments.insert(arguments.end(), ending.arguments.begin(), ending.arguments.end());
  auto server = StandIn::start(arguments);
  if (!server) return tl::unexpected(server.error());
  const std::string url = server->url();
  arguments.insert(arguments.end(), {"--port", url.substr(url.rfind(':') + 1)});
  SharedHttp shared;
  const auto http = shared.get();
  if (!http) return tl::unexpected(http.error());
  const auto model = model_at(url, *http);
  if (!model) return tl::unexpected(model.error());
  std::vector<double> warm;
  std::vector<double> after;
  std::optional<StandIn> another;
  const auto ask = [&](std::vector<double>& ms) -> Result<void> {
    const Instant start = now();
    const auto answer = (*model)->complete(request_for("hello there"), {});
    if (!answer) return tl::unexpected(to_error(answer.error()));
    ms.push_back(ms_between(start, now()));
    return {};
  };
  std::vector<double> first;
  if (auto done = ask(first); !done) return done;
  for (int i = 0; i < (bench.quick ? 2 : 10); ++i) {
    bench.report.progress("llm: " + ending.name + ", " + std::to_string(i));
    if (auto done = ask(warm); !done) return done;
    if (ending.restarts) {
      if (another)
        another.reset();
      else
        server = fail(ErrorKind::unavailable, "stopped");
      auto again = StandIn::start(arguments);
      if (!again) return tl::unexpected(again.error());
      another.emplace(std::move(*again));
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds(1300));
    }
    if (auto done = ask(after); !done) return done;
  }
  const double slower = percentile(after, 100) - median(warm);
  const int asked = static_cast<int>(first.size() + warm.size() + after.size());
  rows.push_back({ending.name, number(median(warm), 2), number(median(after), 2),
                  number(percentile(after, 100), 2), std::to_string(executions(log) - asked)});
  bench.report.figure("llm.ending." + ending.name + ".slower_ms", slower);
  bench.report.goal(
      {ending.name + ": the slowest request after it, over a warm one", at_most, 20, " ms", slower});
  return {};
}

Result<void> measure_endings(Bench& bench) {
  const std::vector<Ending> endings = {{"idle close", {"--idle-s", "1"}},
                                       {"idle reset", {"--idle-s", "1", "--idle-end", "rst"}},
                                       {"race", {"--idle-s", "1", "--idle-end", "race"}},
                                       {"restart", {}, true}};
  std::vector<Row> rows;
  for (const Ending& ending : endings) {
    if (auto measured = measure_ending(bench, ending, rows); !measured) return measured;
  }
  bench.report.table({"a connection that is gone, ms", "warm p50", "after p50", "longest", "done twice"},
                     rows);
  return {};
}

// In the lab, where connecting to one address of a host stalls: fresh processes, from their start to the
// text.
struct Lab {
  std::string name;
  std::string mode;
  std::string stalled;
  std::string url;
  std::string address;  // on which the server listens
};

Result<nlohmann::json> run_lab(const Bench& bench, const Lab& lab) {
  const std::string program = (bench.this_program.parent_path() / "diktate").string();
  const std::string lab_script = std::string(DIKTATE_LAB) + "/stall-lab.sh";
  const std::string peers = DIKTATE_BENCH_PEERS;
  const auto run = run_child({"/usr/bin/env", "LAB_MODE=" + lab.mode, "LAB_STALL=" + lab.stalled, lab_script,
                              "run", "node", peers + "/stall.mjs", program, DIKTATE_STAND_IN, lab.url,
                              lab.address, bench.quick ? "3" : "10"});
  if (!run) return tl::unexpected(run.error());
  if (run->exit_code != 0) return fail(ErrorKind::unavailable, "the stall lab does not run here");
  return nlohmann::json::parse(run->output);
}

Result<void> measure_stalls(Bench& bench) {
  const std::vector<std::vector<Lab>> hosts = {
      {{"localhost", "off", "::1", "http://localhost:11434", "127.0.0.1"},
       {"localhost, ::1 late refused", "reset", "::1", "http://localhost:11434", "127.0.0.1"},
       {"localhost, ::1 silent", "blackhole", "::1", "http://localhost:11434", "127.0.0.1"}},
      {{"a server on ::1 only", "off", "127.0.0.1", "http://dual.test:11434", "::1"},
       {"127.0.0.1 late refused", "reset", "127.0.0.1", "http://dual.test:11434", "::1"},
       {"127.0.0.1 silent", "blackhole", "127.0.0.1", "http://dual.test:11434", "::1"}},
      {{"a remote host", "off", "192.0.2.1", "http://remote.test:11434", "192.0.2.2"},
       {"its first address late refused", "reset", "192.0.2.1", "http://remote.test:11434", "192.0.2.2"},
       {"its first address silent", "blackhole", "192.0.2.1", "http://remote.test:11434", "192.0.2.2"}}};
  std::vector<Row> rows;
  for (const auto& labs : hosts) {
    double off_p50 = 0;
    for (const Lab& lab : labs) {
      bench.report.progress("llm: stall lab, " + lab.name);
      const auto figures = run_lab(bench, lab);
      if (!figures) {
        bench.report.note("SKIPPED: " + figures.error().message);
        return {};
      }
      const auto ours = figures->at("diktate").get<std::vector<double>>();
      const auto peer = [&](const char* name) {
        const auto ms = figures->value(name, std::vector<double>());
        return ms.empty() ? std::string("-") : number(median(ms));
      };
      rows.push_back({lab.name, number(median(ours), 1), number(percentile(ours, 100), 1), peer("curl"),
                      peer("requests"), peer("node")});
      bench.report.figure("llm.stall." + lab.name + ".p50_ms", median(ours));
      if (lab.mode == "off") {
        off_p50 = median(ours);
        continue;
      }
      bench.report.goal(
          {lab.name + ": p50 over a host without stall", at_most, 15, " ms", median(ours) - off_p50});
      bench.report.goal(
          {lab.name + ": longest over the same", at_most, 50, " ms", percentile(ours, 100) - off_p50});
    }
  }
  bench.report.table(
      {"fresh process to its first answer, ms", "p50", "longest", "curl", "requests", "node fetch"}, rows);
  return {};
}

}  // namespace

Result<void> measure_language_models(Bench& bench) {
  bench.report.section(
      "Language models",
      "Against a stand-in for Ollama on 127.0.0.1, in a process of its own: Ollama's shapes, no model. "
      "The gap is what a client adds to the server's own time.");
  for (auto* part :
       {measure_gap, measure_stalls, measure_failures, measure_endings, measure_pieces, measure_idle}) {
    if (auto measured = part(bench); !measured) return measured;
  }
  return {};
}

}  // namespace diktate::bench
