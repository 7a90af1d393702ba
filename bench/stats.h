// Order statistics of measured values.
#pragma once

#include <vector>

namespace diktate::bench {

// The value under which `percent` of the values lie, interpolated linearly between neighbours; NaN of none.
double percentile(std::vector<double> values, double percent);
double median(std::vector<double> values);
double sum(const std::vector<double>& values);

}  // namespace diktate::bench
