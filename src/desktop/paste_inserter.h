// What inserters that paste have in common.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "core/ports.h"
#include "desktop/paste_insertion.h"
#include "desktop/paste_session.h"
#include "desktop/turns.h"

namespace diktate {

class PasteInserter : public TextInserter {
 public:
  explicit PasteInserter(PasteOptions options) : options_(std::move(options)) {}

  std::unique_ptr<TextTarget> remember() override;
  Result<Insertion> insert(TextTarget& target, const InsertRequest& request, std::stop_token cancel) override;
  // What was inserted cannot be found again here: the text is left on the clipboard.
  Result<Insertion> replace(TextTarget& target, std::string_view old, const InsertRequest& request,
                            std::stop_token cancel) override;

 protected:
  // What texts are pasted by from now on; fails if there is nothing that could. Any thread.
  virtual Result<std::shared_ptr<PasteSession>> session() = 0;

 private:
  using Act = std::function<Result<Insertion>(PasteSession& session, const Toplevel& window)>;
  Result<Insertion> in_turn(TextTarget& target, const Act& act);
  Result<Insertion> insert_into(PasteSession& session, Toplevel window, const InsertRequest& request,
                                const std::stop_token& cancel);

  const PasteOptions options_;
  Turns turns_;
};

}  // namespace diktate
