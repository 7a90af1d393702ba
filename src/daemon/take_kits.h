// What takes recognise and clean with: one engine for all, and a detector and a processor for each that is
// under way. Kept from take to take, and given up when nobody dictates.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/ports.h"
#include "core/recogniser.h"
#include "daemon/setup.h"

namespace diktate {

// For one take at a time.
struct TakeKit {
  std::unique_ptr<VoiceDetector> detector;
  std::unique_ptr<TextProcessor> processor;
  std::unique_ptr<Recogniser> recogniser;
  std::string profile = {};  // that the processor works by
  int setup = 0;             // which setup it is made after
};

// Thread-safe. Every kit is given back before this ends.
class TakeKits {
 public:
  explicit TakeKits(SharedSetup setup);
  ~TakeKits();
  TakeKits(const TakeKits&) = delete;
  TakeKits& operator=(const TakeKits&) = delete;

  // Kits from now on are made after `setup`; those that are lent are not reused.
  void change(SharedSetup setup);

  // Goes back where it is from, whatever happens to who has it.
  struct GoBack {
    TakeKits* kits = nullptr;
    void operator()(TakeKit* kit) const;
  };
  using LentKit = std::unique_ptr<TakeKit, GoBack>;

  // Waits some 10 ms where one has to be made. The model may not be loaded yet; the take loads it.
  Result<LentKit> borrow(const ProfileSetup& profile);

  // Loads the model, so that the next take need not, and makes a kit for the first profile. Waits, about a
  // second.
  Result<void> load();

  // Frees all, if nobody has borrowed anything; says whether it did.
  bool unload();

  // Neither waits. Who has borrowed a kit loads the model, where it is not.
  bool loaded() const { return loaded_; }
  bool lent() const { return lent_ > 0; }

 private:
  class SharedEngine;
  Result<std::unique_ptr<TakeKit>> make_kit(const ProfileSetup& profile);
  void take_back(std::unique_ptr<TakeKit> kit);
  ProfileSetup first_profile();
  void free_spare();

  std::mutex mutex_;
  SharedSetup setup_;
  int version_ = 0;  // of setup_
  std::unique_ptr<SharedEngine> engine_;
  std::vector<std::unique_ptr<TakeKit>> spare_;
  std::atomic<int> lent_ = 0;
  std::atomic<bool> loaded_ = false;
  bool engine_changes_ = false;  // as soon as nobody uses it any more
};

}  // namespace diktate
