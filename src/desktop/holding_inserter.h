// An inserter that inserts nothing.
#pragma once

#include <memory>

#include "core/ports.h"

namespace diktate {

// The text stays with whoever asked.
std::unique_ptr<TextInserter> make_holding_inserter();

}  // namespace diktate
