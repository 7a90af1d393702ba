// Whether working on pieces while the next one is spoken is worth it for a model: some must read the whole
// conversation anew each time.
#pragma once

#include "base/clock.h"

namespace diktate {

// One thread uses it.
class PieceGain {
 public:
  // After a take: what was written before key up, so that nobody had to wait for it, and how much longer the
  // model read for the last words than it would have for all of them at once.
  void took(Nanoseconds saved, Nanoseconds paid) { losses_ = paid < saved ? 0 : losses_ + 1; }

  bool worth_it() const { return losses_ < kLosses; }

 private:
  static constexpr int kLosses = 2;  // one may be chance: another client had the server's cache
  int losses_ = 0;                   // in a row
};

}  // namespace diktate
