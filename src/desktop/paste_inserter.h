// What inserters that paste have in common.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

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

 protected:
  // What texts are pasted by from now on; fails if there is nothing that could. Any thread.
  virtual Result<std::shared_ptr<PasteSession>> session() = 0;

 private:
  Result<Insertion> insert_into(PasteSession& session, Toplevel window, const InsertRequest& request,
                                std::stop_token cancel);

  const PasteOptions options_;
  Turns turns_;
};

}  // namespace diktate
