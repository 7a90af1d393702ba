// Load times: how long until the first word can be recognised, each in a fresh process.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <sstream>

#include "app/backends.h"
#include "base/clock.h"
#include "bench/child.h"
#include "bench/plain_loop.h"
#include "bench/sections.h"
#include "bench/stats.h"

namespace diktate::bench {
namespace {

constexpr int kThreads = 2;

struct LoadTimes {
  double load_ms = 0;
  double ready_ms = 0;  // loaded and warm
};

double ms_since(const Clock& clock, Instant start) {
  return std::chrono::duration<double, std::milli>(clock.now() - start).count();
}

Result<LoadTimes> load_shipped(const std::filesystem::path& weights) {
  const SteadyClock clock;
  const Instant start = clock.now();
  auto loop = PlainLoop::load(weights, kThreads);
  if (!loop) return tl::unexpected(loop.error());
  const double load_ms = ms_since(clock, start);
  if (auto warm = loop->decode(Samples(kSampleRate)); !warm) return tl::unexpected(warm.error());
  return LoadTimes{load_ms, ms_since(clock, start)};
}

Result<LoadTimes> load_ours(const std::string& engine) {
  const SteadyClock clock;
  const Instant start = clock.now();
  auto made = make_engine({.name = engine, .threads = kThreads});
  if (!made) return tl::unexpected(made.error());
  if (auto prepared = (*made)->prepare(); !prepared) return tl::unexpected(prepared.error());
  const double ms = ms_since(clock, start);
  return LoadTimes{ms, ms};
}

Result<LoadTimes> load_in_fresh_process(const Bench& bench, const std::string& way,
                                        const std::string& engine) {
  const auto run = run_child({bench.this_program, "--load", way, engine, "--shipped", bench.shipped});
  if (!run) return tl::unexpected(run.error());
  LoadTimes times;
  if (run->exit_code != 0 || !(std::istringstream(run->output) >> times.load_ms >> times.ready_ms))
    return fail(ErrorKind::failed, "the process that loads " + engine + " failed");
  return times;
}

struct Loads {
  std::vector<double> shipped_ms;
  std::vector<double> shipped_ready_ms;
  std::vector<double> ours_ready_ms;
};

Result<Loads> load_repeatedly(Bench& bench, const std::string& engine, int repeats) {
  Loads loads;
  for (int i = 0; i <= repeats; ++i) {
    bench.report.progress("load, " + engine + ": " + std::to_string(i) + " of " + std::to_string(repeats));
    const auto shipped = load_in_fresh_process(bench, "shipped", engine);
    const auto ours = load_in_fresh_process(bench, "ours", engine);
    if (!shipped) return tl::unexpected(shipped.error());
    if (!ours) return tl::unexpected(ours.error());
    if (i == 0) continue;  // fills the page cache, and makes our copies if there are none
    loads.shipped_ms.push_back(shipped->load_ms);
    loads.shipped_ready_ms.push_back(shipped->ready_ms);
    loads.ours_ready_ms.push_back(ours->ready_ms);
  }
  return loads;
}

Row show(Bench& bench, const std::string& engine, const Loads& loads) {
  const double shipped = median(loads.shipped_ms);
  const double ours = median(loads.ours_ready_ms);
  const std::string prefix = "load." + engine + ".";
  bench.report.figure(prefix + "shipped_load_ms", shipped);
  bench.report.figure(prefix + "shipped_ready_ms", median(loads.shipped_ready_ms));
  bench.report.figure(prefix + "ready_ms", ours);
  bench.report.figure(prefix + "ratio", ours / shipped);
  using enum Goal::Sense;
  bench.report.goal({engine + ": ready to recognise", at_most, 800, " ms", ours});
  bench.report.goal({engine + ": ready, to as-shipped load", at_most, 0.45, "x", ours / shipped});
  return {engine,       number(shipped),       number(median(loads.shipped_ready_ms)),
          number(ours), ratio(ours / shipped), ratio(ours / median(loads.shipped_ready_ms))};
}

}  // namespace

Result<void> measure_loading(Bench& bench) {
  const int repeats = bench.quick ? 3 : 9;
  bench.report.section(
      "Load times", "Medians of " + std::to_string(repeats) +
                        " fresh processes each, in turns, files in the page cache, 2 threads. Ready: loaded "
                        "and one silent run made.");
  std::vector<Row> rows;
  for (const std::string& engine : bench.engines()) {
    const auto loads = load_repeatedly(bench, engine, repeats);
    if (!loads) return tl::unexpected(loads.error());
    rows.push_back(show(bench, engine, *loads));
  }
  bench.report.table(
      {"ms", "shipped: load", "shipped: ready", "diktate: ready", "to shipped load", "to shipped ready"},
      rows);
  return {};
}

int load_in_this_process(const std::string& way, const std::string& engine,
                         const std::filesystem::path& shipped) {
  const auto times = way == "shipped" ? load_shipped(shipped_weights(shipped, engine)) : load_ours(engine);
  if (!times) {
    std::fprintf(stderr, "diktate-bench: %s\n", times.error().message.c_str());
    return 1;
  }
  std::printf("%f %f\n", times->load_ms, times->ready_ms);
  return 0;
}

}  // namespace diktate::bench
