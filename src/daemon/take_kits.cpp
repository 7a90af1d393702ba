#include "daemon/take_kits.h"

#include <algorithm>
#include <utility>

namespace diktate {

// Two takes may want it at once: one still finishes while the next is heard. A decode of one is short.
class TakeKits::SharedEngine final : public SpeechEngine {
 public:
  SharedEngine(std::unique_ptr<SpeechEngine> engine, std::atomic<bool>& loaded)
      : engine_(std::move(engine)), loaded_(loaded) {}

  Result<void> prepare() override {
    const std::lock_guard lock(mutex_);
    auto prepared = engine_->prepare();
    if (prepared) loaded_ = true;
    return prepared;
  }

  Result<Transcript> transcribe(std::span<const float> samples, const DecodeOptions& options,
                                std::stop_token cancel) override {
    const std::lock_guard lock(mutex_);
    return engine_->transcribe(samples, options, std::move(cancel));
  }

  std::string text_of(std::span<const int> tokens) const override { return engine_->text_of(tokens); }
  std::string name() const override { return engine_->name(); }

 private:
  std::mutex mutex_;
  const std::unique_ptr<SpeechEngine> engine_;
  std::atomic<bool>& loaded_;
};

TakeKits::TakeKits(SharedSetup setup) : setup_(std::move(setup)) {}
TakeKits::~TakeKits() { free_spare(); }

void TakeKits::change(SharedSetup setup) {
  const std::lock_guard lock(mutex_);
  if (setup->engine_name != setup_->engine_name) engine_changes_ = true;
  setup_ = std::move(setup);
  ++version_;
  spare_.clear();
  if (engine_changes_ && lent_ == 0) free_spare();
}

// The profile as the settings have it now; as the take began, if they have it no more.
Result<TakeKits::LentKit> TakeKits::borrow(const ProfileSetup& profile) {
  const std::lock_guard lock(mutex_);
  auto spare = std::find_if(spare_.begin(), spare_.end(),
                            [&](const auto& kit) { return kit->profile == profile.name; });
  if (spare == spare_.end()) {
    const ProfileSetup* const now = setup_->profile(profile.name);
    auto made = make_kit(now == nullptr ? profile : *now);
    if (!made) return tl::unexpected(made.error());
    spare = spare_.insert(spare_.end(), std::move(*made));
  }
  LentKit kit(spare->release(), {this});
  spare_.erase(spare);
  ++lent_;
  return kit;
}

void TakeKits::GoBack::operator()(TakeKit* kit) const { kits->take_back(std::unique_ptr<TakeKit>(kit)); }

void TakeKits::take_back(std::unique_ptr<TakeKit> kit) {
  const std::lock_guard lock(mutex_);
  --lent_;
  if (kit->setup == version_) spare_.push_back(std::move(kit));
  kit.reset();
  if (engine_changes_ && lent_ == 0) free_spare();
}

Result<void> TakeKits::load() {
  auto kit = borrow(first_profile());
  if (!kit) return tl::unexpected(kit.error());
  return (*kit)->recogniser->prepare();
}

ProfileSetup TakeKits::first_profile() {
  const std::lock_guard lock(mutex_);
  return setup_->profiles.front();
}

bool TakeKits::unload() {
  const std::lock_guard lock(mutex_);
  if (lent_ > 0) return false;
  free_spare();
  return true;
}

Result<std::unique_ptr<TakeKit>> TakeKits::make_kit(const ProfileSetup& profile) {
  auto processor = profile.processor();
  if (!processor) return tl::unexpected(processor.error());
  if (!engine_) {
    auto engine = setup_->engine();
    if (!engine) return tl::unexpected(engine.error());
    engine_ = std::make_unique<SharedEngine>(std::move(*engine), loaded_);
  }
  auto kit = std::make_unique<TakeKit>();
  kit->profile = profile.name;
  kit->processor = std::move(*processor);
  kit->detector = setup_->detector();
  kit->recogniser = std::make_unique<Recogniser>(*engine_);
  kit->setup = version_;
  return kit;
}

// The kits first: they use the engine.
void TakeKits::free_spare() {
  spare_.clear();
  engine_.reset();
  loaded_ = false;
  engine_changes_ = false;
}

}  // namespace diktate
