#include "mic_command.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/format.h"
#include "app/json_values.h"
#include "app/terminal.h"
#include "audio/level_meter.h"
#include "audio/microphones.h"
#include "audio/pulse_source.h"
#include "base/json_text.h"
#include "checks.h"
#include "console.h"
#include "signals.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kFrame = kSampleRate / 50;
constexpr double kShortestTest = 0.1;  // s
constexpr double kLongestTest = 600;

std::string dump(const Json& json) { return json_text(json) + "\n"; }

Json to_json(const Microphone& microphone) {
  return {{"name", microphone.name},          {"description", microphone.description},
          {"default", microphone.is_default}, {"muted", microphone.muted},
          {"state", microphone.state},        {"monitor", microphone.monitor}};
}

std::string to_line(const Microphone& microphone) {
  std::string notes = microphone.state;
  if (microphone.muted) notes += ", muted";
  if (microphone.monitor) notes += ", monitor";
  return fmt::format("{} {:<50} {:<22} {}\n", microphone.is_default ? '*' : ' ', printable(microphone.name),
                     notes, printable(microphone.description));
}

int print(const std::string& text) {
  const auto printed = print_result(text);
  return printed ? kSuccess : failed(printed.error().message);
}

int list(bool json) {
  const auto microphones = list_microphones();
  if (!microphones) return failed(microphones.error().message);
  Json items = Json::array();
  std::string text;
  for (const Microphone& microphone : *microphones) {
    items.push_back(to_json(microphone));
    text += to_line(microphone);
  }
  return print(json ? dump({{"microphones", items}}) : text);
}

// What was heard, and how it ended.
struct Heard {
  LevelMeter meter;
  std::optional<Nanoseconds> first_sample;  // from putting the microphone on
  std::optional<Error> error;
};

Heard listen(AudioSource& source, double seconds, const Clock& clock, std::stop_token finish) {
  const TerminalStyle style = terminal_style(STDERR_FILENO);
  const Instant start = clock.now();
  const auto wanted = samples_of(seconds);
  Heard heard;
  Samples frame(kFrame);
  while (heard.meter.samples() < wanted) {
    const auto count = source.read(frame, finish);
    if (!count) {
      heard.error = count.error();
      break;
    }
    if (*count > 0 && !heard.first_sample) heard.first_sample = clock.now() - start;
    heard.meter.push(std::span(frame).first(*count));
    if (*count < frame.size()) break;
    if (style.live) {
      LevelMeter now;
      now.push(frame);
      const auto bar = static_cast<std::size_t>(std::clamp((now.peak_dbfs() + 60) / 2, 0.0, 30.0));
      print_note(fmt::format("\r\x1b[K{:<30} {:>6.1f} dBFS", std::string(bar, '#'), now.peak_dbfs()));
    }
  }
  if (style.live) print_note("\r\x1b[K");
  return heard;
}

std::string report(const Microphone& microphone, const Heard& heard, bool json) {
  const LevelMeter& meter = heard.meter;
  const auto rounded = [](double value) { return std::round(value * 10) / 10; };
  const auto verdict = to_string(meter.hearing(microphone.muted));
  if (json) {
    return dump({{"name", microphone.name},
                 {"description", microphone.description},
                 {"verdict", verdict},
                 {"peak_dbfs", rounded(meter.peak_dbfs())},
                 {"rms_dbfs", rounded(meter.rms_dbfs())},
                 {"clipped_samples", meter.clipped()},
                 {"audio_s", seconds(meter.samples())},
                 {"first_sample_ms", heard.first_sample ? Json(to_ms(*heard.first_sample)) : Json()}});
  }
  std::string text = fmt::format("{}\n", printable(microphone.description));
  text += fmt::format("peak {:.1f} dBFS, RMS {:.1f} dBFS, {:.1f} s", meter.peak_dbfs(), meter.rms_dbfs(),
                      seconds(meter.samples()));
  if (heard.first_sample)
    text += fmt::format(", first sample after {}", format_duration(*heard.first_sample));
  return text + fmt::format("\n{}\n", verdict);
}

int test(const MicCommand& command) {
  const Signals signals(Signals::Input::microphone);  // before anything that starts threads
  const auto microphone = find_microphone(command.source);
  if (!microphone) return failed(microphone.error().message);
  const SteadyClock clock;
  const auto audio = open_pulse({microphone->name}, clock);
  if (!audio) return failed(audio.error().message);
  const Heard heard = listen(*audio->source, command.seconds, clock, signals.finish());
  if (signals.cancel().stop_requested()) return failed("cancelled");
  const int printed = print(report(*microphone, heard, command.json));
  return heard.error ? failed(heard.error->message) : printed;
}

}  // namespace

void add_mic(CLI::App& app, MicCommand& command) {
  CLI::App* mic = app.add_subcommand("mic", "Which microphones there are, and whether one hears you");
  mic->require_subcommand(1);
  CLI::App* lister = mic->add_subcommand("list", "The microphones; * is the one that is taken by default");
  lister->add_flag("--json", command.json, "As JSON in one line");
  lister->callback([&] { command.action = MicCommand::Action::list; });
  CLI::App* tester = mic->add_subcommand("test", "Listen for some seconds, and say what was heard");
  tester->add_option("--seconds", command.seconds, "How long")
      ->check(number_between(kShortestTest, kLongestTest))
      ->type_name("N")
      ->capture_default_str();
  tester->add_option("--source", command.source, "A microphone, by its name in 'diktate mic list'")
      ->type_name("NAME");
  tester->add_flag("--json", command.json, "As JSON in one line");
  tester->callback([&] { command.action = MicCommand::Action::test; });
}

int run_mic(const MicCommand& command) {
  return command.action == MicCommand::Action::list ? list(command.json) : test(command);
}

}  // namespace diktate
