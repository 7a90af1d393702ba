// A port: makes what other programs play quieter while somebody dictates.
#pragma once

namespace diktate {

// Any thread; nothing here waits.
class Ducker {
 public:
  virtual ~Ducker() = default;

  // From now on, until restore().
  virtual void duck() = 0;

  // As it was before; what a program that was killed left ducked, too.
  virtual void restore() = 0;
};

}  // namespace diktate
