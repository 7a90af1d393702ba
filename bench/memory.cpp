// Peak memory of transcribing an hour of audio, by the program that users run.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <utility>

#include <unistd.h>

#include "base/clock.h"
#include "base/files.h"
#include "bench/child.h"
#include "bench/quiet.h"
#include "bench/sections.h"
#include "bench/wav.h"

namespace diktate::bench {
namespace {

// A file that is gone when this object is.
class TemporaryFile {
 public:
  static Result<TemporaryFile> make() {
    std::string path = (std::filesystem::temp_directory_path() / "diktate-bench-XXXXXX").string();
    const UniqueFd fd(::mkstemp(path.data()));
    if (!fd) return fail(ErrorKind::failed, "cannot make a temporary file in " + path);
    return TemporaryFile(std::move(path));
  }
  TemporaryFile(TemporaryFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryFile& operator=(TemporaryFile&&) = delete;
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  const std::string& path() const { return path_; }

 private:
  explicit TemporaryFile(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

// The English recordings one after the other, with pauses of a second, over and over.
Result<std::string> endless_round(const Bench& bench) {
  std::string bytes;
  const std::string pause = wav_samples(room_tone(1.0));
  for (const Recording& recording : bench.english()) {
    const auto samples = read_recording(bench.speech.folder / recording.file);
    if (!samples) return tl::unexpected(samples.error());
    bytes += wav_samples(*samples) + pause;
  }
  if (bytes.empty()) return fail(ErrorKind::invalid, "the speech folder has no English recordings");
  return bytes;
}

Result<void> write_audio(const Bench& bench, const std::string& path, double length_s) {
  const auto round = endless_round(bench);
  if (!round) return tl::unexpected(round.error());
  const auto samples = static_cast<std::uint32_t>(samples_of(length_s));
  std::ofstream file(path, std::ios::binary);
  file << wav_header(samples);
  for (std::size_t left = std::size_t{samples} * 2; left > 0;) {
    const std::size_t count = std::min(left, round->size());
    file.write(round->data(), static_cast<std::streamsize>(count));
    left -= count;
  }
  file.close();
  if (!file) return fail(ErrorKind::failed, "cannot write " + path);
  return {};
}

struct Measured {
  double peak_mib = 0;
  double took_s = 0;
};

Result<Measured> transcribe(const Bench& bench, const std::string& engine, const std::string& path) {
  const SteadyClock clock;
  const Instant start = clock.now();
  const auto program = bench.this_program.parent_path() / "diktate";
  const auto run = run_child({program, "transcribe", "--engine", engine, "--json", path});
  if (!run) return tl::unexpected(run.error());
  if (run->exit_code != 0) return fail(ErrorKind::failed, program.string() + " failed on an hour of audio");
  return Measured{static_cast<double>(run->peak_kib) / 1024,
                  std::chrono::duration<double>(clock.now() - start).count()};
}

}  // namespace

Result<void> measure_memory(Bench& bench) {
  const double minutes = bench.quick ? 3 : 60;
  bench.report.section(
      "Memory", "`diktate transcribe` on " + number(minutes) +
                    " minutes of speech: the most physical memory that it ever had at a time (VmHWM).");
  const auto file = TemporaryFile::make();
  if (!file) return tl::unexpected(file.error());
  if (auto written = write_audio(bench, file->path(), minutes * 60); !written) return written;
  std::vector<Row> rows;
  for (const std::string& engine : bench.engines()) {
    bench.report.progress("memory, " + engine);
    const auto measured = transcribe(bench, engine, file->path());
    if (!measured) return tl::unexpected(measured.error());
    rows.push_back({engine, number(measured->peak_mib), number(minutes * 60 / measured->took_s)});
    bench.report.figure("memory." + engine + ".peak_mib", measured->peak_mib);
    bench.report.goal({engine + ": peak memory, " + number(minutes) + " minutes", Goal::Sense::at_most, 450,
                       " MiB", measured->peak_mib});
  }
  bench.report.table({"", "peak, MiB", "x real time"}, rows);
  return {};
}

}  // namespace diktate::bench
