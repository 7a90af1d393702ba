#include "rpc/message.h"

#include <gtest/gtest.h>

#include "rpc/line_buffer.h"

namespace diktate {
namespace {

RpcCode code_of(std::string_view line) {
  const auto request = parse_request(line);
  EXPECT_FALSE(request) << line;
  return request ? RpcCode::failed : request.error().code;
}

TEST(RpcMessages, ReadsARequest) {
  const auto request = parse_request(R"({"jsonrpc":"2.0","id":7,"method":"finish","params":{"wait":true}})");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->id, "7");
  EXPECT_EQ(request->method, "finish");
  EXPECT_EQ(request->params, R"({"wait":true})");
}

TEST(RpcMessages, ARequestWithoutIdWantsNoAnswer) {
  const auto request = parse_request(R"({"jsonrpc":"2.0","method":"start"})");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->id, "");
  EXPECT_EQ(request->params, "{}");
}

TEST(RpcMessages, SaysWhatIsWrongWithARequest) {
  EXPECT_EQ(code_of("garbage"), RpcCode::not_json);
  EXPECT_EQ(code_of(""), RpcCode::not_json);
  EXPECT_EQ(code_of("\xff\xfe"), RpcCode::not_json);
  EXPECT_EQ(code_of("[]"), RpcCode::not_a_request);
  EXPECT_EQ(code_of(R"({"id":1,"method":"x"})"), RpcCode::not_a_request);
  EXPECT_EQ(code_of(R"({"jsonrpc":"2.0","id":1})"), RpcCode::not_a_request);
  EXPECT_EQ(code_of(R"({"jsonrpc":"2.0","id":[1],"method":"x"})"), RpcCode::not_a_request);
  EXPECT_EQ(code_of(R"({"jsonrpc":"2.0","id":1.5,"method":"x"})"), RpcCode::not_a_request);
  EXPECT_EQ(code_of(R"({"jsonrpc":"2.0","id":1,"method":"x","params":[1]})"), RpcCode::wrong_params);
  EXPECT_EQ(code_of(R"({"jsonrpc":"2.0","id":")" + std::string(200, 'x') + R"(","method":"x"})"),
            RpcCode::not_a_request);
}

TEST(RpcMessages, AFaultKeepsTheIdOfItsRequest) {
  EXPECT_EQ(parse_request(R"({"jsonrpc":"2.0","id":"a","method":5})").error().id, "\"a\"");
  EXPECT_EQ(parse_request("nonsense").error().id, "null");
}

TEST(RpcMessages, RefusesWhatNestsTooDeep) {
  const std::string deep(100'000, '[');
  EXPECT_EQ(code_of(deep), RpcCode::not_a_request);
  EXPECT_EQ(code_of(R"({"jsonrpc":"2.0","id":1,"method":"x","params":{"a":)" + deep), RpcCode::not_a_request);
  EXPECT_TRUE(parse_request(R"({"jsonrpc":"2.0","method":"x","params":{"a":"[[[[[[[[[[[[[[[[[[[[[["}})"));
  EXPECT_TRUE(parse_request(R"({"jsonrpc":"2.0","method":"x","params":{"a":"\"[[[[[[[[[[[[[[[[[[[[[["}})"));
  EXPECT_TRUE(parse_request(
      R"({"jsonrpc":"2.0","method":"x","params":{"a":[[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[]]}})"));
}

TEST(RpcMessages, ReadsWhatItWrites) {
  const auto request = parse_request(request_line({"3", "config", R"({"a":"ü"})"}));
  ASSERT_TRUE(request);
  EXPECT_EQ(request->method, "config");
  const auto answer = read_message(result_line("3", R"({"take":1})"));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->id, "3");
  EXPECT_EQ(answer->result, R"({"take":1})");
  const auto fault = read_message(fault_line({RpcCode::failed, "no \"take\"", "3"}));
  ASSERT_TRUE(fault && fault->fault);
  EXPECT_EQ(fault->fault->message, "no \"take\"");
  EXPECT_EQ(fault->fault->code, RpcCode::failed);
  const auto event = read_message(event_line(9, "final", R"({"take":1})"));
  ASSERT_TRUE(event);
  EXPECT_EQ(event->event, "final");
  EXPECT_EQ(event->number, 9U);
  EXPECT_EQ(event->data, R"({"take":1})");
}

TEST(LineBuffer, GivesTheSameLinesHoweverTheyAreSplit) {
  const std::string bytes = "one\n\ntwo\nrest";
  for (std::size_t size = 1; size <= bytes.size(); ++size) {
    LineBuffer buffer(100);
    std::string seen;
    for (std::size_t at = 0; at < bytes.size(); at += size) {
      buffer.push(std::string_view(bytes).substr(at, size));
      while (const auto line = buffer.next()) seen += *line + "|";
    }
    EXPECT_EQ(seen, "one||two|") << size;
    EXPECT_EQ(buffer.waiting(), 4U);
  }
}

TEST(LineBuffer, RefusesALineThatIsTooLong) {
  LineBuffer buffer(10);
  buffer.push("0123456789\n");
  EXPECT_EQ(buffer.next(), "0123456789");
  buffer.push("01234567890");
  EXPECT_FALSE(buffer.next());
  EXPECT_TRUE(buffer.too_long());
}

}  // namespace
}  // namespace diktate
