#include "fakes/http_script.h"

#include <cstdio>

namespace diktate::fakes {
namespace {

constexpr std::chrono::hours kForEver{24};

std::string head_of(int status, std::string_view type, const Headers& headers) {
  std::string head = "HTTP/1.1 " + std::to_string(status) + " Status\r\n";
  if (!type.empty()) head += "Content-Type: " + std::string(type) + "\r\n";
  for (const auto& [name, value] : headers) {
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
  }
  return head;
}

std::string hexadecimal(std::size_t number) {
  char text[17];
  std::snprintf(text, sizeof text, "%zx", number);
  return text;
}

}  // namespace

HttpScript& HttpScript::add(Step::Kind kind, std::string bytes, std::chrono::milliseconds time,
                            std::size_t size) {
  steps_.push_back({kind, std::move(bytes), time, size});
  return *this;
}

HttpScript& HttpScript::wait(std::chrono::milliseconds time) { return add(Step::Kind::wait, {}, time); }
HttpScript& HttpScript::hold() { return add(Step::Kind::hold); }
HttpScript& HttpScript::hang() { return wait(kForEver); }

HttpScript& HttpScript::answer(int status, std::string_view type, std::string_view body,
                               const Headers& headers) {
  return send(head_of(status, type, headers) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
              std::string(body));
}

HttpScript& HttpScript::head(int status, std::string_view type, const Headers& headers) {
  return send(head_of(status, type, headers) + "Transfer-Encoding: chunked\r\n\r\n");
}

HttpScript& HttpScript::chunk(std::string_view bytes) {
  return send(hexadecimal(bytes.size()) + "\r\n" + std::string(bytes) + "\r\n");
}

HttpScript& HttpScript::drip_chunk(std::string_view bytes, std::chrono::milliseconds before_each_byte) {
  send(hexadecimal(bytes.size()) + "\r\n");
  add(Step::Kind::drip, std::string(bytes), before_each_byte);
  return send("\r\n");
}

HttpScript& HttpScript::flood_chunk(std::size_t size, char filling) {
  send(hexadecimal(size) + "\r\n");
  add(Step::Kind::flood, std::string(1, filling), {}, size);
  return send("\r\n");
}

HttpScript& HttpScript::end() { return send("0\r\n\r\n"); }
HttpScript& HttpScript::send(std::string_view raw) { return add(Step::Kind::send, std::string(raw)); }
HttpScript& HttpScript::close() { return add(Step::Kind::close); }
HttpScript& HttpScript::reset() { return add(Step::Kind::reset); }

HttpScript json_answer(std::string_view body, int status) {
  return HttpScript().answer(status, "application/json; charset=utf-8", body);
}

HttpScript streamed_answer(std::string_view type, const std::vector<std::string>& pieces,
                           std::chrono::milliseconds between) {
  HttpScript script;
  script.head(200, type);
  bool first = true;
  for (const std::string& piece : pieces) {
    if (!first && between.count() > 0) script.wait(between);
    script.chunk(piece);
    first = false;
  }
  return script.end();
}

}  // namespace diktate::fakes
