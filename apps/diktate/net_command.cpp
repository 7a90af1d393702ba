#include "net_command.h"

#include <cstddef>

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "app/format.h"
#include "app/json_values.h"
#include "base/json_text.h"
#include "base/paths.h"
#include "console.h"
#include "net/http_client.h"
#include "net/url.h"
#include "processing_options.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const HttpTimings& timings) {
  return {{"reused", timings.reused},           {"address", timings.address},
          {"lookup_ms", to_ms(timings.lookup)}, {"connect_ms", to_ms(timings.connect)},
          {"tls_ms", to_ms(timings.tls)},       {"first_byte_ms", to_ms(timings.first_byte)},
          {"total_ms", to_ms(timings.total)},   {"attempts", timings.attempts}};
}

std::string to_json(const std::string& url, const ProbeReport& report) {
  Json addresses = Json::array();
  for (const ProbedAddress& address : report.addresses) {
    addresses.push_back({{"address", address.address},
                         {"connect_ms", to_ms(address.connect)},
                         {"error", or_null<Json>(address.error)}});
  }
  Json requests = Json::array();
  for (const HttpTimings& request : report.requests) requests.push_back(to_json(request));
  const Json json = {{"url", url},
                     {"host", report.host},
                     {"addresses", addresses},
                     {"chosen", or_null<Json>(report.chosen)},
                     {"proxy", or_null<Json>(report.proxy)},
                     {"first_answer_ms", requests.empty() ? Json() : Json(to_ms(report.first_answer))},
                     {"requests", requests}};
  return json_text(json) + "\n";
}

std::string to_line(const ProbedAddress& address, const std::string& chosen) {
  const std::string note = address.address == chosen ? "chosen" : address.error;
  return fmt::format("{:<40} {:>10}  {}\n", address.address, format_duration(address.connect), note);
}

std::string to_line(std::string_view name, const HttpTimings& timings) {
  const auto phase = [](Nanoseconds duration) {
    return duration == Nanoseconds{} ? "-" : format_duration(duration);
  };
  return fmt::format("{:<8} {:>10} {:>10} {:>10} {:>10} {:>10}  {}\n", name, phase(timings.lookup),
                     phase(timings.connect), phase(timings.tls), phase(timings.first_byte),
                     phase(timings.total), timings.reused ? "reused" : "new connection");
}

std::string to_text(const ProbeReport& report) {
  std::string text;
  for (const ProbedAddress& address : report.addresses) text += to_line(address, report.chosen);
  text += fmt::format("proxy: {}\n", report.proxy.empty() ? "none" : report.proxy);
  if (report.requests.empty()) return text;
  text += fmt::format("first answer after {}\n", format_duration(report.first_answer));
  text += fmt::format("{:<8} {:>10} {:>10} {:>10} {:>10} {:>10}\n", "request", "lookup", "connect", "TLS",
                      "first byte", "total");
  for (std::size_t i = 0; i < report.requests.size(); ++i) {
    text += to_line(i == 0 ? "cold" : "warm", report.requests[i]);
  }
  return text;
}

Result<ProbeReport> probe(const std::string& url) {
  HttpClientOptions options;
  options.state_folder = state_folder();
  const auto client = make_http_client(std::move(options));
  if (!client) return tl::unexpected(client.error());
  return (*client)->probe(url, {}, {});
}

// A URL may hold a password, before an @, which is not to be seen.
std::string about_url(const std::string& url, const Error& error) {
  const bool may_be_shown = url.find('@') == std::string::npos;
  return may_be_shown ? fmt::format("'{}': {}", url, error.message) : error.message;
}

}  // namespace

CLI::App* add_net(CLI::App& app, NetProbeCommand& probe) {
  CLI::App* net = app.add_subcommand("net", "How a server is reached, and where the time goes");
  net->require_subcommand(1);
  CLI::App* command = net->add_subcommand("probe", "Time each address of a server, and two requests to it");
  command->add_option("URL", probe.url, "http://host:port/path or https://...; it is asked with HEAD")
      ->required()
      ->type_name("");
  command->add_flag("--json", probe.json, "As JSON in one line");
  return command;
}

int run_net_probe(const NetProbeCommand& command) {
  if (const auto url = parse_url(command.url); !url)
    return report_choice({url.error().kind, about_url(command.url, url.error())}, "net probe");
  const auto report = probe(command.url);
  if (!report) return failed(report.error().message);
  const auto printed = print_result(command.json ? to_json(command.url, *report) : to_text(*report));
  if (!printed) print_error(printed.error().message);
  if (report->error) print_error(report->error->message);
  return printed && !report->error ? kSuccess : kFailure;
}

}  // namespace diktate
