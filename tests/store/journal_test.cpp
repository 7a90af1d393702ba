#include "store/journal.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "audio/file_source.h"
#include "journal_fixture.h"
#include "skip.h"

namespace diktate {
namespace {

constexpr std::string_view kRaw = "um the secret raw words";
constexpr std::string_view kClean = "The secret clean words.";

TakeClosing delivered() {
  TakeClosing closing;
  closing.outcome = Outcome::delivered;
  closing.stop_to_text_ms = 120.5;
  closing.raw_text = kRaw;
  closing.clean_text = kClean;
  closing.processor = "rules";
  closing.insert_method = "paste Ctrl+V";
  closing.receipt = Receipt::target;
  closing.timings = "[]";
  return closing;
}

class JournalTest : public JournalFixture {
 protected:
  // A whole take.
  static Result<void> dictate(Journal& journal, const TakeClosing& closing) {
    const auto take = journal.begin({"engine", "profile"});
    take->samples(sound(0, kSampleRate));
    take->transcript(kRaw);
    take->clean_text(kClean);
    EXPECT_TRUE(take->warnings().empty()) << take->warnings().front();
    return take->close(closing);
  }

  static std::vector<HistoryRow> rows(Journal& journal) {
    auto rows = journal.history(100);
    EXPECT_TRUE(rows) << rows.error().message;
    return rows.value_or(std::vector<HistoryRow>());
  }

  bool has_takes() const { return std::filesystem::exists(takes) && !std::filesystem::is_empty(takes); }
};

TEST_F(JournalTest, KeepsSoundAndTextsOnTheDiskWhileTheTakeRuns) {
  Journal journal(options());
  const auto take = journal.begin({"moonshine-base", "standard"});
  take->samples(sound(0, 512));
  take->samples(sound(512, 1100));
  const auto audio = journal.audio_of(take->state().id);
  EXPECT_EQ(known_samples(audio), 1100);
  EXPECT_FALSE(anywhere(kRaw));
  take->transcript(kRaw);
  EXPECT_TRUE(anywhere(kRaw));
  EXPECT_FALSE(anywhere(kClean));
  take->clean_text(kClean);
  EXPECT_TRUE(anywhere(kClean));

  const auto unfinished = journal.unfinished();
  ASSERT_EQ(unfinished.size(), 1U);
  EXPECT_EQ(unfinished[0].samples, 1100);
  EXPECT_TRUE(unfinished[0].in_use);
  EXPECT_EQ(unfinished[0].notes.engine, "moonshine-base");
  EXPECT_EQ(unfinished[0].notes.profile, "standard");
  EXPECT_EQ(unfinished[0].notes.raw_text, kRaw);
  EXPECT_EQ(unfinished[0].notes.clean_text, kClean);
  EXPECT_GT(unfinished[0].notes.started_ms, 0);
}

TEST_F(JournalTest, FilesAreForTheirOwnerAlone) {
  Journal journal(options(PrivacyLevel::everything));
  ASSERT_TRUE(dictate(journal, delivered()));
  leave_unfinished(journal);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(state)) {
    const auto others = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
    EXPECT_EQ(entry.status().permissions() & others, std::filesystem::perms::none) << entry.path();
  }
}

TEST_F(JournalTest, ADeliveredTakeIsARowAndItsSoundIsGone) {
  Journal journal(options());
  ASSERT_TRUE(dictate(journal, delivered()));
  EXPECT_FALSE(has_takes());
  const auto history = rows(journal);
  ASSERT_EQ(history.size(), 1U);
  const HistoryRow& row = history[0];
  EXPECT_EQ(row.outcome, "delivered");
  EXPECT_EQ(row.audio_ms, 1000);
  EXPECT_EQ(row.stop_to_text_ms, 120.5);
  EXPECT_EQ(row.clean_text, kClean);
  EXPECT_FALSE(row.raw_text);
  EXPECT_EQ(row.insert_method, "paste Ctrl+V");
  EXPECT_EQ(row.receipt, "target");
  EXPECT_EQ(row.engine, "engine");
  EXPECT_EQ(row.profile, "profile");
  EXPECT_EQ(row.processor, "rules");
  EXPECT_EQ(row.timings, "[]");
  EXPECT_TRUE(row.audio.empty());
  EXPECT_FALSE(anywhere(kRaw));
}

TEST_F(JournalTest, AGhostWritesNothingAtAll) {
  Journal journal(options(PrivacyLevel::ghost));
  journal.get_ready();
  ASSERT_TRUE(dictate(journal, delivered()));
  EXPECT_FALSE(std::filesystem::exists(state));
  Journal other(options(PrivacyLevel::everything));
  const auto take = other.begin({"engine", "profile", true});
  take->samples(sound(0, 100));
  take->transcript(kRaw);
  EXPECT_FALSE(take->keeps({}));
  ASSERT_TRUE(take->close(delivered()));
  EXPECT_FALSE(std::filesystem::exists(state));
}

TEST_F(JournalTest, KeepsATextThatWaitsWhereTheHistoryHasNone) {
  for (const auto level : {PrivacyLevel::numbers, PrivacyLevel::text}) {
    Journal journal(options(level));
    const auto take = journal.begin({});
    take->samples(sound(0, 100));
    take->transcript(kRaw);
    TakeClosing held = delivered();
    EXPECT_FALSE(take->keeps(held));
    held.held = true;
    EXPECT_EQ(take->keeps(held), level == PrivacyLevel::numbers);
    held.outcome = Outcome::cancelled;
    EXPECT_FALSE(take->keeps(held));
  }
}

TEST_F(JournalTest, NumbersAreAllThatIsLeftAtTheirLevel) {
  Journal journal(options(PrivacyLevel::numbers));
  ASSERT_TRUE(dictate(journal, delivered()));
  EXPECT_FALSE(anywhere("secret"));
  const auto history = rows(journal);
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history[0].stop_to_text_ms, 120.5);
  EXPECT_FALSE(history[0].clean_text);
  EXPECT_FALSE(has_takes());
}

TEST_F(JournalTest, EverythingIncludesTheSound) {
  Journal journal(options(PrivacyLevel::everything));
  ASSERT_TRUE(dictate(journal, delivered()));
  const auto history = rows(journal);
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history[0].raw_text, kRaw);
  EXPECT_EQ(known_samples(history[0].audio), kSampleRate);
  EXPECT_FALSE(has_takes());
}

TEST_F(JournalTest, ACancelledTakeLeavesNoWord) {
  Journal journal(options(PrivacyLevel::everything));
  ASSERT_TRUE(dictate(journal, {.outcome = Outcome::cancelled}));
  EXPECT_FALSE(anywhere("secret"));
  EXPECT_FALSE(has_takes());
  ASSERT_EQ(rows(journal).size(), 1U);
  EXPECT_EQ(rows(journal)[0].outcome, "cancelled");
}

TEST_F(JournalTest, AFailedTakeCanStillBeResumed) {
  Journal journal(options());
  TakeClosing failed = delivered();
  failed.outcome = Outcome::failed;
  failed.cause = "cannot write to standard output";
  ASSERT_TRUE(dictate(journal, failed));
  ASSERT_EQ(rows(journal).size(), 1U);
  EXPECT_EQ(rows(journal)[0].cause, "cannot write to standard output");
  const auto unfinished = journal.unfinished();
  ASSERT_EQ(unfinished.size(), 1U);
  EXPECT_FALSE(unfinished[0].in_use);

  const auto take = journal.resume(unfinished[0].id);
  ASSERT_TRUE(take);
  EXPECT_EQ((*take)->state().notes.clean_text, kClean);
  ASSERT_TRUE((*take)->close(delivered()));
  EXPECT_FALSE(has_takes());
  ASSERT_EQ(rows(journal).size(), 1U) << "the row of a take is one";
  EXPECT_EQ(rows(journal)[0].outcome, "delivered");
  EXPECT_EQ(rows(journal)[0].audio_ms, 1000);
}

TEST_F(JournalTest, ATakeWithWordsThatWereNotRecognisedKeepsItsSound) {
  Journal journal(options());
  TakeClosing closing = delivered();
  closing.outcome = Outcome::delivered_fallback;
  closing.lost = true;
  ASSERT_TRUE(dictate(journal, closing));
  ASSERT_EQ(journal.unfinished().size(), 1U);
  EXPECT_EQ(rows(journal).at(0).outcome, "delivered_fallback");
}

TEST_F(JournalTest, AFailedTakeInWhichNothingWasSaidIsOver) {
  Journal journal(options());
  const auto take = journal.begin({});
  take->samples(sound(0, 100));
  take->transcript("");
  ASSERT_TRUE(take->close({.outcome = Outcome::failed, .cause = "the microphone is gone"}));
  EXPECT_FALSE(has_takes());
}

TEST_F(JournalTest, ATakeOfWhichNothingWasHeardLeavesNoFile) {
  Journal journal(options());
  journal.begin({});
  EXPECT_FALSE(has_takes());
}

TEST_F(JournalTest, UnfinishedTakesAreFoundResumedAndDiscarded) {
  Journal journal(options());
  const TakeId first = leave_unfinished(journal, 1000);
  const TakeId second = leave_unfinished(journal, 2000);
  ASSERT_NE(first, second);
  {
    const auto take = journal.resume(first);
    ASSERT_TRUE(take);
    (*take)->samples(sound(0, 100));  // a recording that is played into it is there already
    EXPECT_EQ(known_samples(journal.audio_of(first)), 1000);
    const auto again = journal.resume(first);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::invalid);
    EXPECT_FALSE(journal.discard(first));
    EXPECT_TRUE(journal.unfinished()[0].in_use);
  }
  EXPECT_EQ(journal.unfinished().size(), 2U) << "a take that is not closed is there still";
  ASSERT_TRUE(journal.discard(first));
  ASSERT_EQ(journal.unfinished().size(), 1U);
  EXPECT_EQ(journal.unfinished()[0].id, second);
  const auto gone = journal.resume(first);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().message, "there is no unfinished take " + std::to_string(first));
}

TEST_F(JournalTest, TheNextTakeIsReadyBeforeItBegins) {
  Journal journal(options());
  bool was_ready = false;
  for (int i = 0; i < 500 && !was_ready; ++i) {
    journal.get_ready();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_TRUE(journal.unfinished().empty()) << "nothing was heard";
    const std::size_t before = files();
    const auto take = journal.begin({});
    was_ready = before > 0 && files() == before;
  }
  EXPECT_TRUE(was_ready);
}

TEST_F(JournalTest, AReadyTakeHasANumberThatTheHistoryHasNot) {
  {
    Journal journal(options());
    ASSERT_TRUE(dictate(journal, delivered()));
    ASSERT_EQ(rows(journal).size(), 1U);
  }
  Journal journal(options());
  journal.get_ready();
  for (int i = 0; i < 500 && !has_takes(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_TRUE(std::filesystem::exists(audio_path(takes, rows(journal).front().id + 1)));
}

TEST_F(JournalTest, ReadyFilesGoWithTheJournalOrWithTheNextOne) {
  {
    Journal journal(options());
    journal.get_ready();
    for (int i = 0; i < 500 && !has_takes(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_FALSE(has_takes());
  ASSERT_TRUE(TakeFiles::create(takes, 7));  // and gone, as after a SIGKILL
  ASSERT_TRUE(has_takes());
  Journal journal(options());
  journal.get_ready();
  const auto left = audio_path(takes, 7);
  for (int i = 0; i < 500 && std::filesystem::exists(left); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_FALSE(std::filesystem::exists(left));
}

TEST_F(JournalTest, ARemovalThatWasCutShortIsGoneOnWith) {
  Journal journal(options());
  const TakeId first = leave_unfinished(journal);
  const TakeId second = leave_unfinished(journal);
  const auto notes_of = [this](TakeId id) { return takes / (std::to_string(id) + ".jsonl"); };
  std::ofstream(notes_of(first), std::ios::app) << "\n{\"raw_text\":\"secret\"}\n\n{\"over\":true}\n";
  std::filesystem::remove(journal.audio_of(second));
  EXPECT_TRUE(journal.unfinished().empty());
  journal.get_ready();
  for (int i = 0; i < 500 && std::filesystem::exists(journal.audio_of(first)); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_FALSE(anywhere("secret"));
  EXPECT_FALSE(std::filesystem::exists(notes_of(second)));
}

TEST_F(JournalTest, FilesThatWereRemovedMeanwhileAreMadeAnew) {
  Journal journal(options());
  journal.get_ready();
  for (int i = 0; i < 500 && !has_takes(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::filesystem::remove_all(state);
  const TakeId id = leave_unfinished(journal);
  EXPECT_EQ(known_samples(journal.audio_of(id)), 3200);
}

TEST_F(JournalTest, WipingLeavesNoTrace) {
  Journal journal(options(PrivacyLevel::everything));
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(dictate(journal, delivered()));
  leave_unfinished(journal);
  const auto living = journal.begin({});
  living->samples(sound(0, 100));
  ASSERT_TRUE(anywhere("secret"));
  const auto wiped = journal.wipe();
  ASSERT_TRUE(wiped) << wiped.error().message;
  EXPECT_FALSE(anywhere("secret"));
  EXPECT_TRUE(rows(journal).empty());
  ASSERT_EQ(journal.unfinished().size(), 1U) << "what is being spoken is not wiped";
  EXPECT_TRUE(std::filesystem::is_empty(state / "audio"));
  EXPECT_EQ(std::filesystem::file_size(state / "history.db-wal"), 0U);
}

TEST_F(JournalTest, WipingAndReadingMakeNoFiles) {
  Journal journal(options());
  EXPECT_TRUE(journal.wipe());
  EXPECT_TRUE(rows(journal).empty());
  EXPECT_TRUE(journal.unfinished().empty());
  EXPECT_FALSE(std::filesystem::exists(state));
}

TEST_F(JournalTest, TakesOfTwoProgramsDoNotMeet) {
  Journal one(options());
  Journal other(options());
  const auto take = one.begin({});
  const auto meanwhile = other.begin({});
  take->samples(sound(0, 100));
  meanwhile->samples(sound(0, 200));
  EXPECT_NE(take->state().id, meanwhile->state().id);
  ASSERT_TRUE(take->close(delivered()));
  ASSERT_TRUE(meanwhile->close(delivered()));
  EXPECT_EQ(rows(one).size(), 2U);
}

TEST_F(JournalTest, AFolderThatCannotBeMadeIsOneWarning) {
  std::ofstream(folder / "file").put('x');
  Journal journal({folder / "file" / "state", PrivacyLevel::text});
  journal.get_ready();
  const auto take = journal.begin({});
  for (int i = 0; i < 10; ++i) take->samples(sound(0, 512));
  take->transcript(kRaw);
  take->clean_text(kClean);
  ASSERT_EQ(take->warnings().size(), 1U);
  EXPECT_NE(take->warnings()[0].find("a crash would lose this take: cannot make the folder"),
            std::string::npos);
  EXPECT_FALSE(take->keeps({}));
  EXPECT_TRUE(take->close(delivered())) << "it was said";
}

TEST_F(JournalTest, AFolderOfAnotherUserIsNotWrittenTo) {
  if (::geteuid() != 0) DIKTATE_SKIP("needs root, to give a folder away");
  std::filesystem::create_directory(state);
  ASSERT_EQ(::chown(state.c_str(), 65534, 65534), 0);
  Journal journal(options());
  const auto take = journal.begin({});
  ASSERT_EQ(take->warnings().size(), 1U);
  EXPECT_NE(take->warnings()[0].find("belongs to another user"), std::string::npos);
  EXPECT_TRUE(std::filesystem::is_empty(state));
}

TEST_F(JournalTest, AFolderThatIsReadOnlyIsOneWarning) {
  std::filesystem::permissions(folder,
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  const bool root = ::geteuid() == 0;
  ASSERT_TRUE(!root || ::seteuid(65534) == 0);  // whom permissions do stop
  {
    Journal journal(options());
    const auto take = journal.begin({});
    take->samples(sound(0, 512));
    ASSERT_EQ(take->warnings().size(), 1U);
    EXPECT_NE(take->warnings()[0].find("Permission denied"), std::string::npos);
    EXPECT_TRUE(take->close(delivered()));
  }
  ASSERT_TRUE(!root || ::seteuid(0) == 0);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  EXPECT_EQ(files(), 0U);
}

TEST_F(JournalTest, AHistoryThatIsLockedCostsItsRowAlone) {
  Journal journal(options());
  ASSERT_TRUE(dictate(journal, delivered()));
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open((state / "history.db").c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr), SQLITE_OK);
  const auto closed = dictate(journal, delivered());
  ASSERT_FALSE(closed);
  EXPECT_NE(closed.error().message.find("this take is not in the history: "), std::string::npos);
  EXPECT_FALSE(has_takes()) << "it was delivered";
  TakeClosing held = delivered();
  held.held = true;
  ASSERT_FALSE(dictate(journal, held));
  EXPECT_TRUE(has_takes()) << "it is nowhere else";
  sqlite3_close(other);
  EXPECT_TRUE(dictate(journal, delivered()));
  EXPECT_EQ(rows(journal).size(), 2U);
}

TEST_F(JournalTest, ADamagedHistoryIsSaidOnceAndTheTakeIsInTheNewOne) {
  std::filesystem::create_directory(state);
  std::ofstream(state / "history.db") << std::string(5000, 'x');
  Journal journal(options());
  ASSERT_TRUE(dictate(journal, delivered()));
  EXPECT_EQ(journal.take_warnings().size(), 1U);
  EXPECT_TRUE(journal.take_warnings().empty());
  EXPECT_EQ(rows(journal).size(), 1U);
}

TEST_F(JournalTest, AFullDiskCostsNoTakeAndNoHalfSample) {
  Journal journal(options());
  const auto take = journal.begin({});
  ASSERT_TRUE(take->warnings().empty());
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit former{};
  ::getrlimit(RLIMIT_FSIZE, &former);
  const rlimit full{44 + 2 * 1000 + 1, former.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &full);
  take->samples(sound(0, 600));
  take->samples(sound(600, 1200));
  take->samples(sound(600, 1000));  // there is room for some again
  ::setrlimit(RLIMIT_FSIZE, &former);
  take->samples(sound(1000, 1500));
  take->transcript(kRaw);
  ASSERT_EQ(take->warnings().size(), 1U);
  EXPECT_NE(take->warnings()[0].find("File too large"), std::string::npos);
  EXPECT_EQ(known_samples(journal.audio_of(take->state().id)), 1500);
  EXPECT_EQ(journal.unfinished()[0].notes.raw_text, kRaw);
}

TEST_F(JournalTest, ATakeCutAnywhereIsWholeUpToThere) {
  Journal journal(options());
  const TakeId id = leave_unfinished(journal, 100);
  const auto audio = journal.audio_of(id);
  for (std::uintmax_t size = std::filesystem::file_size(audio); size-- > 0;) {
    std::filesystem::resize_file(audio, size);
    const auto unfinished = journal.unfinished();
    const auto samples = size < 46 ? 0 : static_cast<std::int64_t>((size - 44) / 2);
    ASSERT_EQ(unfinished.size(), samples > 0 ? 1U : 0U) << size;
    for (const TakeState& take : unfinished) EXPECT_EQ(take.samples, samples);
  }
}

TEST_F(JournalTest, SoundThatWasCutIsARecordingLikeAnyOther) {
  Journal journal(options());
  const TakeId id = leave_unfinished(journal, 1000);
  std::filesystem::resize_file(journal.audio_of(id), 44 + 2 * 700 + 1);
  const SteadyClock clock;
  const auto audio = open_file({journal.audio_of(id)}, clock);
  ASSERT_TRUE(audio) << audio.error().message;
  Samples samples(1000);
  EXPECT_EQ(audio->source->read(samples, {}), 700U);
  samples.resize(700);
  EXPECT_EQ(samples, sound(0, 700));
  EXPECT_TRUE(audio->source->warnings().empty());
}

TEST_F(JournalTest, NotesCutAnywhereSayWhatIsWhole) {
  Journal journal(options());
  const TakeId id = leave_unfinished(journal, 100);
  {
    const auto take = journal.resume(id);
    (*take)->transcript(kRaw);
    (*take)->clean_text(kClean);
  }
  const auto notes = takes / (std::to_string(id) + ".jsonl");
  const std::string whole = content(notes);
  const std::size_t raw_ends = whole.find(kRaw) + kRaw.size();
  for (std::size_t size = whole.size(); size-- > 0;) {
    std::filesystem::resize_file(notes, size);
    const auto unfinished = journal.unfinished();
    ASSERT_EQ(unfinished.size(), 1U);
    EXPECT_FALSE(unfinished[0].notes.clean_text) << size;
    EXPECT_EQ(unfinished[0].notes.raw_text.has_value(), size > raw_ends + 2) << size;
    EXPECT_GT(unfinished[0].notes.started_ms, 0) << "dated by its sound, if need be";
  }
}

}  // namespace
}  // namespace diktate
