#include "text/sanitise.h"

namespace diktate {

std::string sanitised(std::string_view bytes) { return std::string(bytes); }

}  // namespace diktate
