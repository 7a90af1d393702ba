// What {date} and {time} in a snippet stand for.
#pragma once

#include "text/snippets.h"

namespace diktate {

// Today and now, by the clock of the machine, in local time: "2025-03-03", "17:30". The clipboard is empty.
SnippetValues snippet_values();

}  // namespace diktate
