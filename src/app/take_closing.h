// What the journal is told of a take that is over.
#pragma once

#include "core/pipeline.h"
#include "store/journal.h"

namespace diktate {

// All but how the text was inserted, and who is known to have got it.
TakeClosing closing_of(const Take& take);

}  // namespace diktate
