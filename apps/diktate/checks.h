// What the values of options are checked with.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace diktate {

// Checks answer with what is wrong, as the parser wants it. They are our own because its messages are not for
// people.
using Check = std::function<std::string(const std::string& value)>;

Check one_of(const std::vector<std::string>& names);

// `Number`: int, double or std::int64_t.
template <class Number>
Check number_between(Number lowest, Number highest);

}  // namespace diktate
