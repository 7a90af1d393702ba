#include "base/paths.h"

#include <cstdlib>
#include <system_error>

namespace diktate {
namespace {

std::filesystem::path from_environment(const char* variable) {
  const char* value = std::getenv(variable);
  if (value == nullptr) return {};
  std::filesystem::path path(value);
  return path.is_absolute() ? path : std::filesystem::path{};
}

std::filesystem::path xdg_folder(const char* variable, const char* below_home) {
  if (auto path = from_environment(variable); !path.empty()) return path / "diktate";
  if (auto home = from_environment("HOME"); !home.empty()) return home / below_home / "diktate";
  std::error_code none;
  const auto folder = std::filesystem::temp_directory_path(none);
  return (none ? "/tmp" : folder) / "diktate";
}

}  // namespace

std::filesystem::path data_folder() { return xdg_folder("XDG_DATA_HOME", ".local/share"); }

std::filesystem::path config_folder() { return xdg_folder("XDG_CONFIG_HOME", ".config"); }

std::filesystem::path cache_folder() { return xdg_folder("XDG_CACHE_HOME", ".cache"); }

std::filesystem::path state_folder() { return xdg_folder("XDG_STATE_HOME", ".local/state"); }

std::filesystem::path program_folder() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

}  // namespace diktate
