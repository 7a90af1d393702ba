#include "core/piece_worker.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/thread_name.h"

namespace diktate {
namespace {

// A decode of a whole piece that is done so soon is waited for, rather than one of its tail begun.
constexpr Nanoseconds kWorthWaiting = std::chrono::milliseconds(100);

}  // namespace

PieceWorker::PieceWorker(Recogniser& recogniser, const Clock& clock, Timeline& timeline,
                         const WorkerOptions& options, OnPiece on_piece)
    : recogniser_(recogniser),
      clock_(clock),
      timeline_(timeline),
      options_(options),
      on_piece_(std::move(on_piece)),
      thread_([this] { run(); }) {}

PieceWorker::~PieceWorker() { cancel(); }

void PieceWorker::cancel() {
  std::lock_guard lock(mutex_);
  stopping_ = true;
  if (running_) running_->cancel.request_stop();
  changed_.notify_all();
}

void PieceWorker::handle(SegmentEvent event) {
  switch (event.kind) {
    case SegmentEvent::Kind::provisional:
      return submit(Purpose::provisional, std::move(event.segment));
    case SegmentEvent::Kind::sketch:
      return submit(Purpose::sketch, std::move(event.segment));
    case SegmentEvent::Kind::resumed:
      return resume();
    case SegmentEvent::Kind::closed:
      if (!promote(event.segment)) submit(Purpose::final, std::move(event.segment));
  }
}

void PieceWorker::resume() {
  std::lock_guard lock(mutex_);
  drop_unfinal_queued();
  if (running_ && running_->purpose == Purpose::provisional) running_->purpose = Purpose::resumed;
}

void PieceWorker::submit(Purpose purpose, Segment segment) {
  std::unique_lock lock(mutex_);
  const bool busy = !queue_.empty() || (running_ && running_->purpose != Purpose::second_opinion);
  if (purpose == Purpose::sketch && busy) return;  // there is better work to do
  if (purpose == Purpose::final)
    changed_.wait(lock, [&] { return stopping_ || queue_.size() < options_.queue_limit; });
  drop_unfinal();
  auto job = std::make_unique<Job>();
  job->purpose = purpose;
  job->cut = segment.cut;
  job->segment = std::move(segment);
  job->submitted = clock_.now();
  queue_.push_back(std::move(job));
  changed_.notify_all();
}

// Whether the final segment was a provisional one that is decoded, being decoded, or waiting to be.
bool PieceWorker::promote(const Segment& final) {
  std::lock_guard lock(mutex_);
  const auto decoded = std::find_if(decoded_.begin(), decoded_.end(), [&](const Piece& piece) {
    return piece.index == final.piece && piece.end == final.end();
  });
  if (decoded != decoded_.end()) {
    decoded->cut = final.cut;
    add_final(std::move(*decoded));
    decoded_.clear();
    changed_.notify_all();
    // A longer one of the piece is of no use any more; a second opinion is.
    drop_unfinal_queued();
    if (running_ && running_->purpose != Purpose::final && running_->purpose != Purpose::second_opinion)
      running_->cancel.request_stop();
    return true;
  }
  const auto is_it = [&](const std::unique_ptr<Job>& job) {
    return job && job->purpose != Purpose::sketch && job->purpose != Purpose::second_opinion &&
           !job->cancel.stop_requested() && job->segment.piece == final.piece &&
           job->segment.end() == final.end();
  };
  const auto waiting = std::find_if(queue_.begin(), queue_.end(), is_it);
  Job* job = is_it(running_) ? running_.get() : waiting != queue_.end() ? waiting->get() : nullptr;
  if (job == nullptr) return false;
  job->purpose = Purpose::final;
  job->cut = final.cut;
  return true;
}

// A newer decode of the open piece makes the older ones pointless.
void PieceWorker::drop_unfinal() {
  drop_unfinal_queued();
  if (running_ && running_->purpose != Purpose::final) running_->cancel.request_stop();
}

void PieceWorker::drop_unfinal_queued() {
  std::erase_if(queue_, [](const auto& job) { return job->purpose != Purpose::final; });
  stands_ = false;
}

std::vector<std::int64_t> PieceWorker::ready_ends(int piece) {
  std::lock_guard lock(mutex_);
  std::vector<std::int64_t> ends;
  for (const Piece& decoded : decoded_) {
    if (decoded.index == piece && !decoded.text.empty()) ends.push_back(decoded.end);
  }
  if (nearly_done() && running_->segment.piece == piece) ends.push_back(running_->segment.end());
  return ends;
}

bool PieceWorker::nearly_done() const {
  if (!running_ || running_->purpose != Purpose::provisional || per_sample_ == Nanoseconds(0)) return false;
  const auto size = static_cast<std::int64_t>(running_->segment.samples.size());
  return running_->began + per_sample_ * size - clock_.now() < kWorthWaiting;
}

Recognised PieceWorker::finish() {
  {
    std::lock_guard lock(mutex_);
    closing_ = true;
    if (running_ && running_->purpose == Purpose::second_opinion) running_->cancel.request_stop();
    changed_.notify_all();
  }
  thread_.join();
  if (!failed_.empty()) recognised_.error = failed_.begin()->second;
  return std::move(recognised_);
}

void PieceWorker::run() {
  set_thread_name("recognise");
  if (!recogniser_.warm()) {
    auto span = timeline_.span(SpanName::prepare);
    span.mark_cold();
    const auto prepared = without_exceptions([&] { return recogniser_.prepare(); });
    if (!prepared) prepare_error_ = prepared.error();
    prepared_ = clock_.now();
  }
  while (Job* job = next_job()) settle(*job, without_exceptions([&] { return decode(*job); }));
}

PieceWorker::Job* PieceWorker::next_job() {
  std::unique_lock lock(mutex_);
  do {
    tell_news(lock);
    changed_.wait(lock, [&] {
      return stopping_ || closing_ || !queue_.empty() || !opinions_.empty() || !news_.empty();
    });
  } while (!stopping_ && !news_.empty());
  if (closing_) {
    std::erase_if(queue_, [](const auto& job) { return job->purpose != Purpose::final; });
    opinions_.clear();
  }
  auto& jobs = queue_.empty() ? opinions_ : queue_;
  if (stopping_ || jobs.empty()) return nullptr;
  running_ = std::move(jobs.front());
  jobs.pop_front();
  running_->began = clock_.now();
  changed_.notify_all();
  return running_.get();
}

// What is told may wait for what it likes: listening does not wait for it.
void PieceWorker::tell_news(std::unique_lock<std::mutex>& lock) {
  while (!stopping_ && !news_.empty()) {
    const News news = std::move(news_.front());
    news_.pop_front();
    lock.unlock();
    static_cast<void>(without_exceptions([&]() -> Result<void> {
      on_piece_(news.piece, news.final);
      return {};
    }));
    lock.lock();
  }
}

Result<Piece> PieceWorker::decode(const Job& job) {
  if (prepare_error_) return tl::unexpected(*prepare_error_);
  const Purpose purpose = [&] {  // what it is at first: a provisional one may become another meanwhile
    std::lock_guard lock(mutex_);
    return job.purpose;
  }();
  const int index = job.segment.piece;
  const bool cold = job.submitted < prepared_;
  auto recognise = timeline_.span_since(job.submitted, SpanName::recognise, index);
  if (cold) recognise.mark_cold();
  timeline_.span_since(job.submitted, SpanName::queue, index, recognise.position()).end();
  const auto work = timeline_.span(SpanName::work, index, recognise.position());
  const std::stop_token cancel = job.cancel.get_token();
  if (purpose == Purpose::second_opinion) return recogniser_.second_opinion(job.segment, *job.first, cancel);
  Recogniser::Draft draft;
  if (draft_piece_ == index) draft = {draft_, draft_framing_};
  if (purpose == Purpose::sketch) return recogniser_.sketch(job.segment, draft, cancel);
  auto piece = recogniser_.recognise(job.segment, draft, cancel);
  if (!piece || options_.second_opinions != SecondOpinions::always || !recogniser_.doubts(*piece))
    return piece;
  auto better = recogniser_.second_opinion(job.segment, *piece, cancel);
  return better ? better : piece;
}

void PieceWorker::settle(Job& job, Result<Piece> result) {
  std::lock_guard lock(mutex_);
  if (job.purpose == Purpose::second_opinion) {
    settle_second(job, std::move(result));
  } else {
    settle_first(job, std::move(result));
  }
  running_.reset();
  changed_.notify_all();
}

void PieceWorker::settle_first(Job& job, Result<Piece> result) {
  const bool final = job.purpose == Purpose::final;
  if (!result) {
    const bool wanted = final || result.error().kind != ErrorKind::cancelled;
    if (wanted && !stopping_ && !is_final(job.segment.piece))
      failed_.emplace(job.segment.piece, result.error());
    return;
  }
  per_sample_ = (clock_.now() - job.began) /
                std::max<std::int64_t>(1, static_cast<std::int64_t>(job.segment.samples.size()));
  if (!final && is_final(result->index)) return;  // it ended at an earlier pause
  draft_piece_ = result->index;
  draft_ = result->tokens;
  draft_framing_ = result->framing;
  result->cut = job.cut;  // known only since the decode began, if the segment was kept
  if (options_.second_opinions == SecondOpinions::when_idle && recogniser_.doubts(*result))
    want_opinion(*result, std::move(job.segment));
  if (final) return add_final(std::move(*result));
  if (job.purpose == Purpose::sketch) return;
  stands_ = job.purpose == Purpose::provisional;
  if (stands_) add_news(*result, false);
  if (!decoded_.empty() && decoded_.front().index != result->index) decoded_.clear();
  decoded_.push_back(std::move(*result));
}

// Of the open piece only the latest answer is worth one; those of final pieces keep their turn.
void PieceWorker::want_opinion(const Piece& doubtful, Segment segment) {
  std::erase_if(opinions_, [&](const auto& job) { return !is_final(job->segment.piece); });
  auto job = std::make_unique<Job>();
  job->purpose = Purpose::second_opinion;
  job->segment = std::move(segment);
  job->first = doubtful;
  job->submitted = clock_.now();
  opinions_.push_back(std::move(job));
}

// The better answer takes the place of the first, if that is still of use.
void PieceWorker::settle_second(Job& job, Result<Piece> result) {
  auto& pieces = recognised_.pieces;
  const auto same = [&](const Piece& piece) {
    return piece.index == job.segment.piece && piece.end == job.segment.end();
  };
  const auto final = std::find_if(pieces.begin(), pieces.end(), same);
  if (!result) {  // more urgent work came: later, if the piece is final by then
    if (result.error().kind != ErrorKind::cancelled || final == pieces.end()) return;
    job.cancel = std::stop_source();
    opinions_.push_front(std::move(running_));
    return;
  }
  if (draft_piece_ == result->index && draft_framing_ != result->framing) {
    draft_ = result->tokens;
    draft_framing_ = result->framing;
  }
  const auto decoded = std::find_if(decoded_.begin(), decoded_.end(), same);
  Piece* old = final != pieces.end() ? &*final : decoded != decoded_.end() ? &*decoded : nullptr;
  if (old == nullptr || old->text == result->text) return;
  result->cut = old->cut;
  *old = std::move(*result);
  const bool is_last = !decoded_.empty() && old == &decoded_.back();
  if (final != pieces.end() || (stands_ && is_last)) add_news(*old, final != pieces.end());
}

bool PieceWorker::is_final(int index) const {
  const auto& pieces = recognised_.pieces;
  return std::any_of(pieces.begin(), pieces.end(), [&](const Piece& piece) { return piece.index == index; });
}

// What failed for it before was not needed, nor is a second opinion of a shorter one.
void PieceWorker::add_final(Piece piece) {
  failed_.erase(piece.index);
  std::erase_if(opinions_, [&](const auto& job) {
    return job->segment.piece == piece.index && job->segment.end() != piece.end;
  });
  add_news(piece, true);
  recognised_.pieces.push_back(std::move(piece));
}

void PieceWorker::add_news(const Piece& piece, bool final) {
  if (on_piece_) news_.push_back({piece, final});
}

}  // namespace diktate
