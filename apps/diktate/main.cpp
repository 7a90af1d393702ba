// The command line of diktate.
#include <clocale>
#include <variant>

#include "base/standard_descriptors.h"
#include "command_line.h"

namespace {

struct Run {
  int operator()(int exit_code) const { return exit_code; }
  int operator()(const diktate::TranscribeOptions& options) const { return diktate::run_transcribe(options); }
  int operator()(const diktate::DictateOptions& options) const { return diktate::run_dictate(options); }
  int operator()(const diktate::CleanCommand& command) const { return diktate::run_clean(command); }
  int operator()(const diktate::ListModelsOptions& options) const {
    return diktate::run_list_models(options);
  }
  int operator()(const diktate::PrepareModelsCommand& options) const {
    return diktate::run_prepare_models(options);
  }
  int operator()(const diktate::VerifyCommand& command) const { return diktate::run_verify(command); }
  int operator()(const diktate::DictionaryOptions& options) const { return diktate::run_dictionary(options); }
  int operator()(const diktate::LlmCommand& command) const { return diktate::run_llm(command); }
  int operator()(const diktate::PromptCommand& command) const { return diktate::run_prompt(command); }
  int operator()(const diktate::MicCommand& command) const { return diktate::run_mic(command); }
  int operator()(const diktate::DaemonCommand& command) const { return diktate::run_daemon_command(command); }
  int operator()(const diktate::RecoverCommand& command) const { return diktate::run_recover(command); }
  int operator()(const diktate::HistoryCommand& command) const { return diktate::run_history(command); }
  int operator()(const diktate::HotkeysCommand& command) const { return diktate::run_hotkeys(command); }
  int operator()(const diktate::InsertCommand& command) const { return diktate::run_insert(command); }
  int operator()(const diktate::NetProbeCommand& command) const { return diktate::run_net_probe(command); }
};

}  // namespace

int main(int argc, char** argv) {
  diktate::reserve_standard_descriptors();
  std::setlocale(LC_CTYPE, "");  // whether the terminal shows Unicode; numbers stay those of C
  return std::visit(Run{}, diktate::parse_command_line(argc, argv));
}
