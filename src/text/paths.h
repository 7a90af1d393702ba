// Paths, names of files, and options of programs, said word by word: "slash usr slash bin", "dash dash help".
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "text/language.h"
#include "text/rewriter.h"

namespace diktate {

// "slash usr slash bin", "tilde slash notes dot t x t", "src slash main dot p y"
std::optional<Written> find_path(const Rewriter& at, const Language& language);
// "dash dash color equals always", "dash v"
std::optional<Written> find_option(const Rewriter& at, const Language& language);
// Whether an option or a path was written here by find_...().
bool is_written(const Token& token);

}  // namespace diktate
