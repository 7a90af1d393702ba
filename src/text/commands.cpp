#include "text/rules.h"

namespace diktate {

void apply_commands(Tokens& tokens, const RuleContext& context, std::vector<Action>& actions) {
  static_cast<void>(tokens);
  static_cast<void>(context);
  static_cast<void>(actions);
}

}  // namespace diktate
