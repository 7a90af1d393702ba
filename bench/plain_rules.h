// What a programmer would write first to tidy dictated text: a handful of regular expressions. The peer of
// the cleanup rules; it does a fraction of what they do, and does it without looking at the context.
#pragma once

#include <string>

namespace diktate::bench {

// Drops hesitations, fillers between commas and doubled words, writes spoken marks and lines, numbers under a
// hundred as figures, and capitals at the start of sentences. English.
std::string plain_rules(std::string text);

}  // namespace diktate::bench
