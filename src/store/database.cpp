#include "store/database.h"

#include <utility>

#include <sqlite3.h>
#include <sys/stat.h>

namespace diktate {
namespace {

constexpr int kPatience = 1000;  // ms, for another process that writes

std::uint64_t inode_of(const std::filesystem::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

}  // namespace

Database::Database(std::filesystem::path file)
    : file_(std::move(file)),
      inode_(inode_of(file_)),
      opened_(
          sqlite3_open_v2(file_.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr)) {
  if (opened_ == SQLITE_OK) sqlite3_busy_timeout(handle_, kPatience);
}

Database::~Database() { sqlite3_close(handle_); }

Result<void> Database::run(const char* sql) {
  if (opened_ != SQLITE_OK) return error(opened_);
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return {};
  auto failure = error(code);
  if (sqlite3_get_autocommit(handle_) == 0) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
  return failure;
}

Result<std::int64_t> Database::number(const char* sql) {
  Statement statement(*this, sql);
  const auto row = statement.step();
  if (!row) return tl::unexpected(row.error());
  return statement.number(0);
}

tl::unexpected<Error> Database::error(int code) {
  damaged_ = (code & 0xFF) == SQLITE_CORRUPT || (code & 0xFF) == SQLITE_NOTADB;
  const char* what = handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_);
  return fail(ErrorKind::failed, file_.string() + ": " + what);
}

bool Database::is_in_place() const { return inode_of(file_) == inode_; }

Statement::Statement(Database& database, const char* sql)
    : database_(database),
      prepared_(database.opened_ == SQLITE_OK
                    ? sqlite3_prepare_v2(database.handle_, sql, -1, &statement_, nullptr)
                    : database.opened_) {}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(std::int64_t value) {
  sqlite3_bind_int64(statement_, ++parameter_, value);
  return *this;
}

Statement& Statement::bind(const std::optional<double>& value) {
  ++parameter_;  // what is not bound is null
  if (value) sqlite3_bind_double(statement_, parameter_, *value);
  return *this;
}

Statement& Statement::bind(const std::string& value) {
  ++parameter_;
  if (!value.empty()) bind_text(value);
  return *this;
}

Statement& Statement::bind(const std::optional<std::string>& value) {
  ++parameter_;
  if (value) bind_text(*value);
  return *this;
}

void Statement::bind_text(const std::string& text) {
  sqlite3_bind_text64(statement_, parameter_, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

Result<bool> Statement::step() {
  const int code = prepared_ == SQLITE_OK ? sqlite3_step(statement_) : prepared_;
  if (code == SQLITE_ROW || code == SQLITE_DONE) return code == SQLITE_ROW;
  return database_.error(code);
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_, column); }

double Statement::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string Statement::text(int column) const {
  const unsigned char* text = sqlite3_column_text(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)};
}

std::optional<std::string> Statement::text_or_none(int column) const {
  return is_null(column) ? std::nullopt : std::optional(text(column));
}

}  // namespace diktate
