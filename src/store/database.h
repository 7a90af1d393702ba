// SQLite as the store uses it: a connection to one file, and statements. One thread at a time uses either.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"

struct sqlite3;       // NOLINT(readability-identifier-naming): the library's own
struct sqlite3_stmt;  // NOLINT(readability-identifier-naming)

namespace diktate {

// A connection to a file that exists. Every call waits on the disk, and for another process that writes at
// most a second.
class Database {
 public:
  explicit Database(std::filesystem::path file);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Statements without a result. One that fails inside of a transaction ends it.
  Result<void> run(const char* sql);
  // The number in the first column of the first row.
  Result<std::int64_t> number(const char* sql);

  // What the last call says is wrong, under the name of the file.
  tl::unexpected<Error> error(int code);

  // Whether the last error was that this is no database, or a broken one.
  bool is_damaged() const { return damaged_; }
  // Whether the name still leads to the file that was opened.
  bool is_in_place() const;

 private:
  friend class Statement;

  const std::filesystem::path file_;
  const std::uint64_t inode_;
  sqlite3* handle_ = nullptr;
  int opened_;
  bool damaged_ = false;
};

// Lives no longer than its database.
class Statement {
 public:
  Statement(Database& database, const char* sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Each gives the next parameter its value; what is empty or none is null. Texts are borrowed.
  Statement& bind(std::int64_t value);
  Statement& bind(const std::optional<double>& value);
  Statement& bind(const std::string& value);
  Statement& bind(const std::optional<std::string>& value);

  // Whether there is a row, or else all is done.
  Result<bool> step();

  // Of the row; columns count from 0.
  bool is_null(int column) const;
  std::int64_t number(int column) const;
  double real(int column) const;
  std::string text(int column) const;
  std::optional<std::string> text_or_none(int column) const;

 private:
  void bind_text(const std::string& text);

  Database& database_;
  sqlite3_stmt* statement_ = nullptr;
  int prepared_;
  int parameter_ = 0;
};

}  // namespace diktate
