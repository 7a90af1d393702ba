#include "stt/moonshine_prepare.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "base/files.h"
#include "onnx/checksums.h"
#include "stt/moonshine_graphs.h"
#include "stt/moonshine_weights.h"
#include "stt/vocabulary.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> damaged(const fs::path& file, const Error& error) {
  return fail(error.kind, file.string() + ": " + error.message);
}

Result<MoonshineWeights> read_weights(const MoonshineSource& source) {
  MoonshineWeights weights;
  const auto encoder = MappedFile::open(source.encoder);
  if (!encoder) return tl::unexpected(encoder.error());
  const auto decoder = MappedFile::open(source.merged_decoder);
  if (!decoder) return tl::unexpected(decoder.error());
  const auto text = [](const MappedFile& file) {
    return std::string_view(reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size());
  };
  if (auto read = read_encoder_weights(text(*encoder), weights); !read)
    return damaged(source.encoder, read.error());
  if (auto read = read_decoder_weights(text(*decoder), weights); !read) {
    return damaged(source.merged_decoder, read.error());
  }
  if (!shapes_fit(weights)) {
    return fail(ErrorKind::invalid, source.encoder.string() + " and " + source.merged_decoder.string() +
                                        " do not belong to one Moonshine model");
  }
  return weights;
}

Result<std::string> read_vocabulary(const fs::path& file) {
  const auto content = read_file(file);
  if (!content) return tl::unexpected(content.error());
  const auto vocabulary = Vocabulary::parse_moonshine(*content);
  if (!vocabulary) return damaged(file, vocabulary.error());
  return vocabulary->lines();
}

// Models may be installed for all users of a machine.
Result<void> write_readable(const fs::path& file, const std::string& content) {
  return write_file_atomically(file, content, 0644);
}

Result<void> write_model(const MoonshineWeights& weights, const std::string& vocabulary,
                         const fs::path& folder) {
  std::string checksums;
  Result<void> written;
  const auto write = [&](const char* name, const std::string& content) {
    if (written) written = write_readable(folder / name, content);
    checksums += checksum_line(name, content);
  };
  write("vocabulary.txt", vocabulary);
  write("encoder.onnx", encoder_graph(weights));
  write("decoder_first.onnx", decoder_graph(weights, Rows::many));
  write("decoder_next.onnx", decoder_graph(weights, Rows::one));
  if (written) written = write_readable(folder / kChecksumsFile, checksums);
  return written;
}

void sync_folder(const fs::path& folder) {
  const UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd) ::fsync(fd.get());
}

// Puts `made` where `target` is, or nothing yet; what was there before is left at `made`.
bool put_in_place(const fs::path& made, const fs::path& target) {
  if (::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0) return true;
  if (::rename(made.c_str(), target.c_str()) == 0) return true;
  // A file system that cannot exchange two folders, and an old one in the way.
  const fs::path old = made.string() + ".old";
  return ::rename(target.c_str(), old.c_str()) == 0 && ::rename(made.c_str(), target.c_str()) == 0 &&
         ::rename(old.c_str(), made.c_str()) == 0;
}

}  // namespace

Result<void> prepare_moonshine(const MoonshineSource& source, const fs::path& target) {
  const auto weights = read_weights(source);
  if (!weights) return tl::unexpected(weights.error());
  const auto vocabulary = read_vocabulary(source.vocabulary);
  if (!vocabulary) return tl::unexpected(vocabulary.error());

  std::error_code error;
  const fs::path parent = fs::absolute(target, error).parent_path();
  fs::create_directories(parent, error);
  std::string folder = (parent / (target.filename().string() + ".XXXXXX")).string();
  if (::mkdtemp(folder.data()) == nullptr) {
    return fail(ErrorKind::failed, "cannot write into " + parent.string() + ": " + std::strerror(errno));
  }
  fs::permissions(folder, fs::perms(0755), error);
  auto written = write_model(*weights, *vocabulary, folder);
  sync_folder(folder);
  if (written && !put_in_place(folder, target)) {
    written = fail(ErrorKind::failed, "cannot write " + target.string() + ": " + std::strerror(errno));
  }
  fs::remove_all(folder, error);
  fs::remove_all(folder + ".old", error);
  sync_folder(parent);
  return written;
}

}  // namespace diktate
