#include "store/history.h"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>

#include "base/files.h"
#include "store/take_files.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kSchemaVersion = 1;

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
constexpr const char* kFormerRow = "DELETE FROM takes WHERE id=? AND started_ms=?";
// Its own number if that is free.
constexpr const char* kRow =
    "INSERT INTO takes VALUES((SELECT ?1 WHERE NOT EXISTS(SELECT 1 FROM takes WHERE id=?1)),"
    " ?,?,?,?,?,?,?,?,?,?,?,?,?)";

Result<void> prepare(Database& database, const fs::path& file) {
  const auto version = database.number("PRAGMA user_version");
  if (!version) return tl::unexpected(version.error());
  if (*version > kSchemaVersion)
    return fail(ErrorKind::invalid, file.string() + " was written by a newer diktate (version " +
                                        std::to_string(*version) + "; this one reads version " +
                                        std::to_string(kSchemaVersion) + "): update diktate");
  if (auto set = database.run(kSettings); !set || *version == kSchemaVersion) return set;
  return database.run(kTables);
}

HistoryRow to_row(const Statement& row) {
  HistoryRow take;
  take.id = row.number(0);
  take.started_ms = row.number(1);
  take.audio_ms = row.number(2);
  take.outcome = row.text(3);
  take.cause = row.text(4);
  if (!row.is_null(5)) take.stop_to_text_ms = row.real(5);
  take.raw_text = row.text_or_none(6);
  take.clean_text = row.text_or_none(7);
  take.insert_method = row.text(8);
  take.receipt = row.text(9);
  take.engine = row.text(10);
  take.profile = row.text(11);
  take.processor = row.text(12);
  take.timings = row.text(13);
  return take;
}

Result<void> insert(Database& database, const HistoryRow& row) {
  Statement former(database, kFormerRow);
  if (auto gone = former.bind(row.id).bind(row.started_ms).step(); !gone) return tl::unexpected(gone.error());
  Statement insert(database, kRow);
  insert.bind(row.id).bind(row.started_ms).bind(row.audio_ms).bind(row.outcome).bind(row.cause);
  insert.bind(row.stop_to_text_ms).bind(row.raw_text).bind(row.clean_text).bind(row.insert_method);
  insert.bind(row.receipt).bind(row.engine).bind(row.profile).bind(row.processor).bind(row.timings);
  const auto put = insert.step();
  return put ? Result<void>() : tl::unexpected(put.error());
}

}  // namespace

History::History(fs::path file) : file_(std::move(file)) {}

// Without a file that is to be made, and none is there, all is well and there is no database.
Result<void> History::open(bool make) {
  if (database_ && database_->is_in_place()) return {};
  database_.reset();
  {
    // SQLite itself would make it readable for all. Closed before SQLite opens it: closing a file takes away
    // all locks that the process has on it, and then another process would remove the log under our hands.
    const UniqueFd fd(::open(file_.c_str(), O_RDWR | O_CLOEXEC | (make ? O_CREAT : 0), 0600));
    if (!fd && errno == ENOENT && !make) return {};
    if (!fd) return fail(ErrorKind::failed, "cannot open " + file_.string() + ": " + std::strerror(errno));
  }
  database_ = std::make_unique<Database>(file_);
  auto prepared = prepare(*database_, file_);
  if (!prepared && !database_->is_damaged()) database_.reset();
  return prepared;
}

// `use` gets the database, and is not called where there is none. A second try is for the new one that takes
// the place of a damaged one.
template <class Value, class Use>
Result<Value> History::with_database(bool make, const Use& use) {
  const std::lock_guard lock(mutex_);
  for (int tries = 0;; ++tries) {
    const auto opened = open(make);
    if (opened && !database_) return Value();
    Result<Value> used = opened ? use(*database_) : tl::unexpected(opened.error());
    if (used || !database_ || !database_->is_damaged() || tries > 0) return used;
    if (auto aside = put_aside(); !aside) return tl::unexpected(aside.error());
  }
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
  return with_database<std::int64_t>(true, [&](Database& database) -> Result<std::int64_t> {
    auto done = database.run("BEGIN IMMEDIATE");
    if (!done) return tl::unexpected(done.error());
    done = insert(database, row);
    const auto id = database.number("SELECT last_insert_rowid()");
    const auto ended = database.run(done ? "COMMIT" : "ROLLBACK");
    if (done) done = ended;
    return done ? id : tl::unexpected(done.error());
  });
}

Result<std::vector<HistoryRow>> History::newest(std::size_t limit) {
  using Rows = std::vector<HistoryRow>;
  return with_database<Rows>(false, [&](Database& database) -> Result<Rows> {
    Statement select(database, "SELECT * FROM takes ORDER BY started_ms DESC, id DESC LIMIT ?");
    select.bind(static_cast<std::int64_t>(limit));
    Rows rows;
    auto row = select.step();
    for (; row && *row; row = select.step()) rows.push_back(to_row(select));
    if (!row) return tl::unexpected(row.error());
    return rows;
  });
}

std::int64_t History::last_id() {
  const auto last = with_database<std::int64_t>(
      false, [](Database& database) { return database.number("SELECT ifnull(max(id), 0) FROM takes"); });
  return last.value_or(0);
}

Result<void> History::wipe() {
  auto busy = with_database<std::int64_t>(false, [](Database& database) -> Result<std::int64_t> {
    for (const char* sql : {"DELETE FROM takes", "VACUUM"}) {
      if (auto done = database.run(sql); !done) return tl::unexpected(done.error());
    }
    return database.number("PRAGMA wal_checkpoint(TRUNCATE)");
  });
  Result<void> wiped;
  if (!busy) wiped = tl::unexpected(busy.error());
  if (busy && *busy != 0)
    wiped = fail(ErrorKind::failed, file_.string() + " is being read by another program: wipe it again");
  for (const fs::path& file : entries_of(file_.parent_path())) {
    if (!file.filename().string().starts_with(file_.filename().string() + ".damaged-")) continue;
    if (auto removed = remove_file(file); !removed && wiped) wiped = removed;
  }
  return wiped;
}

std::string History::take_notice() {
  const std::lock_guard lock(mutex_);
  return std::exchange(notice_, {});
}

}  // namespace diktate
