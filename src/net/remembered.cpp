#include "net/remembered.h"

#include <cstddef>
#include <sstream>
#include <string>

#include "base/files.h"
#include "net/address.h"

namespace diktate {
namespace {

constexpr std::size_t kMost = 64;

std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "addresses"; }

}  // namespace

// A line each: host:port, a space, the address.
Favourites load_favourites(const std::filesystem::path& folder) {
  Favourites favourites;
  if (folder.empty()) return favourites;
  const auto text = read_file(file_in(folder));
  if (!text) return favourites;
  std::istringstream lines(*text);
  std::string host;
  std::string address;
  while (favourites.size() < kMost && lines >> host >> address) {
    if (parse_address(address, 0)) favourites[host] = address;
  }
  return favourites;
}

void save_favourites(const std::filesystem::path& folder, const Favourites& favourites) {
  if (folder.empty()) return;
  Favourites all = load_favourites(folder);
  const Favourites before = all;
  for (const auto& [host, address] : favourites) all[host] = address;
  if (all == before || !make_private_folder(folder)) return;
  std::string text;
  std::size_t left = kMost;
  for (const auto& [host, address] : all) {
    if (left-- == 0) break;
    text.append(host).append(" ").append(address).append("\n");
  }
  [[maybe_unused]] const auto written = write_file_atomically(file_in(folder), text);
}

}  // namespace diktate
