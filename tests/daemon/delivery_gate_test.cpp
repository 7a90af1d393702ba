#include "daemon/delivery_gate.h"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace diktate {
namespace {

TEST(DeliveryGate, LetsTextsThroughInTheOrderOfTheTakes) {
  DeliveryGate gate;
  std::vector<DeliveryGate::Ticket> tickets;
  for (int i = 0; i < 4; ++i) tickets.push_back(gate.enter());
  std::vector<std::size_t> order;  // one at a time: the gate is the lock
  std::vector<std::jthread> takes;
  for (std::size_t take = 4; take-- > 0;) {
    takes.emplace_back([&, take] {
      EXPECT_TRUE(gate.wait(tickets[take], {}, {}));
      order.push_back(take);
      gate.leave(tickets[take]);
    });
  }
  takes.clear();
  EXPECT_EQ(order, (std::vector<std::size_t>{0, 1, 2, 3}));
}

TEST(DeliveryGate, ATakeWithoutTextHoldsNobodyUp) {
  DeliveryGate gate;
  const auto first = gate.enter();
  const auto second = gate.enter();
  gate.leave(first);
  EXPECT_TRUE(gate.wait(second, {}, {}));
}

TEST(DeliveryGate, LetsNothingThroughWhileAKeyIsDown) {
  DeliveryGate gate;
  const auto ticket = gate.enter();
  gate.set_keys_down(true);
  std::atomic<bool> key_up = false;
  std::jthread take([&] {
    EXPECT_TRUE(gate.wait(ticket, {}, {}));
    EXPECT_TRUE(key_up);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));  // time enough for a mistake to show
  key_up = true;
  gate.set_keys_down(false);
}

TEST(DeliveryGate, StopsWaitingWhenTheTakeIsCancelled) {
  DeliveryGate gate;
  gate.enter();
  const auto second = gate.enter();
  std::stop_source cancel;
  std::jthread take([&] { EXPECT_FALSE(gate.wait(second, {}, cancel.get_token())); });
  cancel.request_stop();
}

TEST(DeliveryGate, LetsNothingThroughSoonAfterAKeyWhereThatIsAskedFor) {
  constexpr auto kLong = std::chrono::hours(1);
  for (const bool by_key : {true, false}) {
    DeliveryGate gate;
    const auto ticket = gate.enter();
    EXPECT_TRUE(gate.wait(ticket, kLong, {})) << "nobody touched a key";
    if (by_key) {
      gate.set_keys_down(true);
      gate.set_keys_down(false);
    } else {
      gate.stir();
    }
    EXPECT_TRUE(gate.wait(ticket, {}, {}));
    EXPECT_TRUE(gate.wait(ticket, std::chrono::milliseconds(5), {}));
    std::stop_source cancel;
    std::jthread take([&] { EXPECT_FALSE(gate.wait(ticket, kLong, cancel.get_token())); });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // time enough for a mistake to show
    cancel.request_stop();
  }
}

}  // namespace
}  // namespace diktate
