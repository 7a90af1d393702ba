#include "core/piece_worker.h"

#include <chrono>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "fakes/fake_engine.h"

namespace diktate {
namespace {

using fakes::FakeEngine;
using fakes::say;
using Kind = SegmentEvent::Kind;

constexpr auto kLong = std::chrono::seconds(30);  // for what should come at once

SegmentEvent event(Kind kind, int piece, int word) {
  Segment segment{.piece = piece, .start = piece * samples_of(2.0), .speech = samples_of(1.0)};
  say(segment.samples, word, 1.0);
  return {kind, std::move(segment)};
}

class Worker : public testing::Test {
 public:
  PieceWorker start(PieceWorker::OnPiece on_piece) {
    return {recogniser, clock, timeline, {}, std::move(on_piece)};
  }

  SteadyClock clock;
  Timeline timeline{clock};
  FakeEngine engine;
  Recogniser recogniser{engine};
};

TEST_F(Worker, ListeningNeverWaitsForWhoIsTold) {
  std::promise<void> goes_on;
  std::promise<void> told;
  PieceWorker worker = start([&, first = true](const Piece&, bool) mutable {
    if (!std::exchange(first, false)) return;
    told.set_value();
    goes_on.get_future().wait();
  });
  worker.handle(event(Kind::provisional, 0, 1));
  told.get_future().wait();
  auto listening = std::async(std::launch::async, [&] {
    worker.handle(event(Kind::closed, 0, 1));  // decoded already: it is told of again
    worker.handle(event(Kind::closed, 1, 2));
  });
  EXPECT_EQ(listening.wait_for(kLong), std::future_status::ready);
  goes_on.set_value();
  listening.wait();
  EXPECT_EQ(worker.finish().pieces.size(), 2U);
}

TEST_F(Worker, WhoIsToldHearsOfEveryFinalPieceInOrderBeforeTheEnd) {
  std::vector<int> told;
  PieceWorker worker = start([&](const Piece& piece, bool final) {
    if (final) told.push_back(piece.index);
  });
  for (int piece = 0; piece < 5; ++piece) {
    if (piece % 2 == 0) worker.handle(event(Kind::provisional, piece, piece + 1));
    worker.handle(event(Kind::closed, piece, piece + 1));
  }
  worker.finish();
  EXPECT_EQ(told, (std::vector{0, 1, 2, 3, 4}));
}

TEST_F(Worker, WhatTheOneWhoIsToldThrowsCostsNoWord) {
  PieceWorker worker = start([](const Piece&, bool) { throw std::runtime_error("a screen that is gone"); });
  worker.handle(event(Kind::closed, 0, 1));
  worker.handle(event(Kind::closed, 1, 2));
  EXPECT_EQ(worker.finish().pieces.size(), 2U);
}

// Unframed, words are doubtful; framed, they are understood. The first attempt at that is overtaken.
TEST_F(Worker, TheSecondOpinionOfAFinalPieceKeepsItsTurn) {
  std::promise<void> begun;
  engine.answer = [&, first = true](std::span<const float> samples, const DecodeOptions&,
                                    std::stop_token cancel) mutable -> Result<Transcript> {
    Transcript transcript = engine.listen(samples);
    const bool framed = samples.front() == 0.0F;
    transcript.mean_log_probability = framed ? -0.1 : -0.5;
    if (framed) transcript.text += " surely";
    if (!framed || !std::exchange(first, false)) return transcript;
    begun.set_value();
    while (!cancel.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return fail(ErrorKind::cancelled, "cancelled");
  };
  std::promise<void> better;
  PieceWorker worker = start([&](const Piece& piece, bool) {
    if (piece.text == "w1 surely") better.set_value();
  });
  worker.handle(event(Kind::closed, 0, 1));
  begun.get_future().wait();
  worker.handle(event(Kind::sketch, 1, 2));  // as doubtful as the first
  ASSERT_EQ(better.get_future().wait_for(kLong), std::future_status::ready);
  worker.handle(event(Kind::closed, 1, 3));
  const Recognised recognised = worker.finish();
  ASSERT_EQ(recognised.pieces.size(), 2U);
  EXPECT_EQ(recognised.pieces[0].text, "w1 surely");
}

}  // namespace
}  // namespace diktate
