// Sounds that are no speech, made on the spot and always the same.
#pragma once

#include <string>
#include <vector>

#include "core/values.h"

namespace diktate::sounds {

struct Sound {
  std::string name;
  Samples samples;
};

// 40 clips of 6 s: silence; white and pink noise and hum at -60 to -20 dBFS; clicks; breath.
std::vector<Sound> no_speech();

// Root mean square, in dBFS.
double level(const Samples& samples);
// Scaled to that level.
Samples at_level(Samples samples, double dbfs);

}  // namespace diktate::sounds
