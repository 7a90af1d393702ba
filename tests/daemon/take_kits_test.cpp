#include "daemon/take_kits.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "daemon_fixture.h"

namespace diktate {
namespace {

TEST(TakeKits, FreesNothingWhileAKitIsLentAndAllAfterIt) {
  fakes::World world;
  const auto setup = std::make_shared<const DaemonSetup>(fakes::setup_of(world));
  TakeKits kits(setup);
  {
    const auto kit = kits.borrow(setup->profiles.front());
    ASSERT_TRUE(kit);
    EXPECT_FALSE(kits.unload());
  }
  EXPECT_TRUE(kits.unload());
}

TEST(TakeKits, AKitComesBackFromATakeThatThrows) {
  fakes::World world;
  const auto setup = std::make_shared<const DaemonSetup>(fakes::setup_of(world));
  TakeKits kits(setup);
  const TakeKit* lent = nullptr;
  try {
    const auto kit = kits.borrow(setup->profiles.front());
    ASSERT_TRUE(kit);
    lent = kit->get();
    throw std::runtime_error("no thread can be started");
  } catch (const std::runtime_error&) {
  }
  EXPECT_EQ(kits.borrow(setup->profiles.front())->get(), lent) << "it is used again";
  EXPECT_TRUE(kits.unload());
}

}  // namespace
}  // namespace diktate
