// What a ScriptedServer does for one request, step by step.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diktate::fakes {

using Headers = std::vector<std::pair<std::string, std::string>>;

// Steps are played in the order in which they were added; after the last one the connection stays open for
// the next request, unless a step ended it.
class HttpScript {
 public:
  struct Step {
    enum class Kind { wait, hold, send, drip, flood, close, reset };
    Kind kind;
    std::string bytes;               // send, drip; flood: what is repeated
    std::chrono::milliseconds time;  // wait; drip: before each byte
    std::size_t size;                // flood: in bytes
  };

  HttpScript& wait(std::chrono::milliseconds time);
  HttpScript& hold();  // until ScriptedServer::release()
  HttpScript& hang();  // until the peer goes away or the server stops

  // A whole answer.
  HttpScript& answer(int status, std::string_view type, std::string_view body, const Headers& headers = {});

  // An answer in pieces: a head, chunks, and the end of them, which may be left out.
  HttpScript& head(int status, std::string_view type, const Headers& headers = {});
  HttpScript& chunk(std::string_view bytes);
  HttpScript& drip_chunk(std::string_view bytes, std::chrono::milliseconds before_each_byte);
  HttpScript& flood_chunk(std::size_t size, char filling = 'x');  // made on the fly, 64 KB at a time
  HttpScript& end();

  HttpScript& send(std::string_view raw);  // as it is, with no frame around it
  HttpScript& close();                     // FIN
  HttpScript& reset();                     // RST

  const std::vector<Step>& steps() const { return steps_; }

 private:
  HttpScript& add(Step::Kind kind, std::string bytes = {}, std::chrono::milliseconds time = {},
                  std::size_t size = 0);
  std::vector<Step> steps_;
};

HttpScript json_answer(std::string_view body, int status = 200);

// Each piece in its own chunk, with a pause before each but the first.
HttpScript streamed_answer(std::string_view type, const std::vector<std::string>& pieces,
                           std::chrono::milliseconds between = {});

}  // namespace diktate::fakes
