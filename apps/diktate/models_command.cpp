#include "models_command.h"

#include <filesystem>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "app/backends.h"
#include "app/format.h"
#include "app/models.h"
#include "base/clock.h"
#include "base/json_text.h"
#include "base/paths.h"
#include "console.h"

namespace diktate {
namespace {

std::string models_json(const std::filesystem::path& folder) {
  nlohmann::ordered_json models = nlohmann::ordered_json::array();
  for (const ModelStatus& model : list_models(folder)) {
    models.push_back({{"name", model.name},
                      {"purpose", model.purpose},
                      {"installed", model.installed},
                      {"path", model.path.string()},
                      {"bytes", model.bytes},
                      {"licence", model.licence}});
  }
  const nlohmann::ordered_json json = {{"folder", folder.string()}, {"models", models}};
  return json_text(json) + "\n";
}

std::string state(const ModelStatus& model) {
  if (model.installed) return format_bytes(model.bytes);
  return model.bytes > 0 ? "incomplete" : "missing";
}

std::string models_table(const std::filesystem::path& folder) {
  std::string text = fmt::format("Models in {}\n", folder.string());
  for (const ModelStatus& model : list_models(folder)) {
    text += fmt::format("{:<15} {:>10}  {:<4} {}\n", model.name, state(model), model.licence, model.purpose);
  }
  return text;
}

int exit_code(const Result<void>& done) {
  if (done) return kSuccess;
  print_error(done.error().message);
  return kFailure;
}

}  // namespace

int run_list_models(const ListModelsOptions& options) {
  const std::filesystem::path folder = models_folder();
  return exit_code(print_result(options.json ? models_json(folder) : models_table(folder)));
}

int run_prepare_models(const PrepareModelsCommand& options) {
  const SteadyClock clock;
  const Instant start = clock.now();
  PrepareModelsOptions prepare;
  prepare.from.assign(options.from.begin(), options.from.end());
  prepare.to = options.to.empty() ? data_folder() / "models" : std::filesystem::path(options.to);
  prepare.on_step = [](const std::string& step) { print_note(step + "\n"); };
  const auto done = prepare_models(prepare);
  if (done)
    print_note(fmt::format("models ready in {} after {}\n", prepare.to.string(),
                           format_duration(clock.now() - start)));
  return exit_code(done);
}

}  // namespace diktate
