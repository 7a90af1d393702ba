#include "app/models.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/core.h>
#include <unistd.h>

#include "base/files.h"
#include "onnx/checksums.h"
#include "stt/moonshine_prepare.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

struct ModelRow {
  std::string_view name, purpose, licence;
  std::array<std::string_view, 4> files;  // those that must be there; "" for none
};

constexpr std::array<std::string_view, 4> kMoonshineFiles{"encoder.onnx", "decoder_first.onnx",
                                                          "decoder_next.onnx", "vocabulary.txt"};
constexpr std::array<ModelRow, 3> kModels{{
    {"moonshine-base", "speech to text, English, the default", "MIT", kMoonshineFiles},
    {"moonshine-tiny", "speech to text, English, faster, more errors", "MIT", kMoonshineFiles},
    {"silero", "voice detection", "MIT", {"silero_vad_v6.onnx"}},
}};

ModelStatus status_of(const ModelRow& row, const fs::path& folder) {
  std::error_code error;
  ModelStatus status{std::string(row.name), std::string(row.purpose), std::string(row.licence),
                     folder / row.name};
  status.installed = true;
  for (const auto file : row.files) {
    if (!file.empty() && !fs::is_regular_file(status.path / file, error)) status.installed = false;
  }
  for (const fs::path& file : entries_of(status.path)) {
    const auto size = fs::file_size(file, error);
    if (!error) status.bytes += size;
  }
  return status;
}

// The weights as their makers ship them.
struct Sources {
  MoonshineSource base, tiny;
  fs::path silero;
};

bool ends_with(const fs::path& path, std::string_view ending) {
  const std::string name = path.generic_string();
  return name.ends_with(ending) &&
         (name.size() == ending.size() || name[name.size() - ending.size() - 1] == '/');
}

// Packages lie a few folders deep; more are somebody's other files.
constexpr int kDeepest = 8;

Result<void> add_files_below(const fs::path& folder, std::vector<fs::path>& files) {
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return fail(ErrorKind::unavailable, fmt::format("{} is not a folder", folder.string()));
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (at.depth() >= kDeepest) at.disable_recursion_pending();
    if (std::error_code ignored; at->is_regular_file(ignored)) files.push_back(at->path());
  }
  return {};
}

std::string names_of(const std::vector<fs::path>& folders) {
  std::string names;
  for (const fs::path& folder : folders) names += (names.empty() ? "" : " or ") + folder.string();
  return names;
}

// The one file of that name: of two versions of a package nobody knows which one is meant.
Result<fs::path> only_one(std::string_view ending, const std::vector<fs::path>& files,
                          const std::vector<fs::path>& folders) {
  const auto fits = [&](const fs::path& file) { return ends_with(file, ending); };
  const auto found = std::find_if(files.begin(), files.end(), fits);
  if (found == files.end()) {
    return fail(ErrorKind::unavailable,
                fmt::format("no {} below {}; unpack the packages there that 'diktate models prepare --help' "
                            "names",
                            ending, names_of(folders)));
  }
  const auto another = std::find_if(found + 1, files.end(), fits);
  if (another == files.end()) return *found;
  return fail(ErrorKind::invalid, fmt::format("{} and {} are two of the same file; give the folder of each "
                                              "package that is meant with a --from of its own",
                                              found->string(), another->string()));
}

Result<Sources> find_sources(const std::vector<fs::path>& folders) {
  std::vector<fs::path> files;
  for (const fs::path& folder : folders) {
    if (auto added = add_files_below(folder, files); !added) return tl::unexpected(added.error());
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  std::optional<Error> missing;
  const auto find = [&](std::string_view ending) {
    auto file = only_one(ending, files, folders);
    if (!file && !missing) missing = file.error();
    return file.value_or(fs::path());
  };
  const fs::path vocabulary = find("llama-tokenizer.js");
  const auto moonshine = [&](const std::string& size) {
    return MoonshineSource{find(size + "/quantized/encoder_model.onnx"),
                           find(size + "/quantized/decoder_model_merged.onnx"), vocabulary};
  };
  const Sources sources{moonshine("base"), moonshine("tiny"), find("silero_vad_v6.onnx")};
  if (missing) return tl::unexpected(*missing);
  return sources;
}

// A folder beside the models in which they are made, gone at the end with whatever is left in it.
class Staging {
 public:
  explicit Staging(const fs::path& target)
      : folder_(target / std::to_string(::getpid()).insert(0, ".prepare-")) {}
  ~Staging() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
};

Result<void> copy_silero(const fs::path& source, const fs::path& target) {
  if (auto made = make_private_folder(target); !made) return made;
  std::error_code ignored;
  fs::permissions(target, fs::perms(0755), ignored);  // models may be installed for all users of a machine
  const auto bytes = read_file(source);
  if (!bytes) return tl::unexpected(bytes.error());
  const char* name = "silero_vad_v6.onnx";
  if (auto written = write_file_atomically(target / name, *bytes, 0644); !written) return written;
  return write_file_atomically(target / kChecksumsFile, checksum_line(name, *bytes), 0644);
}

Result<void> stage(const Sources& sources, const fs::path& folder, const PrepareModelsOptions& options) {
  const auto say = [&](const std::string& step) {
    if (options.on_step) options.on_step(step);
  };
  say("moonshine-base: splitting the decoder");
  if (auto done = prepare_moonshine(sources.base, folder / "moonshine-base"); !done) return done;
  say("moonshine-tiny: splitting the decoder");
  if (auto done = prepare_moonshine(sources.tiny, folder / "moonshine-tiny"); !done) return done;
  say("silero: copying");
  return copy_silero(sources.silero, folder / "silero");
}

// The old model goes into the staging folder, from which it can come back, and disappears with it.
Result<void> put_in_place(const fs::path& staged, const fs::path& target) {
  std::error_code error;
  const fs::path old = staged.string() + ".old";
  if (fs::exists(target, error)) fs::rename(target, old, error);
  if (!error) fs::rename(staged, target, error);
  if (!error) return {};
  std::error_code ignored;
  if (!fs::exists(target, ignored) && fs::exists(old, ignored)) fs::rename(old, target, ignored);
  return fail(ErrorKind::failed, fmt::format("cannot replace {}: {}", target.string(), error.message()));
}

}  // namespace

std::vector<ModelStatus> list_models(const fs::path& folder) {
  std::vector<ModelStatus> models;
  for (const ModelRow& row : kModels) models.push_back(status_of(row, folder));
  return models;
}

Result<void> prepare_models(const PrepareModelsOptions& options) {
  const auto sources = find_sources(options.from);
  if (!sources) return tl::unexpected(sources.error());
  if (auto made = make_private_folder(options.to); !made) return made;
  const Staging staging(options.to);
  if (auto made = make_private_folder(staging.folder()); !made) return made;
  if (auto staged = stage(*sources, staging.folder(), options); !staged) return staged;
  for (const ModelRow& row : kModels) {
    if (auto placed = put_in_place(staging.folder() / row.name, options.to / row.name); !placed)
      return placed;
  }
  return {};
}

}  // namespace diktate
