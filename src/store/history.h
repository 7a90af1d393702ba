// The takes that are over, as rows of a SQLite database: texts, figures, and what became of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace diktate {

// What is empty, or none, was not known or is not kept at the privacy level of the take.
struct HistoryRow {
  std::int64_t id = 0;
  std::int64_t started_ms = 0;  // Unix time
  std::int64_t audio_ms = 0;    // how much was heard
  std::string outcome;          // as to_string(Outcome) spells it
  std::string cause;
  std::optional<double> stop_to_text_ms = {};
  std::optional<std::string> raw_text = {};
  std::optional<std::string> clean_text = {};
  std::string insert_method = {};
  std::string receipt = {};  // one of kReceiptNames
  std::string engine = {};
  std::string profile = {};
  std::string processor = {};
  std::string timings = {};          // JSON: the spans
  std::filesystem::path audio = {};  // where the sound is; not in the database
};

// Thread-safe; every call waits on the disk, and for another process that writes at most a second. The
// database is made by the first put(), in a folder that exists. One that is damaged is put aside under the
// name FILE.damaged-N, and a new one is begun: take_notice() says so. One of a newer program is refused.
class History {
 public:
  explicit History(std::filesystem::path file);

  // The row gets its own number if it is free, or holds an earlier row of the same take; otherwise the next
  // free one. On the disk when it returns. Answers with the number.
  Result<std::int64_t> put(const HistoryRow& row);

  // The newest first. No database is no row.
  Result<std::vector<HistoryRow>> newest(std::size_t limit);

  // The highest number that was given; 0: none, or it cannot be told.
  std::int64_t last_id();

  // Overwrites and removes every row, and what was put aside.
  Result<void> wipe();

  // What the user should know since the last call, one line; empty: nothing.
  std::string take_notice();

 private:
  template <class Value, class Use>
  Result<Value> with_database(bool make, const Use& use);
  Result<void> open(bool make);
  Result<void> put_aside();

  const std::filesystem::path file_;
  std::mutex mutex_;
  std::unique_ptr<Database> database_;  // none: not opened yet, or there is no file
  std::string notice_;
};

}  // namespace diktate
