#include "full_program.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <unistd.h>

#include "base/paths.h"

namespace diktate {

int run_full_program(char** argv) {
  const auto program = program_folder().parent_path() / "libexec" / "diktate-full";
  ::execv(program.c_str(), argv);
  const int error = errno;
  std::fprintf(stderr, "diktate: cannot start %s: %s; install diktate again\n", program.c_str(),
               std::strerror(error));
  return 1;
}

}  // namespace diktate
