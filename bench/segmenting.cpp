// What the lengths of segments and second opinions are worth in words: the reasons for SegmenterOptions'
// defaults.
#include <algorithm>
#include <vector>

#include "bench/player.h"
#include "bench/sections.h"
#include "bench/wer.h"

namespace diktate::bench {
namespace {

// A way of cutting speech, on all recordings.
struct Cutting {
  std::string name;
  SegmenterOptions segmenter;
  SecondOpinions second_opinions;
  WordErrors errors = {};
  int pieces = 0;
  std::int64_t longest = 0;  // samples
};

SegmenterOptions lengths(double soft, double soft_pause, double firm, double hard) {
  SegmenterOptions options;
  options.soft_length = soft;
  options.soft_pause = soft_pause;
  options.firm_length = firm;
  options.hard_length = hard;
  return options;
}

std::vector<Cutting> cuttings() {
  using enum SecondOpinions;
  return {{"8 / 9.5 / 10.5 s, pause 0.2 s", lengths(8, 0.2, 9.5, 10.5), never},
          {"the same, second opinions", lengths(8, 0.2, 9.5, 10.5), always},
          {"8 / 11 / 13 s, pause 0.3 s, second opinions", lengths(8, 0.3, 11, 13), always},
          {"12 / 15 / 17 s, pause 0.3 s, second opinions", lengths(12, 0.3, 15, 17), always},
          {"14 / 17 / 19 s, pause 0.3 s, second opinions", lengths(14, 0.3, 17, 19), always},
          {"dictation: 10 / 13 / 15 s, pause 0.3 s", SegmenterOptions{}, never},
          {"dictation, second opinions", SegmenterOptions{}, always},
          {"files: 15 / 20 / 25 s, pause 0.6 s", batch_segments(), never},
          {"files, second opinions", batch_segments(), always}};
}

Result<void> recognise(Bench& bench, Player& player, Cutting& cutting) {
  TakeOptions options = file_options();
  options.segmenter = cutting.segmenter;
  options.worker.second_opinions = cutting.second_opinions;
  for (const Recording& recording : bench.english()) {
    auto samples = read_recording(bench.speech.folder / recording.file);
    if (!samples) return tl::unexpected(samples.error());
    const auto take = player.play(std::move(*samples), {.speed = 0, .take = options});
    if (!take) return tl::unexpected(take.error());
    cutting.errors += score(recording.transcript, take->raw_text);
    cutting.pieces += static_cast<int>(take->pieces.size());
    for (const Piece& piece : take->pieces)
      cutting.longest = std::max(cutting.longest, piece.end - piece.start);
  }
  return {};
}

}  // namespace

Result<void> measure_segmenting(Bench& bench) {
  bench.report.section("Segments",
                       "A pause closes a segment from the first length on, a shorter one from the second; "
                       "at the third it is cut. moonshine-base, raw text.");
  auto player = Player::make(bench.engines().front());
  if (!player) return tl::unexpected(player.error());
  std::vector<Row> rows;
  int number_of_row = 0;
  auto all = cuttings();
  for (Cutting& cutting : all) {
    bench.report.progress("segments: " + cutting.name);
    if (auto done = recognise(bench, *player, cutting); !done) return done;
    bench.report.figure("segments." + std::to_string(++number_of_row) + ".wer", cutting.errors.rate());
    rows.push_back({cutting.name, std::to_string(cutting.pieces), number(seconds(cutting.longest), 1),
                    std::to_string(cutting.errors.errors()), number(cutting.errors.rate(), 2)});
  }
  bench.report.table({"", "pieces", "longest, s", "errors", "WER %"}, rows);
  return {};
}

}  // namespace diktate::bench
