// Where processors are reached, from the forms in which people write it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace diktate {

// `setting`, or what OLLAMA_HOST says where it is empty, or else Ollama's own default. Both may lack scheme
// and port; 0.0.0.0 and [::], on which a server listens, stand for this machine. A URL without a host comes
// back as it is. Source: envconfig.Host() in Ollama's sources.
std::string ollama_endpoint(std::string_view setting, std::string_view ollama_host);

// `endpoint` without a slash or a version ("/v1") at its end. `invalid` if there is none, or it is no URL: a
// processor contacts nobody who was not named.
Result<std::string> checked_endpoint(std::string_view processor, std::string_view endpoint,
                                     std::string_view version = {});

// `invalid` if the processor, which has none of its own, was given no model.
Result<void> check_model(std::string_view processor, std::string_view model);

// Whether the server runs on this machine.
bool is_local(const std::string& endpoint);

}  // namespace diktate
