#include "desktop/pipe_writer.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace diktate {
namespace {

using std::chrono::milliseconds;

constexpr auto kReaderPatience = std::chrono::seconds(30);  // for whoever asked and does not read
constexpr std::size_t kMostTransfers = 64;                  // no program needs so many at once
constexpr Nanoseconds kFirstLook = milliseconds(1);
constexpr Nanoseconds kLastLook = milliseconds(50);

bool is_empty(int pipe) {
  int unread = 0;
  return ioctl(pipe, FIONREAD, &unread) == 0 && unread == 0;
}

bool has_reader(int pipe) {
  pollfd polled{pipe, POLLOUT, 0};
  return poll(&polled, 1, 0) >= 0 && (polled.revents & POLLERR) == 0;
}

}  // namespace

void PipeWriter::serve(UniqueFd pipe, const SharedMime& content, std::string_view mime, bool counts,
                       std::uint32_t tag) {
  const std::string* bytes = content ? content->find(mime) : nullptr;
  if (bytes == nullptr || transfers_.size() >= kMostTransfers) return;
  fcntl(pipe.get(), F_SETFL, O_NONBLOCK);
  const Instant now = SteadyClock().now();
  transfers_.push_back({std::move(pipe), content, *bytes, counts && is_text_mime(mime), tag, now, now});
}

PipeOutcome PipeWriter::go_on(Transfer& transfer, Instant now) {
  const bool late = now >= transfer.begun + kReaderPatience;
  while (!transfer.left.empty()) {
    const ssize_t count = write(transfer.pipe.get(), transfer.left.data(), transfer.left.size());
    if (count > 0) {
      transfer.left.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {
      return late ? PipeOutcome::failed : PipeOutcome::going_on;
    } else if (errno != EINTR) {
      return PipeOutcome::failed;
    }
  }
  if (!transfer.counts) return PipeOutcome::written;
  if (is_empty(transfer.pipe.get())) return PipeOutcome::read;
  if (late || !has_reader(transfer.pipe.get())) return PipeOutcome::failed;
  transfer.next = now + std::clamp((now - transfer.begun) / 8, kFirstLook, kLastLook);
  return PipeOutcome::going_on;
}

bool PipeWriter::awaits_reader() const {
  return std::any_of(transfers_.begin(), transfers_.end(),
                     [](const Transfer& transfer) { return transfer.counts; });
}

void PipeWriter::count_no_more() {
  for (Transfer& transfer : transfers_) transfer.counts = false;
}

void PipeWriter::on_wake(Instant now) {
  transfers_.remove_if([&](Transfer& transfer) {
    const PipeOutcome outcome = go_on(transfer, now);
    if (outcome == PipeOutcome::going_on) return false;
    on_end_(transfer.pipe.get(), transfer.tag, outcome);
    return true;
  });
}

std::optional<Instant> PipeWriter::deadline() const {
  std::optional<Instant> first;
  for (const Transfer& transfer : transfers_) {
    const Instant due = transfer.left.empty() ? transfer.next : transfer.begun + kReaderPatience;
    if (!first || due < *first) first = due;
  }
  return first;
}

void PipeWriter::add_descriptors(std::vector<pollfd>& descriptors) const {
  for (const Transfer& transfer : transfers_)
    if (!transfer.left.empty()) descriptors.push_back({transfer.pipe.get(), POLLOUT, 0});
}

}  // namespace diktate
