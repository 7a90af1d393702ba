#include "recover_command.h"

#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "app/backends.h"
#include "app/history_json.h"
#include "app/take_closing.h"
#include "base/json_text.h"
#include "checks.h"
#include "console.h"
#include "processing_options.h"
#include "session.h"
#include "store/journal.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

std::string to_line(const TakeState& take) {
  return fmt::format("{:>5}  {}  {:>7.1f} s  {}\n", take.id, format_local_time(take.notes.started_ms),
                     seconds(take.samples), take.in_use ? "in use" : stage_of(take));
}

Result<void> list(const std::vector<TakeState>& takes, bool json) {
  std::string text;
  for (const TakeState& take : takes)
    text += json ? (text.empty() ? "" : ",") + unfinished_json(take) : to_line(take);
  return print_result(json ? "{\"unfinished\":[" + text + "]}\n" : text);
}

// Finishes takes one by one. Ctrl-C ends the program, as a crash would: what was done so far is on the disk.
class Finisher {
 public:
  Finisher(Journal& journal, bool json) : journal_(journal), json_(json) {}

  // Without a word said and printed, the take stays as it is.
  Result<void> finish(TakeId id) {
    auto record = journal_.resume(id);
    if (!record) return tl::unexpected(record.error());
    auto closing = finished(**record);
    if (!closing) return tl::unexpected(closing.error());
    if (auto printed = print_result(line(id, *closing)); !printed) return printed;
    return (*record)->close(*closing);
  }

 private:
  std::string line(TakeId id, const TakeClosing& closing) const {
    const Json json = {{"id", id}, {"outcome", to_string(closing.outcome)}, {"text", closing.clean_text}};
    if (json_) return json_text(json) + "\n";
    return closing.clean_text.empty() ? "" : closing.clean_text + "\n";
  }

  // From where it stopped.
  Result<TakeClosing> finished(JournalTake& record) {
    const TakeNotes& notes = record.state().notes;
    if (notes.clean_text) return closed_with(notes, *notes.clean_text);
    auto session = start(notes);
    if (!session) return tl::unexpected(session.error());
    if (!notes.raw_text) return transcribed(**session, record);
    const auto cleaned = (*session)->clean(*notes.raw_text);
    if (!cleaned) return tl::unexpected(cleaned.error());
    record.clean_text(*cleaned);
    return closed_with(notes, *cleaned);
  }

  static TakeClosing closed_with(const TakeNotes& notes, const std::string& text) {
    TakeClosing closing;
    closing.outcome = text.empty() ? Outcome::empty : Outcome::delivered;
    closing.raw_text = notes.raw_text.value_or("");
    closing.clean_text = text;
    return closing;
  }

  // With the engine and the profile that it was begun with.
  static Result<std::unique_ptr<Session>> start(const TakeNotes& notes) {
    auto session = Session::start({notes.engine.empty() ? engine_names().front() : notes.engine});
    if (!session) return session;
    auto profile = chosen_profile({.profile = notes.profile});
    if (!profile && profile.error().kind == ErrorKind::invalid) {
      print_warning(profile.error().message + "; 'standard' has to do");
      profile = chosen_profile({.profile = "standard"});
    }
    if (!profile) return tl::unexpected(profile.error());
    if (const std::string lack = lack_of_model(*profile); !lack.empty()) {
      print_warning(lack + "; until then the words themselves are what is recovered");
      profile->prompt.mode = TaskMode::standard;
    }
    if (auto ready = (*session)->clean_with(*profile); !ready) return tl::unexpected(ready.error());
    return session;
  }

  Result<TakeClosing> transcribed(Session& session, JournalTake& record) {
    auto audio = session.open(InputOptions{journal_.audio_of(record.state().id).string()});
    if (!audio) return tl::unexpected(audio.error());
    const Session::Listeners listeners{[](const InsertRequest&) { return Result<void>(); }, {}, &record};
    const Take take = session.run(*audio->source, file_options(), listeners, {}, {});
    for (const auto& warning : session.take_warnings()) print_warning(warning);
    if (take.broken) return fail(ErrorKind::failed, take.cause);
    TakeClosing closing = closing_of(take);
    closing.stop_to_text_ms.reset();  // nobody waited
    return closing;
  }

  Journal& journal_;
  const bool json_;
};

int finish(Journal& journal, const std::vector<TakeId>& ids, bool json) {
  Finisher finisher(journal, json);
  int exit_code = kSuccess;
  for (const TakeId id : ids) {
    const auto finished = finisher.finish(id);
    if (!finished) exit_code = failed(fmt::format("take {}: {}", id, finished.error().message));
  }
  return exit_code;
}

std::string is_take(const std::string& value) {
  const Check is_number = number_between<TakeId>(1, std::numeric_limits<TakeId>::max());
  return is_number(value).empty() ? "" : fmt::format("'{}' is not the number of a take", value);
}

std::vector<TakeId> left_ones(const std::vector<TakeState>& takes) {
  std::vector<TakeId> ids;
  for (const TakeState& take : takes) {
    if (!take.in_use) ids.push_back(take.id);
  }
  return ids;
}

}  // namespace

CLI::App* add_recover(CLI::App& app, RecoverCommand& options) {
  CLI::App* command =
      app.add_subcommand("recover", "Takes that were not finished: what there is, or finish them");
  auto* finish = command->add_option("--finish", options.finish, "Recognise and clean it, and print its text")
                     ->check(is_take)
                     ->type_name("ID");
  auto* discard =
      command->add_option("--discard", options.discard, "Throw it away")->check(is_take)->type_name("ID");
  auto* all = command->add_flag("--all", options.all, "Finish all");
  finish->excludes(discard)->excludes(all);
  discard->excludes(all);
  command->add_flag("--json", options.json, "As JSON, in one line, or a line a take that is finished");
  return command;
}

void warn_of_unfinished(const Journal& journal) {
  const auto left = left_ones(journal.unfinished()).size();
  if (left > 0)
    print_warning(fmt::format("{} unfinished: see 'diktate recover'",
                              left == 1 ? "a take is" : fmt::format("{} takes are", left)));
}

int run_recover(const RecoverCommand& command) {
  const auto privacy = chosen_privacy();
  if (!privacy) return failed(privacy.error().message);
  Journal journal({.privacy = *privacy});
  if (command.finish) return finish(journal, {*command.finish}, command.json);
  if (command.all) return finish(journal, left_ones(journal.unfinished()), command.json);
  const auto done =
      command.discard ? journal.discard(*command.discard) : list(journal.unfinished(), command.json);
  return done ? kSuccess : failed(done.error().message);
}

}  // namespace diktate
