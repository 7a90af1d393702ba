#include "onnx/processor.h"

#include <fstream>
#include <string_view>

namespace diktate {

std::string processor_description() {
  std::ifstream file("/proc/cpuinfo");
  std::string result;
  for (std::string line; std::getline(file, line) && !line.empty();) {
    for (const std::string_view name : {"model name", "flags", "Features", "CPU implementer", "CPU part"}) {
      if (line.starts_with(name)) result += line + '\n';
    }
  }
  return result;
}

bool adds_int8_products_exactly(const std::string& description) {
  const bool x86 = description.find("flags") != description.npos;
  return !x86 || description.find("avx512_vnni") != description.npos ||
         description.find("avx_vnni") != description.npos;
}

}  // namespace diktate
