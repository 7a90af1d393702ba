#include "text/rules.h"

namespace diktate {

void write_identifiers(Tokens& tokens, const RuleContext& context) {
  static_cast<void>(tokens);
  static_cast<void>(context);
}

}  // namespace diktate
