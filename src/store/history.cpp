#include "store/history.h"

#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "base/files.h"
#include "store/take_files.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kVersion = 1;
constexpr int kPatience = 1000;  // ms, for another process that writes

// FULL: a row is on the disk before the files of its take go.
constexpr const char* kSettings =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY";
constexpr const char* kTables =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE IF NOT EXISTS takes(id INTEGER PRIMARY KEY, started_ms INTEGER NOT NULL,"
    " audio_ms INTEGER NOT NULL, outcome TEXT NOT NULL, cause TEXT, stop_to_text_ms REAL, raw_text TEXT,"
    " clean_text TEXT, insert_method TEXT, receipt TEXT, engine TEXT, profile TEXT, processor TEXT,"
    " timings TEXT) STRICT;"
    "PRAGMA user_version=1;"
    "COMMIT";

// A prepared statement. What goes wrong is answered by step().
class Statement {
 public:
  Statement(sqlite3* database, const char* sql)
      : prepared_(sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr)) {}
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Each gives the next parameter its value. Texts are borrowed until the statement ends.
  Statement& bind(std::int64_t value) {
    sqlite3_bind_int64(statement_, ++parameter_, value);
    return *this;
  }
  Statement& bind(const std::optional<double>& value) {
    ++parameter_;  // what is not bound is null
    if (value) sqlite3_bind_double(statement_, parameter_, *value);
    return *this;
  }
  Statement& bind(const std::string& value) {
    ++parameter_;
    if (!value.empty()) bind_text(value);
    return *this;
  }
  Statement& bind(const std::optional<std::string>& value) {
    ++parameter_;
    if (value) bind_text(*value);
    return *this;
  }

  // SQLITE_ROW, SQLITE_DONE, or what is wrong.
  int step() { return prepared_ == SQLITE_OK ? sqlite3_step(statement_) : prepared_; }

  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }
  double real(int column) const { return sqlite3_column_double(statement_, column); }
  std::string text(int column) const {
    const unsigned char* text = sqlite3_column_text(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return text == nullptr ? std::string()
                           : std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  }

 private:
  void bind_text(const std::string& text) {
    sqlite3_bind_text64(statement_, parameter_, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }

  sqlite3_stmt* statement_ = nullptr;
  int prepared_;
  int parameter_ = 0;
};

std::optional<std::string> text_or_none(const Statement& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.text(column));
}

HistoryRow to_row(const Statement& row) {
  HistoryRow take;
  take.id = row.number(0);
  take.started_ms = row.number(1);
  take.audio_ms = row.number(2);
  take.outcome = row.text(3);
  take.cause = row.text(4);
  if (!row.is_null(5)) take.stop_to_text_ms = row.real(5);
  take.raw_text = text_or_none(row, 6);
  take.clean_text = text_or_none(row, 7);
  take.insert_method = row.text(8);
  take.receipt = row.text(9);
  take.engine = row.text(10);
  take.profile = row.text(11);
  take.processor = row.text(12);
  take.timings = row.text(13);
  return take;
}

ino_t inode_of(const fs::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

}  // namespace

// The connection, and which file it is to.
class History::Database {
 public:
  explicit Database(fs::path file) : file_(std::move(file)), inode_(inode_of(file_)) {
    opened_ = sqlite3_open_v2(file_.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    if (opened_ == SQLITE_OK) sqlite3_busy_timeout(handle_, kPatience);
  }
  ~Database() { sqlite3_close(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Result<void> prepare() {
    if (opened_ != SQLITE_OK) return error(opened_);
    std::int64_t version = 0;
    if (auto read = number("PRAGMA user_version", version); !read) return read;
    if (version > kVersion)
      return fail(ErrorKind::invalid, file_.string() + " was written by a newer diktate (version " +
                                          std::to_string(version) + "; this one reads version " +
                                          std::to_string(kVersion) + "): update diktate");
    if (auto set = run(kSettings); !set || version == kVersion) return set;
    return run(kTables);
  }

  Result<void> run(const char* sql) {
    const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return {};
    auto failure = error(code);
    if (sqlite3_get_autocommit(handle_) == 0) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
    return failure;
  }

  Result<void> finish(Statement& statement) {
    const int code = statement.step();
    return code == SQLITE_DONE || code == SQLITE_ROW ? Result<void>() : error(code);
  }

  Result<void> number(const char* sql, std::int64_t& to) {
    Statement statement(handle_, sql);
    auto done = finish(statement);
    if (done) to = statement.number(0);
    return done;
  }

  tl::unexpected<Error> error(int code) {
    damaged_ = (code & 0xFF) == SQLITE_CORRUPT || (code & 0xFF) == SQLITE_NOTADB;
    const char* what = handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_);
    return fail(ErrorKind::failed, "the history " + file_.string() + ": " + what);
  }

  sqlite3* handle() { return handle_; }
  bool is_damaged() const { return damaged_; }
  // Nobody has put another file in its place.
  bool is_in_place() const { return inode_of(file_) == inode_; }

 private:
  const fs::path file_;
  const ino_t inode_;
  sqlite3* handle_ = nullptr;
  int opened_;
  bool damaged_ = false;
};

History::History(fs::path file) : file_(std::move(file)) {}
History::~History() = default;

Result<void> History::open(bool make) {
  if (database_ && database_->is_in_place()) return {};
  database_.reset();
  // SQLite itself would make it readable for all.
  const UniqueFd fd(::open(file_.c_str(), O_RDWR | O_CLOEXEC | (make ? O_CREAT : 0), 0600));
  if (!fd && errno == ENOENT && !make) return {};
  if (!fd) return fail(ErrorKind::failed, "cannot open " + file_.string() + ": " + std::strerror(errno));
  database_ = std::make_unique<Database>(file_);
  return database_->prepare();
}

// A second try is for the new database that takes the place of a damaged one.
template <class Use>
auto History::with_database(bool make, const Use& use) -> decltype(use(std::declval<Database&>())) {
  const std::lock_guard lock(mutex_);
  for (bool again : {true, false}) {
    auto opened = open(make);
    decltype(use(std::declval<Database&>())) used{};
    if (!opened) used = tl::unexpected(opened.error());
    if (opened && database_) used = use(*database_);
    if (used || !database_) return used;
    if (!database_->is_damaged() || !again) {
      if (!opened) database_.reset();
      return used;
    }
    if (auto aside = put_aside(); !aside) return tl::unexpected(aside.error());
  }
  return {};
}

Result<void> History::put_aside() {
  const bool in_place = database_->is_in_place();
  database_.reset();
  if (!in_place) return {};
  std::error_code error;
  int number = 1;
  const auto name = [&] { return file_.string() + ".damaged-" + std::to_string(number); };
  while (fs::exists(name(), error)) ++number;
  fs::rename(file_, name(), error);
  if (error) return fail(ErrorKind::failed, "cannot put aside " + file_.string() + ": " + error.message());
  for (const char* rest : {"-wal", "-shm"}) fs::rename(file_.string() + rest, name() + rest, error);
  notice_ = "the history was damaged: it is put aside as " + name() + ", and a new one begun";
  return {};
}

Result<std::int64_t> History::put(const HistoryRow& row) {
  return with_database(true, [&](Database& database) -> Result<std::int64_t> {
    if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return tl::unexpected(begun.error());
    Statement former(database.handle(), "DELETE FROM takes WHERE id=? AND started_ms=?");
    auto done = database.finish(former.bind(row.id).bind(row.started_ms));
    Statement insert(database.handle(),
                     "INSERT INTO takes VALUES((SELECT ?1 WHERE NOT EXISTS(SELECT 1 FROM takes WHERE id=?1)),"
                     " ?,?,?,?,?,?,?,?,?,?,?,?,?)");
    insert.bind(row.id).bind(row.started_ms).bind(row.audio_ms).bind(row.outcome).bind(row.cause);
    insert.bind(row.stop_to_text_ms).bind(row.raw_text).bind(row.clean_text).bind(row.insert_method);
    insert.bind(row.receipt).bind(row.engine).bind(row.profile).bind(row.processor).bind(row.timings);
    if (done) done = database.finish(insert);
    const std::int64_t id = sqlite3_last_insert_rowid(database.handle());
    const auto ended = database.run(done ? "COMMIT" : "ROLLBACK");
    if (!done) return tl::unexpected(done.error());
    if (!ended) return tl::unexpected(ended.error());
    return id;
  });
}

Result<std::vector<HistoryRow>> History::newest(std::size_t limit) {
  return with_database(false, [&](Database& database) -> Result<std::vector<HistoryRow>> {
    Statement select(database.handle(), "SELECT * FROM takes ORDER BY started_ms DESC, id DESC LIMIT ?");
    select.bind(static_cast<std::int64_t>(limit));
    std::vector<HistoryRow> rows;
    int code = select.step();
    for (; code == SQLITE_ROW; code = select.step()) rows.push_back(to_row(select));
    if (code != SQLITE_DONE) return database.error(code);
    return rows;
  });
}

std::int64_t History::last_id() {
  const auto last = with_database(false, [&](Database& database) -> Result<std::int64_t> {
    std::int64_t id = 0;
    auto read = database.number("SELECT ifnull(max(id), 0) FROM takes", id);
    if (!read) return tl::unexpected(read.error());
    return id;
  });
  return last.value_or(0);
}

Result<void> History::wipe() {
  auto wiped = with_database(false, [&](Database& database) -> Result<void> {
    if (auto gone = database.run("DELETE FROM takes"); !gone) return gone;
    if (auto rewritten = database.run("VACUUM"); !rewritten) return rewritten;
    std::int64_t busy = 0;
    if (auto emptied = database.number("PRAGMA wal_checkpoint(TRUNCATE)", busy); !emptied) return emptied;
    if (busy == 0) return {};
    return fail(ErrorKind::failed, "the history is being read by another program: wipe it again");
  });
  std::error_code error;
  for (fs::directory_iterator it(file_.parent_path(), error), end; !error && it != end; it.increment(error)) {
    if (!it->path().filename().string().starts_with(file_.filename().string() + ".damaged-")) continue;
    if (auto removed = remove_file(it->path()); !removed && wiped) wiped = removed;
  }
  return wiped;
}

std::string History::take_notice() {
  const std::lock_guard lock(mutex_);
  return std::exchange(notice_, {});
}

}  // namespace diktate
