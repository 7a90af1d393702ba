// The sounds that say what dictation does, by way of the sound server.
#pragma once

#include <memory>

#include "base/clock.h"
#include "core/ports.h"
#include "core/values.h"

namespace diktate {

// The sound itself: some tenths of a second, beginning and ending softly.
Samples cue_samples(Cue cue);

// Nothing is contacted before the first cue; then a thread of its own plays them, one after the other, each
// over a connection that ends with it. The end waits for the one that plays: some seconds, where the server
// hangs. `clock` is borrowed.
std::unique_ptr<CuePlayer> make_cue_player(const Clock& clock);

}  // namespace diktate
