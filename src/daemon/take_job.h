// One take from key down to the text in the user's window, on the thread that calls it.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "base/clock.h"
#include "core/ports.h"
#include "daemon/delivery_gate.h"
#include "daemon/setup.h"
#include "daemon/take_kits.h"
#include "daemon/take_report.h"

namespace diktate {

// All is borrowed, and outlives the call.
struct TakeServices {
  TakeKits& kits;
  TextInserter& inserter;
  DeliveryGate& gate;
  const Clock& clock;
  std::function<bool()> locked;  // as in DaemonSetup
};

struct TakeOrder {
  TakeNumber take = 0;
  DeliveryGate::Ticket ticket = 0;  // left when the text is there; at the latest by whoever took it
  Instant key_down;
  SharedSetup setup;
  const ProfileSetup* profile = nullptr;  // of the setup
};

// Called by threads of the take.
struct TakeListeners {
  std::function<void(double peak_dbfs)> on_level;
  std::function<void(const Piece& piece, bool final)> on_piece;
  std::function<void()> on_heard;  // once, if it listened: the microphone is off again
  // A better text than the one that is inserted; perhaps when the take is over. Once at most.
  std::function<void(LateText late)> on_late;
};

// Of a take of which nothing is known yet but that it began.
TakeReport new_report(const TakeOrder& order);
void mark_failed(Take& take, const Error& error);

// Waits until all is done. Requesting `finish` is key up; `cancel` throws the take away.
TakeReport run_take(const TakeServices& services, const TakeOrder& order, const TakeListeners& listeners,
                    std::stop_token finish, std::stop_token cancel);

// A text of a take that is over.
struct InsertedText {
  TakeNumber take = 0;
  std::string text;
  std::string replaced = {};  // which it takes the place of; empty: none
  bool terminal_lines = false;
};

// Inserts it where the focus is, when it is its turn.
Result<Insertion> insert_in_turn(const TakeServices& services, DeliveryGate::Ticket ticket,
                                 const InsertedText& text, std::stop_token cancel);

}  // namespace diktate
