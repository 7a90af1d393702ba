// Standard input, output and error of a program that was started without them.
#pragma once

namespace diktate {

// Before anything is opened: those that were closed by whoever started the program stay unusable, and no file
// of ours takes their number.
void reserve_standard_descriptors();

}  // namespace diktate
