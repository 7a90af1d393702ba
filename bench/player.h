// Plays recordings to the dictation pipeline as if they were being spoken, with a warm recogniser.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "core/pipeline.h"
#include "core/segmenter.h"
#include "core/values.h"

namespace diktate::bench {

struct PlayOptions {
  double speed = 1;                      // 0: as fast as possible
  bool sequential = false;               // everything after key up, in long pieces
  bool batch = false;                    // the long pieces of a file that nobody is waiting for
  std::optional<TakeOptions> take = {};  // instead of what the two above stand for
  double brisk_s = 0;                    // so much of the beginning passes 20 times as fast
};

// One thread. Keeps one engine and one detector warm between takes, as a daemon does.
class Player {
 public:
  // Loads and warms. Waits.
  static Result<Player> make(const std::string& engine);
  Player(Player&&) noexcept;
  Player& operator=(Player&&) noexcept;
  ~Player();

  // Waits as long as the take lasts. Fails if the take does; a take without text is not a failure.
  Result<Take> play(Samples samples, const PlayOptions& options);

  const std::string& detector_name() const;

 private:
  struct Parts;
  explicit Player(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// How many pieces of a take have no text: such as hold speech, by the detector, if only a click of it.
int wordless_pieces(const Take& take);

}  // namespace diktate::bench
