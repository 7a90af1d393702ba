#include "llm/exchange.h"

#include <optional>
#include <utility>

#include "net/line_parser.h"

namespace diktate {
namespace {

// Takes the bytes of an answer to its parser.
class Reading {
 public:
  Reading(const Service& service, StreamFormat format, ReplyParser& parser)
      : service_(service), parser_(parser), format_(format) {}

  Result<void> push(std::string_view bytes) {
    if (first_ == '\0') look_at(bytes);
    if (first_ == '<') return give_up(error_of_stranger(service_, "HTML"));
    if (!is_whole())
      return checked(format_ == StreamFormat::sse ? events_.push(bytes, on_event_)
                                                  : lines_.push(bytes, on_line_));
    if (whole_.size() + bytes.size() > kLongestLine) return too_large();
    whole_ += bytes;
    return {};
  }

  Result<void> finish() {
    if (!whole_.empty()) return feed({}, whole_);
    return checked(format_ == StreamFormat::sse ? events_.finish(on_event_) : lines_.finish(on_line_));
  }

  bool saw_something() const { return fed_ > 0; }
  const std::optional<LlmError>& error() const { return error_; }

 private:
  void look_at(std::string_view bytes) {
    const std::size_t at = bytes.find_first_not_of(" \t\r\n");
    if (at != std::string_view::npos) first_ = bytes[at];
  }

  // JSON where events were asked for.
  bool is_whole() const { return format_ == StreamFormat::sse && (first_ == '{' || first_ == '['); }

  Result<void> feed(std::string_view type, std::string_view data) {
    ++fed_;
    auto fed = parser_.feed(type, data);
    return fed ? Result<void>() : give_up(std::move(fed.error()));
  }

  Result<void> give_up(LlmError error) {
    error_ = std::move(error);
    return tl::unexpected(to_error(*error_));
  }

  Result<void> too_large() { return give_up(error_of_stranger(service_, "an endless line")); }
  Result<void> checked(const Result<void>& read) { return read || error_ ? read : too_large(); }

  const Service& service_;
  ReplyParser& parser_;
  StreamFormat format_;
  EventReader events_;
  LineReader lines_;
  EventReader::OnEvent on_event_ = [this](const ServerEvent& event) { return feed(event.name, event.data); };
  LineReader::OnLine on_line_ = [this](std::string_view line) {
    return line.find_first_not_of(" 	") == std::string_view::npos ? Result<void>() : feed({}, line);
  };
  std::string whole_;
  char first_ = '\0';
  int fed_ = 0;
  std::optional<LlmError> error_;
};

LlmError error_of(const Service& service, const HttpResponse& response) {
  return error_of_status(service, response.status, response.body, response.header("retry-after"));
}

}  // namespace

LlmResult<LlmAnswer> converse(HttpClient& http, const Service& service, const HttpRequest& request,
                              StreamFormat format, ReplyParser& parser, std::stop_token cancel) {
  Reading reading(service, format, parser);
  const auto response = http.stream(
      request, [&](std::string_view bytes) { return reading.push(bytes); }, std::move(cancel));
  if (response && response->ok()) (void)reading.finish();
  if (reading.error()) return tl::unexpected(*reading.error());
  if (!response) return tl::unexpected(error_of_transport(service, response.error()));
  if (!response->ok()) return tl::unexpected(error_of(service, *response));
  if (!reading.saw_something()) {
    return tl::unexpected(error_of_stranger(service, response->header("content-type")));
  }
  if (auto good = usable(service, parser.reply()); !good) return tl::unexpected(good.error());
  return LlmAnswer{parser.reply(), response->timings};
}

LlmResult<Json> ask_json(HttpClient& http, const Service& service, const HttpRequest& request,
                         std::stop_token cancel, HttpTimings* timings) {
  const auto response = http.request(request, std::move(cancel));
  if (!response) return tl::unexpected(error_of_transport(service, response.error()));
  if (timings != nullptr) *timings = response->timings;
  if (!response->ok()) return tl::unexpected(error_of(service, *response));
  auto json = Json::parse(response->body);
  if (!json || !json->is_object()) {
    return tl::unexpected(error_of_stranger(service, response->header("content-type")));
  }
  return std::move(*json);
}

LlmResult<ServerStatus> list_models(HttpClient& http, const Service& service, const HttpRequest& request,
                                    const char* list, const char* name, std::stop_token cancel) {
  ServerStatus status;
  const auto json = ask_json(http, service, request, std::move(cancel), &status.http);
  if (!json) return tl::unexpected(json.error());
  if (!json->has(list)) return tl::unexpected(error_of_stranger(service, "other JSON"));
  for (const Json& row : json->items(list)) status.installed.push_back(presentable(service, row.text(name)));
  return status;
}

HttpRequest json_post(std::string url, std::string body) {
  return {.method = "POST",
          .url = std::move(url),
          .headers = {{"Content-Type", "application/json"}},
          .body = std::move(body)};
}

bool Refused::has(std::string_view parameter) const {
  const std::lock_guard lock(mutex_);
  return names_.contains(parameter);
}

bool Refused::learn(const LlmError& error, std::span<const std::string_view> optional) {
  const std::string_view name = parameter_to_drop(error, optional);
  const std::lock_guard lock(mutex_);
  return !name.empty() && names_.emplace(name).second;
}

LlmResult<LlmAnswer> complete_without_refused(Refused& refused, std::span<const std::string_view> optional,
                                              const std::function<LlmResult<LlmAnswer>()>& attempt) {
  auto answer = attempt();
  while (!answer && refused.learn(answer.error(), optional)) answer = attempt();
  return answer;
}

}  // namespace diktate
