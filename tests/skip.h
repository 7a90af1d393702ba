// A test that cannot run here says so and is skipped; where DIKTATE_NO_SKIP is set (as in .ci/run), it fails
// instead. Recordings may be missing anywhere: only where a folder of them is named they have to be there.
#pragma once

#include <cstdlib>

#include <gtest/gtest.h>

#define DIKTATE_SKIP(reason)                                         \
  do {                                                               \
    if (std::getenv("DIKTATE_NO_SKIP") != nullptr) FAIL() << reason; \
    GTEST_SKIP() << reason;                                          \
  } while (false)

// Whether DIKTATE_SPEECH_DIR names a folder of recordings.
inline bool has_speech_folder() {
  const char* folder = std::getenv("DIKTATE_SPEECH_DIR");
  return folder != nullptr && *folder != '\0';
}

#define DIKTATE_SKIP_WITHOUT_SPEECH(reason)        \
  do {                                             \
    if (has_speech_folder()) DIKTATE_SKIP(reason); \
    GTEST_SKIP() << reason;                        \
  } while (false)
