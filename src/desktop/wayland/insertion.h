// One text on its way into one window of a compositor. Inside this folder only.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports.h"
#include "desktop/wayland/inserter.h"
#include "desktop/wayland/session.h"

namespace diktate {

// Made for one insert(), by one thread. All is borrowed for as long as it lives.
class WaylandInsertion {
 public:
  WaylandInsertion(WaylandSession& session, const WaylandInserterOptions& options, const Toplevel& target,
                   const InsertRequest& request, std::stop_token cancel);

  // Waits for the end, whatever it is. Fails only if the text is nowhere.
  Result<Insertion> run();

 private:
  bool is_allowed(std::string_view method) const;
  std::optional<std::string> reason_to_hold();
  std::optional<std::string> reason_not_to_press();
  Custody custody();
  std::optional<Chord> chord_to_paste();
  Result<std::optional<Insertion>> paste(const Chord& chord);
  FetchState await_receipt();
  std::optional<Insertion> type(bool after_paste);
  Result<Insertion> on_clipboard();
  Result<Insertion> hold(std::string why);
  void because(std::string_view reason);
  void press_keys(Insertion& insertion);
  std::string press_key(const std::string& name);
  std::string window_name() const;

  WaylandSession& session_;
  const WaylandInserterOptions& options_;
  const Toplevel& target_;
  const InsertRequest& request_;
  const std::stop_token cancel_;
  const std::vector<int> processes_;  // that may be the target's
  const PasteKind kind_;
  const std::string text_;
  std::string why_;  // it is not done in a better way
};

}  // namespace diktate
