// The journal as what the daemon keeps its takes with.
#pragma once

#include <memory>

#include "daemon/setup.h"
#include "store/journal.h"

namespace diktate {

// A take that begins now. `journal` is borrowed for as long as the keeper lives.
std::unique_ptr<TakeKeeper> keep_in_journal(Journal& journal, const TakeHeader& header);

// What the journal is told of a take that the daemon made.
TakeClosing closing_of(const TakeReport& report);

}  // namespace diktate
