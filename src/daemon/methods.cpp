#include "daemon/methods.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "daemon/take_report.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 6> kEvents{"state", "level", "piece", "final", "late", "error"};
constexpr std::size_t kMostStored = 100;       // rows of an answer
constexpr std::size_t kLongestRows = 500'000;  // bytes of them: more would end the connection
constexpr std::size_t kReadings = 4;           // at a time

// False: there is no room for it, nor for others.
bool append_row(std::string& rows, const std::string& row) {
  if (!rows.empty() && rows.size() + row.size() > kLongestRows) return false;
  rows += (rows.empty() ? "" : ",") + row;
  return true;
}

// The timeline of a take of hours is longer than all its words.
std::string without_spans(const std::string& row) {
  Json json = Json::parse(row, nullptr, false);
  if (!json.is_object()) return row;
  json["spans"] = Json::array();
  return json_text(json);
}

Result<std::string> joined(const Result<std::vector<std::string>>& rows) {
  if (!rows) return tl::unexpected(rows.error());
  std::string text;
  for (const std::string& row : *rows) {
    if (!append_row(text, row.size() > kLongestRows ? without_spans(row) : row)) break;
  }
  return text;
}

}  // namespace

struct Methods::Call {
  RpcClientId client;
  std::string id;
  Json params;
};

// A method, and the parameters that it knows.
struct Methods::Row {
  std::string_view name;
  Method method;
  std::vector<std::string_view> params = {};
};

const std::vector<Methods::Row>& Methods::rows() {
  static const std::vector<Row> kRows{{"start", &Methods::start, {"profile"}},
                                      {"finish", &Methods::finish, {"wait"}},
                                      {"toggle", &Methods::toggle, {"profile"}},
                                      {"cancel", &Methods::cancel},
                                      {"status", &Methods::status},
                                      {"config", &Methods::config},
                                      {"history", &Methods::history, {"limit", "stored"}},
                                      {"insert-last", &Methods::insert_last},
                                      {"swap", &Methods::swap},
                                      {"subscribe", &Methods::subscribe, {"events"}}};
  return kRows;
}

void Methods::call(RpcClientId client, const RpcRequest& request) {
  const Call call{client, request.id, Json::parse(request.params, nullptr, false)};
  const auto row = std::find_if(rows().begin(), rows().end(),
                                [&](const Row& known) { return known.name == request.method; });
  if (row == rows().end()) {
    return refuse(call, RpcCode::no_such_method, "there is no such method; docs/rpc.md lists them");
  }
  for (const auto& [name, value] : call.params.items()) {
    if (std::find(row->params.begin(), row->params.end(), name) == row->params.end())
      return refuse(call, RpcCode::wrong_params, std::string(row->name) + " has no such parameter");
  }
  (this->*row->method)(call);
}

void Methods::start(const Call& call) {
  if (const auto profile = profile_in(call)) answer_take(call, parts_.takes.start(*profile));
}

void Methods::toggle(const Call& call) {
  if (const auto profile = profile_in(call)) answer_take(call, parts_.takes.toggle(*profile));
}

// Empty: none is named. Nothing: the call was refused.
std::optional<std::string> Methods::profile_in(const Call& call) {
  const auto profile = call.params.find("profile");
  if (profile == call.params.end()) return "";
  if (profile->is_string()) return profile->get<std::string>();
  refuse(call, RpcCode::wrong_params, "profile is a name");
  return {};
}

void Methods::cancel(const Call& call) { answer_take(call, parts_.takes.cancel()); }

void Methods::finish(const Call& call) {
  const auto wait = call.params.find("wait");
  if (wait != call.params.end() && !wait->is_boolean())
    return refuse(call, RpcCode::wrong_params, "wait is true or false");
  const bool waits = wait != call.params.end() && wait->get<bool>();
  const auto take = parts_.takes.finish();
  if (take && waits) return answer_report(call, *take);
  // It may have ended by itself a moment ago: its text is still wanted.
  if (!take && waits && parts_.takes.latest()) return answer_report(call, *parts_.takes.latest());
  answer_take(call, take);
}

void Methods::status(const Call& call) { parts_.server.answer(call.client, call.id, parts_.status()); }

void Methods::config(const Call& call) { parts_.server.answer(call.client, call.id, parts_.config()); }

void Methods::history(const Call& call) {
  std::size_t limit = SIZE_MAX;
  if (const auto given = call.params.find("limit"); given != call.params.end()) {
    if (!given->is_number_unsigned())
      return refuse(call, RpcCode::wrong_params, "limit is a whole number from 0");
    limit = given->get<std::size_t>();
  }
  const auto stored = call.params.find("stored");
  if (stored != call.params.end() && !stored->is_boolean())
    return refuse(call, RpcCode::wrong_params, "stored is true or false");
  if (stored != call.params.end() && stored->get<bool>()) return answer_stored(call, limit);
  std::string rows;
  for (const TakeReport& report : parts_.takes.history()) {
    if (limit-- == 0 || !append_row(rows, report_json(report))) break;
  }
  parts_.server.answer(call.client, call.id, "{\"takes\":[" + rows + "]}");
}

// The disk is read by a thread of its own. A client that does not wait for its answers is not given another.
void Methods::answer_stored(const Call& call, std::size_t limit) {
  const auto read = parts_.stored();
  if (!read) return refuse(call, RpcCode::failed, "no take is stored");
  if (parts_.readings.count() >= kReadings)
    return refuse(call, RpcCode::failed, "the history is being read for others: ask again");
  const auto rows = std::make_shared<Result<std::string>>();
  parts_.readings.run(
      "history",
      [=] { *rows = without_exceptions([&] { return joined(read(std::min(limit, kMostStored))); }); },
      [this, call, rows](const Result<void>& ran) {
        if (!ran) return refuse(call, RpcCode::failed, ran.error().message);
        if (!*rows) return refuse(call, RpcCode::failed, rows->error().message);
        parts_.server.answer(call.client, call.id, "{\"takes\":[" + **rows + "]}");
      });
}

void Methods::insert_last(const Call& call) {
  auto done = parts_.takes.insert_last(answer_inserted(call));
  if (!done) refuse(call, RpcCode::failed, done.error().message);
}

void Methods::swap(const Call& call) {
  auto done = parts_.takes.swap(answer_inserted(call));
  if (!done) refuse(call, RpcCode::failed, done.error().message);
}

Takes::OnInserted Methods::answer_inserted(const Call& call) {
  return [this, call](TakeNumber take, const std::string& text, const Result<Insertion>& inserted) {
    if (!inserted) return refuse(call, RpcCode::failed, inserted.error().message);
    parts_.server.answer(call.client, call.id, insertion_json(take, text, *inserted));
  };
}

void Methods::subscribe(const Call& call) {
  std::vector<std::string> wanted;
  const auto events = call.params.find("events");
  const bool given = events != call.params.end();
  if (given && !events->is_array()) return refuse(call, RpcCode::wrong_params, "events is a list of names");
  for (const Json& name : given ? *events : Json::array()) {
    if (!name.is_string() ||
        std::find(kEvents.begin(), kEvents.end(), name.get<std::string>()) == kEvents.end())
      return refuse(call, RpcCode::wrong_params, "events are state, level, piece, final, late and error");
    wanted.push_back(name.get<std::string>());
  }
  parts_.server.subscribe(call.client, std::move(wanted));
  parts_.server.answer(call.client, call.id, parts_.status());
}

void Methods::answer_take(const Call& call, const Result<TakeNumber>& take) {
  if (!take) {
    const bool wrong = take.error().kind == ErrorKind::invalid;
    return refuse(call, wrong ? RpcCode::wrong_params : RpcCode::failed, take.error().message);
  }
  const Json result = {{"take", *take}, {"state", to_string(parts_.takes.state())}};
  parts_.server.answer(call.client, call.id, result.dump());
}

void Methods::answer_report(const Call& call, TakeNumber take) {
  parts_.takes.await(take, [this, client = call.client, id = call.id](const TakeReport& report) {
    parts_.server.answer(client, id, report_json(report));
  });
}

void Methods::refuse(const Call& call, RpcCode code, const std::string& message) {
  if (!call.id.empty()) parts_.server.refuse(call.client, {code, message, call.id});
}

}  // namespace diktate
