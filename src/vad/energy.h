// A VoiceDetector that needs no model: speech is what stands out from the noise floor. The stand-in for
// Silero.
#pragma once

#include <memory>

#include "core/ports.h"

namespace diktate {

struct EnergyOptions {
  double floor_margin_db = 9.0;  // over the tracked noise floor: speech
  double lowest_db = -55.0;      // dBFS under which nothing is speech
};

std::unique_ptr<VoiceDetector> make_energy_detector(const EnergyOptions& options = {});

}  // namespace diktate
