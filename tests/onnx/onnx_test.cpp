#include <cmath>

#include <gtest/gtest.h>

#include "onnx/cached_session.h"
#include "onnx/checksums.h"
#include "onnx/graph_builder.h"
#include "onnx/model_file.h"
#include "onnx/protobuf.h"

namespace diktate {
namespace {

TEST(Protobuf, ReadsBackWhatItWrote) {
  WireWriter inner;
  inner.bytes(8, "weight").integer(1, 3);
  WireWriter writer;
  writer.integer(1, -2).number(2, 0.5F).message(5, inner);
  const auto fields = parse_message(writer.bytes());
  ASSERT_TRUE(fields);
  ASSERT_EQ(fields->size(), 3U);
  EXPECT_EQ(static_cast<std::int64_t>((*fields)[0].value), -2);
  EXPECT_EQ((*fields)[2].bytes, inner.bytes());
  EXPECT_EQ(parse_integers(*fields, 1).value(), std::vector<std::int64_t>{-2});
}

TEST(Protobuf, EveryTruncationIsAnErrorOrAWholeMessage) {
  WireWriter writer;
  writer.integer(1, 300).bytes(2, "four").number(3, 1.0F);
  const std::string whole = writer.bytes();
  int errors = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string part = whole.substr(0, size);
    errors += parse_message(part) ? 0 : 1;
  }
  // All but the empty message and those that end after a whole field.
  EXPECT_EQ(errors, static_cast<int>(whole.size()) - 3);
}

TEST(OnnxModelFile, ReadsWhatTheBuilderWrites) {
  GraphBuilder builder;
  const auto input =
      builder.input("x", OnnxType::float32, {OnnxDimension(std::int64_t{1}), OnnxDimension("n")});
  builder.output(input, "y", OnnxType::float32, {OnnxDimension(std::int64_t{1}), OnnxDimension("n")});
  const std::string bytes = builder.finish();
  const auto file = OnnxModelFile::parse(bytes);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->input_shape("x").value(), (std::vector<std::int64_t>{1, -1}));
  EXPECT_EQ(file->node("y")->type, "Identity");
  EXPECT_EQ(file->node("nothing").error().kind, ErrorKind::invalid);
  EXPECT_EQ(file->constant("nothing").error().kind, ErrorKind::invalid);
}

TEST(OnnxModelFile, RefusesGarbage) {
  EXPECT_FALSE(OnnxModelFile::parse(""));
  EXPECT_FALSE(OnnxModelFile::parse("no model at all"));
  EXPECT_FALSE(OnnxModelFile::parse(std::string(1000, '\xff')));
}

TEST(CacheKey, ChangesWithEachOfItsParts) {
  const CacheKey key{"/a/model", "1.29.0", "a processor", 100, 5};
  const std::string name = to_string(key);
  EXPECT_EQ(name.size(), 16U);
  EXPECT_EQ(to_string(key), name);
  EXPECT_NE(to_string({"/another", "1.29.0", "a processor", 100, 5}), name);
  EXPECT_NE(to_string({"/a/model", "1.30.0", "a processor", 100, 5}), name);
  EXPECT_NE(to_string({"/a/model", "1.29.0", "another", 100, 5}), name);
  EXPECT_NE(to_string({"/a/model", "1.29.0", "a processor", 101, 5}), name);
  EXPECT_NE(to_string({"/a/model", "1.29.0", "a processor", 100, 6}), name);
}

TEST(Checksum, NoticesEveryFlippedBit) {
  std::string data(131, 'x');
  const auto sum = [&] { return checksum(std::as_bytes(std::span(data))); };
  const std::uint64_t whole = sum();
  for (std::size_t bit = 0; bit < data.size() * 8; ++bit) {
    data[bit / 8] = static_cast<char>(data[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_NE(sum(), whole) << "bit " << bit;
    data[bit / 8] = static_cast<char>(data[bit / 8] ^ (1 << (bit % 8)));
  }
  EXPECT_EQ(sum(), whole);
}

}  // namespace
}  // namespace diktate
