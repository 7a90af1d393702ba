#include "daemon/take_kits.h"

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

TakeKits::TakeKits(DaemonSetup setup) : setup_(std::move(setup)) {}
TakeKits::~TakeKits() { free_spare(); }

void TakeKits::change(DaemonSetup setup) {
  const std::lock_guard lock(mutex_);
  if (setup.engine_name != setup_.engine_name) engine_changes_ = true;
  setup_ = std::move(setup);
  ++version_;
  spare_.clear();
  if (engine_changes_ && lent_ == 0) free_spare();
}

Result<std::unique_ptr<TakeKit>> TakeKits::borrow() {
  const std::lock_guard lock(mutex_);
  if (spare_.empty()) {
    auto made = make_kit();
    if (!made) return made;
    spare_.push_back(std::move(*made));
  }
  auto kit = std::move(spare_.back());
  spare_.pop_back();
  ++lent_;
  return kit;
}

void TakeKits::give_back(std::unique_ptr<TakeKit> kit) {
  const std::lock_guard lock(mutex_);
  --lent_;
  if (kit->setup == version_) spare_.push_back(std::move(kit));
  kit.reset();
  if (engine_changes_ && lent_ == 0) free_spare();
}

Result<void> TakeKits::load() {
  auto kit = borrow();
  if (!kit) return tl::unexpected(kit.error());
  auto prepared = (*kit)->recogniser->prepare();
  give_back(std::move(*kit));
  return prepared;
}

bool TakeKits::unload() {
  const std::lock_guard lock(mutex_);
  if (lent_ > 0) return false;
  free_spare();
  return true;
}

Result<std::unique_ptr<TakeKit>> TakeKits::make_kit() {
  auto processor = setup_.profile.processor();
  if (!processor) return tl::unexpected(processor.error());
  if (!engine_) {
    auto engine = setup_.engine();
    if (!engine) return tl::unexpected(engine.error());
    engine_ = std::make_unique<SharedEngine>(std::move(*engine), loaded_);
  }
  auto kit = std::make_unique<TakeKit>();
  kit->processor = std::move(*processor);
  kit->detector = setup_.detector();
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
