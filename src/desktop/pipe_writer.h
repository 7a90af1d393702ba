// Hands out what a clipboard of ours holds, by the pipes of those who ask.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string_view>
#include <vector>

#include <poll.h>

#include "base/clock.h"
#include "base/files.h"
#include "desktop/mime_content.h"

namespace diktate {

enum class PipeOutcome : unsigned char {
  going_on,
  failed,   // not all of it was wanted
  written,  // all of it; whether it was read is not known
  read,     // all of it, to the last byte
};

// One thread uses it. Never waits for whoever reads.
class PipeWriter {
 public:
  // What came of a pipe, which is still open: whoever reads waits for the end then. `tag` is the one of
  // serve().
  using OnEnd = std::function<void(int pipe, std::uint32_t tag, PipeOutcome outcome)>;
  explicit PipeWriter(OnEnd on_end) : on_end_(std::move(on_end)) {}

  // The content in that format; where there is none, or too many have not read what they were given, the pipe
  // is closed, and that is all. `counts`: it is to
  // be known whether a text is read.
  void serve(UniqueFd pipe, const SharedMime& content, std::string_view mime, bool counts, std::uint32_t tag);

  // Whether one who was given a text that counts has not read it yet; and from now on none of them counts.
  bool awaits_reader() const;
  void count_no_more();

  // Someone has read, or time has passed.
  void on_wake(Instant now);
  std::optional<Instant> deadline() const;
  void add_descriptors(std::vector<pollfd>& descriptors) const;

 private:
  struct Transfer {
    UniqueFd pipe;
    SharedMime content;  // owns what `left` is a part of
    std::string_view left;
    bool counts;
    std::uint32_t tag;
    Instant begun;
    Instant next;  // when to look whether all was read: no event says so
  };
  static PipeOutcome go_on(Transfer& transfer, Instant now);

  const OnEnd on_end_;
  std::list<Transfer> transfers_;
};

}  // namespace diktate
