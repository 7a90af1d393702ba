// The addresses that won, kept from one run of the program to the next.
#pragma once

#include <filesystem>

#include "net/io_loop.h"

namespace diktate {

// Both wait for the disk. A file that is missing or broken is as good as an empty one: it only saves time.
Favourites load_favourites(const std::filesystem::path& folder);
void save_favourites(const std::filesystem::path& folder, const Favourites& favourites);

}  // namespace diktate
