// A test that cannot run here says so and is skipped; where DIKTATE_NO_SKIP is set (as in .ci/run), it fails
// instead.
#pragma once

#include <cstdlib>

#include <gtest/gtest.h>

#define DIKTATE_SKIP(reason)                                         \
  do {                                                               \
    if (std::getenv("DIKTATE_NO_SKIP") != nullptr) FAIL() << reason; \
    GTEST_SKIP() << reason;                                          \
  } while (false)
