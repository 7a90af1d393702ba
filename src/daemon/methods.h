// The methods of the daemon's RPC: docs/rpc.md describes each.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "daemon/errands.h"
#include "daemon/setup.h"
#include "daemon/takes.h"
#include "rpc/server.h"

namespace diktate {

// The main thread uses it.
class Methods {
 public:
  // All is borrowed; the first two functions answer with a JSON object.
  struct Parts {
    RpcServer& server;
    Takes& takes;
    Errands& readings;  // of the disk
    std::function<std::string()> status;
    std::function<std::string()> config;
    std::function<decltype(DaemonSetup::stored)()> stored;  // as the settings are now
  };
  explicit Methods(Parts parts) : parts_(std::move(parts)) {}

  // Answers it, now or when what it asks for is done.
  void call(RpcClientId client, const RpcRequest& request);

 private:
  struct Call;
  using Method = void (Methods::*)(const Call& call);
  struct Row;
  static const std::vector<Row>& rows();

  void start(const Call& call);
  void finish(const Call& call);
  void toggle(const Call& call);
  void cancel(const Call& call);
  void status(const Call& call);
  void config(const Call& call);
  void history(const Call& call);
  void answer_stored(const Call& call, std::size_t limit);
  void insert_last(const Call& call);
  void swap(const Call& call);
  std::optional<std::string> profile_in(const Call& call);
  Takes::OnInserted answer_inserted(const Call& call);
  void subscribe(const Call& call);
  void answer_take(const Call& call, const Result<TakeNumber>& take);
  void answer_report(const Call& call, TakeNumber take);
  void refuse(const Call& call, RpcCode code, const std::string& message);

  const Parts parts_;
};

}  // namespace diktate
