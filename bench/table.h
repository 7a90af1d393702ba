// Tables for a terminal: a head, rows, columns as wide as their longest cell.
#pragma once

#include <string>
#include <vector>

namespace diktate::bench {

using Row = std::vector<std::string>;

// Lines ending in newlines. The first column is flush left, the others flush right. Cells are ASCII.
std::string format_table(const Row& head, const std::vector<Row>& rows);

// "1234", "12.3", "n/a": with so many digits after the point; "n/a" for what is not finite.
std::string number(double value, int decimals = 0);
// "2.31x"
std::string ratio(double value);

}  // namespace diktate::bench
