// The journal as what the daemon keeps its takes with.
#pragma once

#include <memory>

#include "app/backends.h"
#include "daemon/setup.h"
#include "store/journal.h"

namespace diktate {

// A take that begins now; when it is closed, the files of the next one are made ready. `journal` is borrowed
// for as long as the keeper lives. `on_warning` is told of what is wrong with the journal as such, such as a
// damaged history; by whoever closes the take.
std::unique_ptr<TakeKeeper> keep_in_journal(Journal& journal, const TakeHeader& header, OnWarning on_warning);

// What the journal is told of a take that the daemon made.
TakeClosing closing_of(const TakeReport& report);

}  // namespace diktate
