// What the benchmark runs on.
#pragma once

#include <string>

namespace diktate::bench {

std::string cpu_model();  // as /proc/cpuinfo names it
int cpu_cores();          // that this process may use
std::string today();      // "2031-05-17 13:05 UTC"
double load_average();    // over the last minute: how busy the machine was before this run

}  // namespace diktate::bench
