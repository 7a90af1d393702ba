#include "daemon/mailbox.h"

#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <poll.h>

namespace diktate {
namespace {

bool is_readable(const Mailbox& mailbox) {
  pollfd ready{mailbox.descriptor(), POLLIN, 0};
  return ::poll(&ready, 1, 0) == 1;
}

TEST(Mailbox, MakesTheCallsInTheirOrder) {
  Mailbox mailbox;
  std::string made;
  for (const char call : {'a', 'b', 'c'}) mailbox.post([&made, call] { made += call; });
  EXPECT_EQ(made, "");
  mailbox.deliver();
  EXPECT_EQ(made, "abc");
  mailbox.deliver();
  EXPECT_EQ(made, "abc") << "each is made once";
}

TEST(Mailbox, WakesOnlyWhileThereIsACallToMake) {
  Mailbox mailbox;
  EXPECT_FALSE(is_readable(mailbox));
  std::jthread([&] { mailbox.post([] {}); }).join();
  EXPECT_TRUE(is_readable(mailbox));
  mailbox.deliver();
  EXPECT_FALSE(is_readable(mailbox));
}

TEST(Mailbox, ACallMayPostAnother) {
  Mailbox mailbox;
  std::string made;
  mailbox.post([&] {
    mailbox.post([&] { made += "second"; });
    made += "first ";
  });
  mailbox.deliver();
  EXPECT_EQ(made, "first ");
  EXPECT_TRUE(is_readable(mailbox));
  mailbox.deliver();
  EXPECT_EQ(made, "first second");
}

}  // namespace
}  // namespace diktate
