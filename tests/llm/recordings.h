// What real servers said, as recorded in tests/data/.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "base/files.h"

namespace diktate {

inline std::string recording(const std::string& name) {
  auto bytes = read_file(std::string(DIKTATE_TEST_DATA) + "/" + name);
  if (bytes) return *bytes;
  ADD_FAILURE() << bytes.error().message;
  return {};
}

}  // namespace diktate
