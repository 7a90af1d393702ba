// diktate-bench: measures the program, side by side with its peers, in one run.
#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/files.h"
#include "bench/machine.h"
#include "bench/plain_loop.h"
#include "bench/sections.h"

namespace diktate::bench {
namespace {

struct Section {
  std::string name;
  Result<void> (*measure)(Bench&);
  bool needs_speech;
  bool in_quick = true;  // else only when it is named
};

// In the order of a run: what is short comes first.
const std::array<Section, 8>& sections() {
  static const std::array<Section, 8> kAll = {{{"clean", measure_cleaning, false},
                                               {"llm", measure_language_models, false},
                                               {"load", measure_loading, false},
                                               {"decode", measure_decoding, true},
                                               {"wer", measure_word_errors, true},
                                               {"segments", measure_segmenting, true, false},
                                               {"stop", measure_stop_to_text, true},
                                               {"memory", measure_memory, true}}};
  return kAll;
}

struct Options {
  bool quick = false;
  std::vector<std::string> only;
  std::string json;
  std::string shipped = DIKTATE_SHIPPED_WEIGHTS;
  std::vector<std::string> load;  // internal: what a child process is to load
};

void complain(const Error& error) { std::fprintf(stderr, "diktate-bench: %s\n", error.message.c_str()); }

void describe(CLI::App& app, Options& options) {
  std::vector<std::string> names;
  for (const Section& section : sections()) names.push_back(section.name);
  app.add_flag("--quick", options.quick, "8 takes, a few recordings, the base model only: under 3 minutes");
  app.add_option("--only", options.only, "Run these sections only, separated by commas")
      ->delimiter(',')
      ->check(CLI::IsMember(names));
  app.add_option("--json", options.json, "Also write every figure to this file")->type_name("FILE");
  app.add_option("--shipped", options.shipped,
                 "Folder of the makers' weights (base/quantized, tiny/quantized)")
      ->type_name("DIR");
  app.add_option("--load", options.load)->expected(2)->group("");
}

void introduce(Bench& bench) {
  bench.report.fact("diktate", DIKTATE_VERSION);
  bench.report.fact("date", today());
  bench.report.fact("cpu", cpu_model());
  bench.report.fact("cores", std::to_string(cpu_cores()));
  bench.report.fact("load average at start", number(load_average(), 2));
  bench.report.fact("onnx runtime", runtime_version());
  if (bench.quick) bench.report.fact("run", "quick: fewer takes and recordings");
}

Result<void> open_speech(Bench& bench) {
  const auto folder = speech_folder();
  if (!folder) return {};
  auto speech = open_speech_set(*folder);
  if (!speech) return tl::unexpected(speech.error());
  const auto list = read_file(DIKTATE_TAKES);
  if (!list) return tl::unexpected(list.error());
  auto takes = parse_takes(*list);
  if (!takes) return tl::unexpected(takes.error());
  bench.speech = std::move(*speech);
  bench.takes = std::move(*takes);
  return {};
}

// Whether it was done, or could not be for want of speech.
bool run(Bench& bench, const Section& section) {
  if (section.needs_speech && bench.speech.recordings.empty()) {
    bench.report.note("\nSKIPPED: " + section.name + " (DIKTATE_SPEECH_DIR names no folder of recordings)");
    return true;
  }
  const auto measured = section.measure(bench);
  bench.report.end_progress();
  if (measured) return true;
  complain({measured.error().kind, section.name + ": " + measured.error().message});
  return false;
}

bool chosen(const Section& section, const Options& options) {
  if (options.only.empty()) return section.in_quick || !options.quick;
  return std::count(options.only.begin(), options.only.end(), section.name) > 0;
}

bool keep(const Bench& bench, const Options& options) {
  if (options.json.empty()) return true;
  const auto written = bench.report.write_json(options.json);
  if (!written) complain(written.error());
  return written.has_value();
}

int run_all(Bench& bench, const Options& options) {
  introduce(bench);
  bool good =
      keep(bench, options);  // a file that cannot be written is better known before an hour has passed
  if (!good) return 1;
  for (const Section& section : sections()) {
    if (chosen(section, options)) good = run(bench, section) && good;
  }
  bench.report.print_goals();
  return keep(bench, options) && good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(
      "Measures diktate side by side with its peers. Speech comes from the folder in DIKTATE_SPEECH_DIR.",
      "diktate-bench");
  Options options;
  describe(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (!options.load.empty()) return load_in_this_process(options.load[0], options.load[1], options.shipped);
  Bench bench{.quick = options.quick,
              .shipped = options.shipped,
              .this_program = std::filesystem::read_symlink("/proc/self/exe")};
  if (auto opened = open_speech(bench); !opened) {
    complain(opened.error());
    return 1;
  }
  return run_all(bench, options);
}

}  // namespace diktate::bench

int main(int argc, char** argv) { return diktate::bench::main(argc, argv); }
