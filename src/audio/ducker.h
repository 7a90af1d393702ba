// Makes what other programs play quieter, by way of the sound server.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/ducker.h"

namespace diktate {

struct DuckerOptions {
  // Where it is noted what was changed, before it is: the next ducker's restore() puts back what this one
  // could not.
  std::filesystem::path note;
  // Told in one line why nothing is ducked. By the ducker's thread.
  std::function<void(const std::string& line)> warn = [](const std::string&) {};
};

// Streams are a fifth as loud while they are ducked, those that begin meanwhile as well; our own are not. A
// volume that somebody else changes meanwhile stays as it is then. A thread of its own does it; it tries
// again while the server is away. The end puts back what is ducked: it waits some seconds where the server
// hangs.
std::unique_ptr<Ducker> make_ducker(const DuckerOptions& options);

}  // namespace diktate
