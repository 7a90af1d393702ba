// Numbers that name something: "page three", "steps one and two".
#pragma once

#include "text/language.h"
#include "text/rewriter.h"

namespace diktate {

// Writes the label at `now()` and its number, or numbers. False, and nothing done, if there is none.
bool write_label(Rewriter& at, const Language& language);

}  // namespace diktate
