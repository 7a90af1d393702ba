#include "store/history.h"

#include <fstream>

#include <sqlite3.h>

#include "journal_fixture.h"

namespace diktate {
namespace {

HistoryRow row_of(std::int64_t id, const std::string& text) {
  HistoryRow row;
  row.id = id;
  row.started_ms = 1000 + id;
  row.outcome = "delivered";
  row.clean_text = text;
  return row;
}

class HistoryTest : public JournalFixture {
 protected:
  HistoryTest() { std::filesystem::create_directory(state); }

  void execute(const char* sql) const {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
  }

  std::filesystem::path file = state / "history.db";
};

TEST_F(HistoryTest, GivesTheNewestFirst) {
  History history(file);
  EXPECT_EQ(history.last_id(), 0);
  for (int id = 1; id <= 3; ++id) EXPECT_EQ(history.put(row_of(id, std::to_string(id))), id);
  EXPECT_EQ(history.last_id(), 3);
  const auto rows = History(file).newest(2);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[0].clean_text, "3");
  EXPECT_EQ((*rows)[1].clean_text, "2");
  EXPECT_FALSE((*rows)[0].stop_to_text_ms);
}

TEST_F(HistoryTest, ANumberThatIsTakenByAnotherTakeIsNotTakenFromIt) {
  History history(file);
  ASSERT_EQ(history.put(row_of(5, "first")), 5);
  HistoryRow other = row_of(5, "second");
  other.started_ms = 9999;
  EXPECT_EQ(history.put(other), 6);
  EXPECT_EQ(history.put(row_of(5, "first again")), 5);
  const auto rows = history.newest(10);
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[1].clean_text, "first again");
}

TEST_F(HistoryTest, KeepsTextsAsTheyAre) {
  History history(file);
  const std::string text("A\0B “ü” 😀\n", 18);
  ASSERT_TRUE(history.put(row_of(1, text)));
  EXPECT_EQ((*history.newest(1))[0].clean_text, text);
}

TEST_F(HistoryTest, OneOfANewerProgramIsRefusedAndLeftAlone) {
  ASSERT_TRUE(History(file).put(row_of(1, "kept")));
  execute("PRAGMA user_version=2");
  History history(file);
  const auto put = history.put(row_of(2, "new"));
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().message, file.string() +
                                     " was written by a newer diktate (version 2; this one reads "
                                     "version 1): update diktate");
  EXPECT_FALSE(history.newest(1));
  EXPECT_FALSE(history.wipe());
  execute("PRAGMA user_version=1");
  EXPECT_EQ((*history.newest(9)).size(), 1U);
}

TEST_F(HistoryTest, OneThatIsDamagedIsPutAsideAndSaid) {
  for (int number = 1; number <= 2; ++number) {
    std::ofstream(file) << std::string(5000, 'x');
    History history(file);
    ASSERT_TRUE(history.put(row_of(1, "new")));
    const auto aside = file.string() + ".damaged-" + std::to_string(number);
    EXPECT_EQ(history.take_notice(),
              "the history was damaged: it is put aside as " + aside + ", and a new one begun");
    EXPECT_EQ(history.take_notice(), "");
    EXPECT_EQ(content(aside), std::string(5000, 'x'));
    EXPECT_EQ(history.newest(9)->size(), 1U);
  }
  ASSERT_TRUE(History(file).wipe());
  EXPECT_EQ(files(), 1U) << "what was put aside is wiped, too";
}

TEST_F(HistoryTest, DamageInTheMiddleIsFoundWhenItIsRead) {
  {
    History history(file);
    for (int id = 1; id <= 200; ++id) ASSERT_TRUE(history.put(row_of(id, std::string(500, 'a'))));
  }
  const auto size = std::filesystem::file_size(file);
  ASSERT_GT(size, 50'000U);
  {
    std::fstream damage(file, std::ios::in | std::ios::out | std::ios::binary);
    damage.seekp(4096);
    damage << std::string(size - 4096, '\xA5');
  }
  History history(file);
  const auto rows = history.newest(500);
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_TRUE(rows->empty());
  EXPECT_NE(history.take_notice(), "");
  EXPECT_EQ(history.put(row_of(1, "new")), 1);
}

TEST_F(HistoryTest, ALockedOneIsAnErrorAndUsedAgainAfterwards) {
  History history(file);
  ASSERT_TRUE(history.put(row_of(1, "one")));
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  const auto put = history.put(row_of(2, "two"));
  ASSERT_FALSE(put);
  EXPECT_NE(put.error().message.find("database is locked"), std::string::npos);
  EXPECT_EQ(history.newest(9)->size(), 1U) << "who reads waits for nobody";
  sqlite3_close(other);
  EXPECT_TRUE(history.put(row_of(2, "two")));
}

TEST_F(HistoryTest, OneThatIsRemovedMeanwhileIsMadeAnew) {
  History history(file);
  ASSERT_TRUE(history.put(row_of(1, "one")));
  for (const char* rest : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + rest);
  EXPECT_TRUE(history.newest(9)->empty());
  ASSERT_TRUE(history.put(row_of(2, "two")));
  EXPECT_EQ(History(file).newest(9)->size(), 1U);
}

}  // namespace
}  // namespace diktate
