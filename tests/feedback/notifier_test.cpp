#include "feedback/notifier.h"

#include <gtest/gtest.h>

#include "fakes/no_threads.h"

namespace diktate {
namespace {

TEST(DesktopNotifier, ShowsNothingWhereNoThreadIsToBeHad) {
  const auto notifier = make_desktop_notifier();
  const fakes::NoThreads none;
  EXPECT_NO_THROW(notifier->show({"The take failed", "no thread could be started"}));
  EXPECT_EQ(notifier->problem(), "");
}

}  // namespace
}  // namespace diktate
