// diktate models: what is installed, and how to install it.
#pragma once

#include <string>
#include <vector>

namespace diktate {

struct ListModelsOptions {
  bool json = false;
};

struct PrepareModelsCommand {
  std::vector<std::string> from = {"."};
  std::string to;  // empty: the user's data folder
};

// Both answer with the exit code.
int run_list_models(const ListModelsOptions& options);
int run_prepare_models(const PrepareModelsCommand& options);

}  // namespace diktate
