// Recognises the segments of one take on a thread of its own, while the next ones are being heard.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "core/recogniser.h"
#include "core/segmenter.h"
#include "core/timeline.h"

namespace diktate {

// When a doubtful piece is decoded again (Recogniser::second_opinion).
enum class SecondOpinions {
  never,
  when_idle,  // while the engine has nothing else to do; key up does not wait for it
  always,     // at once: for files, where nobody waits for the tail
};

struct WorkerOptions {
  std::size_t queue_limit = 64;  // segments waiting for the engine before listening waits as well
  SecondOpinions second_opinions = SecondOpinions::when_idle;
};

// What the worker has when all is decoded.
struct Recognised {
  std::vector<Piece> pieces;   // in order
  std::optional<Error> error;  // the first one; the pieces it cost are missing from `pieces`
};

// The methods are for the listening thread. The worker starts by preparing the recogniser.
//
// Only final segments must be decoded. A provisional one is decoded because nothing may follow it, and then
// it is the text already; if speech resumes, its tokens still serve as the draft of the next decode
// of the same piece, and the piece may yet end there. A sketch is for its tokens alone. While the engine is
// idle, a doubtful answer is decoded again in other framings; the framing that understood the piece best so
// far is the one in which it is decoded from then on.
class PieceWorker {
 public:
  // Called by the worker's thread between its decodes: recognition waits while it runs, and listening does
  // not.
  using OnPiece = std::function<void(const Piece& piece, bool final)>;

  PieceWorker(Recogniser& recogniser, const Clock& clock, Timeline& timeline, const WorkerOptions& options,
              OnPiece on_piece);
  ~PieceWorker();  // cancels what is left

  // Waits only while queue_limit final segments are waiting.
  void handle(SegmentEvent event);

  // Where a piece may end at key up without a long wait: the ends of its provisional segments that are
  // decoded, in samples from the take's first, in order. Each may be kept as long as the piece is open. The
  // last of all is among them, too, if its decode is nearly done.
  std::vector<std::int64_t> ready_ends(int piece);

  // Waits until every final segment is decoded, or cancel() is called.
  Recognised finish();

  // Gives up what is waiting and what is being decoded. Any thread.
  void cancel();

 private:
  enum class Purpose {
    final,        // has to be decoded
    provisional,  // is final if nothing else is said: nothing was yet
    resumed,      // was provisional: the piece may end there at key up, and its tokens help the next decode
    sketch,       // never final: its tokens help the next decode
    second_opinion,  // of a doubtful answer to one of the others
  };

  struct Job {
    Purpose purpose;
    Segment segment;  // not changed once submitted: the worker reads it without the lock
    Cut cut = Cut::end;
    std::optional<Piece> first = {};  // of a second opinion: what the first decode gave
    Instant submitted;
    Instant began;
    std::stop_source cancel;
  };

  struct News {
    Piece piece;
    bool final;
  };

  void submit(Purpose purpose, Segment segment);
  void resume();
  bool promote(const Segment& final);
  void drop_unfinal();
  void drop_unfinal_queued();
  void run();
  Job* next_job();
  void tell_news(std::unique_lock<std::mutex>& lock);
  Result<Piece> decode(const Job& job);
  void settle(Job& job, Result<Piece> result);
  void settle_first(Job& job, Result<Piece> result);
  void settle_second(Job& job, Result<Piece> result);
  void want_opinion(const Piece& doubtful, Segment segment);
  void add_final(Piece piece);
  void add_news(const Piece& piece, bool final);
  bool is_final(int index) const;
  bool nearly_done() const;

  Recogniser& recogniser_;
  const Clock& clock_;
  Timeline& timeline_;
  const WorkerOptions options_;
  const OnPiece on_piece_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Job>> queue_;
  std::unique_ptr<Job> running_;
  std::deque<std::unique_ptr<Job>> opinions_;  // second ones, which wait for idle time
  std::deque<News> news_;                      // for on_piece_
  std::vector<Piece> decoded_;                 // provisional segments of the open piece, in order
  bool stands_ = false;                        // nothing was said after the last of them
  Recognised recognised_;                      // its error is set by finish()
  std::map<int, Error> failed_;                // why pieces have no decode yet
  bool stopping_ = false;
  bool closing_ = false;
  Nanoseconds per_sample_{0};  // what the last decode took

  // The worker thread's own.
  int draft_piece_ = -1;
  std::vector<int> draft_;
  int draft_framing_ = 0;
  std::optional<Error> prepare_error_;
  Instant prepared_;  // what was submitted before had to wait for it

  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace diktate
