#include "onnx/cached_session.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "onnx/checksums.h"
#include "onnx/processor.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

constexpr int kFormat = 3;  // of the copies; a change makes the old ones void

// Ends a copy, behind the path of the model that it is of: shows that it was written to its end, and whole.
struct Footer {
  std::array<char, 8> magic = {'d', 'i', 'k', 't', 'm', 'o', 'd', '2'};
  std::uint64_t path_bytes = 0;
  std::uint64_t checksum = 0;  // of all before the footer
};
static_assert(sizeof(Footer) == 24);

// Nothing: the file is no copy of this format.
std::optional<Footer> footer_of(std::span<const std::byte> bytes) {
  if (bytes.size() < sizeof(Footer)) return std::nullopt;
  Footer footer;
  std::memcpy(&footer, bytes.last(sizeof(Footer)).data(), sizeof(Footer));
  const bool is_ours = footer.magic == Footer().magic && footer.path_bytes <= bytes.size() - sizeof(Footer);
  return is_ours ? std::optional(footer) : std::nullopt;
}

// The models of two folders, such as an installed program's and a build's, have copies side by side.
Result<CacheKey> key_of(const fs::path& model) {
  struct stat status {};
  if (::stat(model.c_str(), &status) != 0) {
    return fail(ErrorKind::unavailable, "cannot open " + model.string() + ": " + std::strerror(errno));
  }
  constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
  return CacheKey{model.string(), onnx_runtime_version(), processor_description(),
                  static_cast<std::uintmax_t>(status.st_size),
                  status.st_mtim.tv_sec * kNanosecondsPerSecond + status.st_mtim.tv_nsec};
}

// The slow way, on which the time to look for damage does not count.
Result<OnnxSession> load_original(const fs::path& model, const OnnxOptions& options) {
  if (auto whole = verify_file(model); !whole) return tl::unexpected(whole.error());
  return OnnxSession::load(model, options);
}

// Nothing when there is no copy; an error when it is damaged.
Result<std::optional<OnnxSession>> load_copy(const fs::path& copy, const OnnxOptions& options) {
  if (std::error_code ignored; !fs::exists(copy, ignored)) return std::nullopt;
  auto file = MappedFile::open(copy);
  if (!file) return tl::unexpected(file.error());
  const std::span<const std::byte> bytes = file->bytes();
  const auto footer = footer_of(bytes);
  if (!footer || footer->checksum != checksum(bytes.first(bytes.size() - sizeof(Footer))))
    return fail(ErrorKind::invalid, copy.string() + " is damaged");
  const std::size_t size = bytes.size() - sizeof(Footer) - footer->path_bytes;
  auto session = OnnxSession::load_optimised(std::move(*file), size, copy.string(), options);
  if (!session) return tl::unexpected(session.error());
  return std::optional<OnnxSession>(std::move(*session));
}

// Adds path and footer to what the runtime wrote, and gives it its name.
Result<void> seal(const fs::path& written, const fs::path& model, const fs::path& copy) {
  auto content = read_file(written);
  if (!content) return tl::unexpected(content.error());
  const std::size_t size = content->size();
  content->append(model.string());
  Footer footer;
  footer.path_bytes = content->size() - size;
  footer.checksum = checksum(std::as_bytes(std::span(*content)));
  content->append(reinterpret_cast<const char*>(&footer), sizeof(footer));
  const UniqueFd file(::open(written.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
  if (!file || !write_all(file.get(), std::string_view(*content).substr(size)) ||
      ::fchmod(file.get(), 0600) != 0 || ::fsync(file.get()) != 0 ||
      ::rename(written.c_str(), copy.c_str()) != 0) {
    return fail(ErrorKind::failed, "cannot write " + copy.string() + ": " + std::strerror(errno));
  }
  return {};
}

// Empty: that cannot be told.
fs::path model_of(const fs::path& copy) {
  const auto file = MappedFile::open(copy);
  const auto footer = file ? footer_of(file->bytes()) : std::nullopt;
  if (!footer) return {};
  const auto path = file->bytes().last(sizeof(Footer) + footer->path_bytes).first(footer->path_bytes);
  return std::string(reinterpret_cast<const char*>(path.data()), path.size());
}

// Copies are written under their name with the writer's number behind it.
bool is_being_written(const fs::path& file) {
  const std::string number = file.extension().string().substr(1);
  return ::kill(std::atoi(number.c_str()), 0) == 0 || errno != ESRCH;
}

// Copies of what the model was before, and of models that are gone; what a writer left that was ended.
void remove_useless(const fs::path& model, const fs::path& copy, const std::string& label) {
  const std::size_t length = copy.filename().string().size();
  for (const fs::path& file : entries_of(copy.parent_path())) {
    const std::string name = file.filename().string();
    if (!name.starts_with(label + '-') || name.size() < length || file == copy) continue;
    std::error_code ignored;
    const bool is_half = name.size() > length && name[length] == '.';
    const fs::path of = name.size() == length ? model_of(file) : fs::path();
    const bool is_old = name.size() == length && (of.empty() || of == model || !fs::exists(of, ignored));
    if (is_old || (is_half && !is_being_written(file))) fs::remove(file, ignored);
  }
}

// The session that writes the copy is not kept: it holds everything in memory, where one that reads the copy
// maps it.
Result<void> make_copy(const fs::path& model, const fs::path& copy, const std::string& label,
                       const OnnxOptions& options, const ModelCache& cache) {
  const auto alone = cache.one_at_a_time != nullptr ? std::unique_lock(*cache.one_at_a_time)
                                                    : std::unique_lock<std::mutex>();
  OnnxOptions saving = options;
  saving.save_optimised = copy.string() + '.' + std::to_string(::getpid());
  Result<void> outcome;
  if (const auto session = load_original(model, saving); !session) outcome = tl::unexpected(session.error());
  if (outcome) outcome = seal(saving.save_optimised, model, copy);
  std::error_code ignored;
  fs::remove(saving.save_optimised, ignored);
  if (outcome) remove_useless(model, copy, label);
  return outcome;
}

bool is_writable(const fs::path& folder) {
  return make_private_folder(folder).has_value() && ::access(folder.c_str(), W_OK | X_OK) == 0;
}

}  // namespace

std::string to_string(const CacheKey& key) {
  const std::string text = std::to_string(kFormat) + '\n' + key.path + '\n' + key.runtime_version + '\n' +
                           key.processor + '\n' + std::to_string(key.size) + '\n' +
                           std::to_string(key.modified_ns);
  return to_hex(checksum(std::as_bytes(std::span(text))));
}

Result<OnnxSession> load_cached(const fs::path& original, const std::string& label,
                                const OnnxOptions& options, const ModelCache& cache) {
  if (cache.folder.empty()) return load_original(original, options);
  std::error_code no_folder;
  const fs::path absolute = fs::absolute(original, no_folder);
  const fs::path model = no_folder ? original : absolute;
  const auto key = key_of(model);
  if (!key) return tl::unexpected(key.error());
  const fs::path copy = cache.folder / (label + '-' + to_string(*key) + ".ort");
  const auto warn = [&](const Error& error) {
    if (cache.on_warning) cache.on_warning("the model cache does not work: " + error.message);
  };

  auto cached = load_copy(copy, options);
  if (cached && *cached) return std::move(**cached);
  if (!cached) warn(cached.error());
  if (!is_writable(cache.folder)) {
    warn(Error{ErrorKind::failed, "cannot write into " + cache.folder.string()});
    return load_original(model, options);
  }

  if (const auto made = make_copy(model, copy, label, options, cache); !made) {
    // Either the model is at fault, and says so again, or the disk.
    auto uncached = load_original(model, options);
    if (uncached) warn(made.error());
    return uncached;
  }
  cached = load_copy(copy, options);
  if (cached && *cached) return std::move(**cached);
  return load_original(model, options);
}

}  // namespace diktate
