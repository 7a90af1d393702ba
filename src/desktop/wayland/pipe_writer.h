// Hands out what a clipboard of ours holds, by the pipes of those who ask. Inside this folder only.
#pragma once

#include <functional>
#include <list>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "desktop/wayland/connection.h"
#include "desktop/wayland/content.h"

namespace diktate {

// The thread of the connection uses it. Never waits for whoever reads.
class PipeWriter {
 public:
  // `on_drained` is called with the pipe when a text that counts has been read to its last byte; whoever
  // reads still waits for the end then.
  explicit PipeWriter(std::function<void(int pipe)> on_drained) : on_drained_(std::move(on_drained)) {}

  // The content in that format, or nothing where there is none. `counts`: on_drained is to be told if a text
  // is what is read.
  void serve(UniqueFd pipe, const SharedMime& content, std::string_view mime, bool counts);

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
    Instant begun;
    Instant next;  // when to look whether all was read: no event says so
  };
  bool go_on(Transfer& transfer, Instant now);  // false: it is over

  const std::function<void(int)> on_drained_;
  std::list<Transfer> transfers_;
};

}  // namespace diktate
