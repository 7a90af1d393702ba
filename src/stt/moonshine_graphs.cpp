// What makes these graphs fast, beside fewer and larger operators:
// - The keys and values that the decoder takes from the audio are computed by the encoder, once for all
// layers.
// - Convolutions are products with the frames laid side by side, so that nothing need be transposed.
// - The logits are a product of 8-bit integers. The export turns the whole embedding into floats at every
// step.
//
// Rows of activations are quantised to 8 bits before each product. Where there is one row the runtime's own
// operator does it. It would quantise several rows with one scale, so that each depended on all others; with
// Rows::many the same arithmetic is therefore spelled out for each row:
//   scale = (max - min) / 255,  zero = round(-min / scale),  entry = round(x / scale) + zero    (min <= 0 <=
//   max) sum((entry - zero) * weight) = sum((entry - 128) * weight) + (128 - zero) * sum(weight)
#include "stt/moonshine_graphs.h"

#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "onnx/graph_builder.h"

namespace diktate {
namespace {

constexpr float kEpsilon = 1e-5F;          // of every norm in the model
constexpr std::int64_t kConv1Stride = 64;  // samples
constexpr std::uint8_t kMiddle = 128;      // of the unsigned 8-bit integers
const std::string kLeftOut;

std::string numbered(const std::string& name, std::size_t index) {
  return name + '_' + std::to_string(index);
}

std::vector<float> column_sums(const QuantisedMatrix& weight) {
  // The sum of each column, as floats that the products are to be corrected by.
  std::vector<std::int64_t> sums(static_cast<std::size_t>(weight.columns));
  for (std::size_t i = 0; i < weight.entries.size(); ++i) {
    const std::size_t column = i % sums.size();
    sums[column] += weight.entries[i] - weight.zero[column];
  }
  std::vector<float> result;
  for (std::size_t i = 0; i < sums.size(); ++i)
    result.push_back(static_cast<float>(sums[i]) * weight.scale[i]);
  return result;
}

std::string bytes_of(const std::vector<std::int8_t>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size()};
}

// Building blocks that encoder and decoder share. Activations are [1, rows, width].
class ModelBuilder {
 public:
  ModelBuilder(const MoonshineWeights& weights, Rows rows) : weights_(weights), rows_(rows) {
    whole_range_ = graph_.scalar(255.0F);
    nothing_ = graph_.scalar(0.0F);
    middle_ = graph_.byte(kMiddle);
    minus_one_ = graph_.integers({-1});
  }

 protected:
  struct Weight {
    std::string entries, scale, zero;
  };
  Weight weight(const QuantisedMatrix& matrix) {
    return {graph_.constant({OnnxType::int8, {matrix.rows, matrix.columns}, bytes_of(matrix.entries)}),
            graph_.floats(matrix.scale, {matrix.columns}),
            graph_.constant({OnnxType::int8, {matrix.columns}, bytes_of(matrix.zero)})};
  }

  std::string vector(const std::vector<float>& values) {
    return graph_.floats(values, {static_cast<std::int64_t>(values.size())});
  }

  std::string product(const std::string& x, const Linear& linear) {
    if (rows_ == Rows::many) return product_by_row(x, linear);
    const Weight w = weight(linear.weight);
    return graph_.add("com.microsoft.DynamicQuantizeMatMul",
                      {x, w.entries, w.scale, w.zero, linear.bias.empty() ? kLeftOut : vector(linear.bias)});
  }

  std::string norm(const std::string& x, const std::vector<float>& scale) {
    return graph_.add("LayerNormalization", {x, vector(scale)},
                      {{"axis", std::int64_t{-1}}, {"epsilon", kEpsilon}});
  }

  // Adds `change` to the residual stream `x`, and norms the sum, in one operator.
  std::string add_and_norm(std::string& x, const std::string& change, const std::vector<float>& scale) {
    const auto outputs = graph_.add("com.microsoft.SkipLayerNormalization", {x, change, vector(scale)},
                                    {{"epsilon", kEpsilon}}, std::vector<bool>{true, false, false, true});
    x = outputs[3];
    return outputs[0];
  }

  // The cosines and sines of the rotary position embedding; `positions` is [n, 1].
  void prepare_rotary(const std::string& positions, const std::vector<float>& frequencies) {
    const auto count = static_cast<std::int64_t>(frequencies.size());
    const std::string angles = graph_.add("Mul", {positions, graph_.floats(frequencies, {1, count})});
    cosines_ = graph_.add("Cos", {angles});
    sines_ = graph_.add("Sin", {angles});
    first_row_ = graph_.integers({0});
    rotary_width_ = 2 * count;
  }

  std::string rotated(const std::string& x) {
    return graph_.add("com.microsoft.RotaryEmbedding", {x, first_row_, cosines_, sines_},
                      {{"interleaved", std::int64_t{1}},
                       {"num_heads", weights_.heads},
                       {"rotary_embedding_dim", rotary_width_}});
  }

  struct Heads {
    std::string query, key, value;
  };
  Heads query_key_value(const std::string& x, const Linear& linear) {
    const std::int64_t width = weights_.width;
    const auto parts = graph_.add("Split", {product(x, linear), graph_.integers({width, width, width})},
                                  {{"axis", std::int64_t{-1}}}, std::size_t{3});
    return {rotated(parts[0]), rotated(parts[1]), parts[2]};
  }

  GraphBuilder graph_;
  const MoonshineWeights& weights_;
  const Rows rows_;

 private:
  struct QuantisedRows {
    std::string entries, scale, zero;  // [1, n, width], [1, n, 1] and [1, n, 1]
  };

  QuantisedRows quantised(const std::string& x) {
    const std::vector<OnnxAttribute> along_row = {{"axes", std::vector<std::int64_t>{-1}},
                                                  {"keepdims", std::int64_t{1}}};
    const std::vector<OnnxAttribute> per_row = {{"axis", std::int64_t{1}}};
    const std::string lowest = graph_.add("Min", {graph_.add("ReduceMin", {x}, along_row), nothing_});
    const std::string highest = graph_.add("Max", {graph_.add("ReduceMax", {x}, along_row), nothing_});
    const std::string scale = graph_.add("Div", {graph_.add("Sub", {highest, lowest}), whole_range_});
    const std::string scales = graph_.add("Reshape", {scale, minus_one_});
    const std::string zero = graph_.add("QuantizeLinear", {graph_.add("Neg", {lowest}), scales}, per_row);
    const std::string zeros = graph_.add("Reshape", {zero, minus_one_});
    return {graph_.add("QuantizeLinear", {x, scales, zeros}, per_row), scale, zero};
  }

  std::string product_by_row(const std::string& x, const Linear& linear) {
    const QuantisedRows rows = quantised(x);
    const Weight w = weight(linear.weight);
    const std::string centred = graph_.add("com.microsoft.MatMulIntegerToFloat",
                                           {rows.entries, w.entries, one(), w.scale, middle_, w.zero});
    const std::string offset = graph_.add(
        "Sub", {graph_.scalar(kMiddle), graph_.add("Cast", {rows.zero}, {{"to", std::int64_t{1}}})});
    const std::string correction = graph_.add("Mul", {offset, vector(column_sums(linear.weight))});
    const std::string result = graph_.add("Mul", {graph_.add("Add", {centred, correction}), rows.scale});
    return linear.bias.empty() ? result : graph_.add("Add", {result, vector(linear.bias)});
  }

 protected:
  std::string one() { return graph_.scalar(1.0F); }
  std::string middle() const { return middle_; }
  std::string minus_one() const { return minus_one_; }

 private:
  std::string whole_range_, nothing_, middle_, minus_one_;
  std::string cosines_, sines_, first_row_;
  std::int64_t rotary_width_ = 0;
};

class EncoderBuilder : private ModelBuilder {
 public:
  // The encoder's rows are quantised together, as in the export: it sees all of the audio at once anyway.
  explicit EncoderBuilder(const MoonshineWeights& weights) : ModelBuilder(weights, Rows::one) {}

  std::string build() {
    const std::string audio = graph_.input("audio", OnnxType::float32, {"blocks", kConv1Stride});
    std::string x = graph_.add("Unsqueeze", {frames(audio), graph_.integers({0})});
    prepare_positions(x);
    std::string normed = norm(x, weights_.encoder.front().attention_norm);
    for (std::size_t i = 0; i < weights_.encoder.size(); ++i) {
      const EncoderLayer& layer = weights_.encoder[i];
      const bool last = i + 1 == weights_.encoder.size();
      const std::vector<float>& next_norm =
          last ? weights_.encoder_norm : weights_.encoder[i + 1].attention_norm;
      normed = add_and_norm(x, attention(normed, layer), layer.mlp_norm);
      normed = add_and_norm(x, mlp(normed, layer), next_norm);
    }
    add_cross(normed);
    return graph_.finish();
  }

 private:
  // Rows `first`, `first` + `step` and so on, before `end` (a tensor, or nothing for all).
  std::string rows(const std::string& x, std::int64_t first, const std::string& end, std::int64_t step = 1) {
    return graph_.add("Slice",
                      {x, graph_.integers({first}), end, graph_.integers({0}), graph_.integers({step})});
  }
  std::string to_the_end() { return graph_.integers({std::numeric_limits<std::int64_t>::max()}); }

  // `count` * `factor` + `summand`, as a vector of one integer.
  std::string linear_in(const std::string& count, std::int64_t factor, std::int64_t summand) {
    const std::string scaled = graph_.add("Mul", {count, graph_.integers({factor})});
    return graph_.add("Add", {scaled, graph_.integers({summand})});
  }
  std::string row_count(const std::string& x) {
    return graph_.add("Slice", {graph_.add("Shape", {x}), graph_.integers({0}), graph_.integers({1})});
  }

  // The part of a convolution's weight that belongs to some of its taps, as a matrix.
  std::string taps(const Convolution& convolution, std::int64_t first, std::int64_t count) {
    const std::int64_t size = convolution.inputs * convolution.outputs;
    const auto begin = convolution.weight.begin() + first * size;
    return graph_.floats({begin, begin + count * size}, {count * convolution.inputs, convolution.outputs});
  }

  // `group` rows side by side, from row `first` on, `count` times.
  std::string side_by_side(const std::string& x, std::int64_t first, std::int64_t group,
                           const std::string& count, std::int64_t width) {
    const std::string part = rows(x, first, linear_in(count, group, first));
    return graph_.add("Reshape", {part, graph_.integers({-1, group * width})});
  }

  std::string sum_of_products(const std::string& x, const std::string& matrix, const std::string& so_far) {
    return graph_.add("Gemm", {x, matrix, so_far});
  }

  // From samples to frames: three convolutions, with a norm over everything after the first.
  std::string frames(const std::string& audio) {
    std::string centred = first_convolution(audio);
    const std::string inverse_deviation = this->inverse_deviation(centred);
    return third_convolution(second_convolution(centred, inverse_deviation));
  }

  std::string first_convolution(const std::string& audio) {
    const std::string pairs =
        graph_.add("Concat", {rows(audio, 0, graph_.integers({-1})), rows(audio, 1, to_the_end())},
                   {{"axis", std::int64_t{1}}});
    std::vector<float> weight = weights_.conv1.weight;
    weight.resize(static_cast<std::size_t>(2 * kConv1Stride * weights_.conv1.outputs), 0.0F);
    const std::string matrix = graph_.floats(weight, {2 * kConv1Stride, weights_.conv1.outputs});
    const std::string frames = graph_.add("Tanh", {graph_.add("MatMul", {pairs, matrix})});
    return graph_.add("Sub", {frames, graph_.add("ReduceMean", {frames}, {{"keepdims", std::int64_t{1}}})});
  }

  std::string inverse_deviation(const std::string& centred) {
    const std::string variance =
        graph_.add("ReduceMean", {graph_.add("Mul", {centred, centred})}, {{"keepdims", std::int64_t{1}}});
    const std::string deviation =
        graph_.add("Sqrt", {graph_.add("Add", {variance, graph_.scalar(kEpsilon)})});
    return graph_.add("Div", {one(), deviation});
  }

  // The norm before it is worked into its weights: x / deviation * scale + shift is linear once the deviation
  // is known.
  std::string second_convolution(const std::string& centred, const std::string& inverse_deviation) {
    Convolution conv = weights_.conv2;
    for (std::size_t i = 0; i < conv.weight.size(); ++i) {
      const auto output = i % static_cast<std::size_t>(conv.outputs);
      const auto input = i / static_cast<std::size_t>(conv.outputs) % static_cast<std::size_t>(conv.inputs);
      conv.bias[output] += conv.weight[i] * weights_.group_norm_shift[input];
      conv.weight[i] *= weights_.group_norm_scale[input];
    }
    // n rows give (n - 7) / 3 + 1 = (n - 4) / 3, rounded down
    const std::string less = graph_.add("Add", {row_count(centred), graph_.integers({-4})});
    const std::string count = graph_.add("Div", {less, graph_.integers({3})});
    std::string sum =
        graph_.add("MatMul", {side_by_side(centred, 0, 3, count, conv.inputs), taps(conv, 0, 3)});
    sum = sum_of_products(side_by_side(centred, 3, 3, count, conv.inputs), taps(conv, 3, 3), sum);
    sum = sum_of_products(rows(centred, 6, to_the_end(), 3), taps(conv, 6, 1), sum);
    return graph_.add("com.microsoft.BiasGelu",
                      {graph_.add("Mul", {sum, inverse_deviation}), vector(conv.bias)});
  }

  std::string third_convolution(const std::string& x) {
    const Convolution& conv = weights_.conv3;
    // n rows give (n - 3) / 2 + 1 = (n - 1) / 2, rounded down
    const std::string less = graph_.add("Add", {row_count(x), graph_.integers({-1})});
    const std::string count = graph_.add("Div", {less, graph_.integers({2})});
    std::string sum = graph_.add("MatMul", {side_by_side(x, 0, 2, count, conv.inputs), taps(conv, 0, 2)});
    sum = sum_of_products(rows(x, 2, to_the_end(), 2), taps(conv, 2, 1), sum);
    return graph_.add("com.microsoft.BiasGelu", {sum, vector(conv.bias)});
  }

  void prepare_positions(const std::string& x) {
    const std::string shape = graph_.add("Shape", {x});
    const std::string count = graph_.add(
        "Gather",
        {shape, graph_.constant(OnnxConstant{OnnxType::int64, {}, std::string("\1\0\0\0\0\0\0\0", 8)})});
    const std::string count_as_float = graph_.add("Cast", {count}, {{"to", std::int64_t{1}}});
    const std::string range = graph_.add("Range", {graph_.scalar(0.0F), count_as_float, one()});
    prepare_rotary(graph_.add("Unsqueeze", {range, graph_.integers({1})}), weights_.encoder_frequencies);
  }

  std::string attention(const std::string& normed, const EncoderLayer& layer) {
    const Heads heads = query_key_value(normed, layer.query_key_value);
    const std::string mixed =
        graph_.add("com.microsoft.MultiHeadAttention", {heads.query, heads.key, heads.value},
                   {{"num_heads", weights_.heads}});
    return product(mixed, layer.attention_out);
  }

  std::string mlp(const std::string& normed, const EncoderLayer& layer) {
    const std::string inner = product(normed, {layer.mlp_in.weight, {}});
    const std::string bent = graph_.add("com.microsoft.BiasGelu", {inner, vector(layer.mlp_in.bias)});
    return product(bent, layer.mlp_out);
  }

  void add_cross(const std::string& normed) {
    std::vector<QuantisedMatrix> matrices;
    for (const DecoderLayer& layer : weights_.decoder) {
      matrices.push_back(layer.cross_key.weight);
      matrices.push_back(layer.cross_value.weight);
    }
    const auto count = static_cast<std::int64_t>(matrices.size());
    const std::int64_t head_size = weights_.width / weights_.heads;
    const std::string all = product(normed, {join_columns(matrices), {}});
    const std::string split =
        graph_.add("Reshape", {all, graph_.integers({-1, count, weights_.heads, head_size})});
    const std::string cross =
        graph_.add("Transpose", {split}, {{"perm", std::vector<std::int64_t>{1, 2, 0, 3}}});
    graph_.output(cross, "cross", OnnxType::float32, {count, weights_.heads, "frames", head_size});
  }
};

class DecoderBuilder : private ModelBuilder {
 public:
  using ModelBuilder::ModelBuilder;

  std::string build() {
    const OnnxDimension count = rows_ == Rows::one ? OnnxDimension(std::int64_t{1}) : OnnxDimension("count");
    const std::string tokens = graph_.input("tokens", OnnxType::int64, {std::int64_t{1}, count});
    prepare_rotary(graph_.input("positions", OnnxType::float32, {count, std::int64_t{1}}),
                   weights_.decoder_frequencies);
    std::string x = embedded(tokens);
    std::string normed = norm(x, weights_.decoder.front().self_norm);
    for (std::size_t i = 0; i < weights_.decoder.size(); ++i) {
      const DecoderLayer& layer = weights_.decoder[i];
      const bool last = i + 1 == weights_.decoder.size();
      normed = add_and_norm(x, self_attention(normed, i), layer.cross_norm);
      normed = add_and_norm(x, cross_attention(normed, i), layer.mlp_norm);
      normed = add_and_norm(x, mlp(normed, layer),
                            last ? weights_.decoder_norm : weights_.decoder[i + 1].self_norm);
    }
    add_logits(normed, count);
    return graph_.finish();
  }

 private:
  std::vector<OnnxDimension> cache_shape(const std::string& length) const {
    return {std::int64_t{1}, weights_.heads, length, weights_.width / weights_.heads};
  }
  std::string cache_input(const std::string& name, std::size_t layer, const std::string& length) {
    return graph_.input(numbered(name, layer), OnnxType::float32, cache_shape(length));
  }

  std::string embedded(const std::string& tokens) {
    const QuantisedMatrix& table = weights_.embedding;
    const std::string entries =
        graph_.constant({OnnxType::int8, {table.rows, table.columns}, bytes_of(table.entries)});
    const std::string zero = graph_.constant({OnnxType::int8, {}, bytes_of({table.zero.front()})});
    return graph_.add("DequantizeLinear",
                      {graph_.add("Gather", {entries, tokens}), graph_.scalar(table.scale.front()), zero});
  }

  std::string self_attention(const std::string& normed, std::size_t index) {
    const DecoderLayer& layer = weights_.decoder[index];
    const Heads heads = query_key_value(normed, layer.query_key_value);
    std::vector<std::string> inputs = {heads.query, heads.key, heads.value};
    if (rows_ == Rows::one) {
      inputs.insert(inputs.end(), {kLeftOut, kLeftOut, kLeftOut, cache_input("past_key", index, "past"),
                                   cache_input("past_value", index, "past")});
    }
    const auto outputs =
        graph_.add("com.microsoft.MultiHeadAttention", inputs,
                   {{"num_heads", weights_.heads}, {"unidirectional", std::int64_t{1}}}, std::size_t{3});
    graph_.output(outputs[1], numbered("key", index), OnnxType::float32, cache_shape("length"));
    graph_.output(outputs[2], numbered("value", index), OnnxType::float32, cache_shape("length"));
    return product(outputs[0], layer.self_out);
  }

  std::string cross_attention(const std::string& normed, std::size_t index) {
    const DecoderLayer& layer = weights_.decoder[index];
    const std::string query = product(normed, layer.cross_query);
    const std::string mixed = graph_.add(
        "com.microsoft.MultiHeadAttention",
        {query, cache_input("cross_key", index, "frames"), cache_input("cross_value", index, "frames")},
        {{"num_heads", weights_.heads}});
    return product(mixed, layer.cross_out);
  }

  std::string mlp(const std::string& normed, const DecoderLayer& layer) {
    const std::int64_t inner = layer.mlp_out.weight.rows;
    const auto halves = graph_.add("Split", {product(normed, layer.mlp_in), graph_.integers({inner, inner})},
                                   {{"axis", std::int64_t{-1}}}, std::size_t{2});
    const std::string gate = graph_.add("com.microsoft.QuickGelu", {halves[1]}, {{"alpha", 1.0F}});
    return product(graph_.add("Mul", {gate, halves[0]}), layer.mlp_out);
  }

  // To the nearest whole number, in [-127, 127], stored with kMiddle added.
  std::string rounded(const std::string& x) { return graph_.add("QuantizeLinear", {x, one(), middle()}); }

  // Each row is quantised by itself and symmetrically, so that nothing but a factor for each is left to be
  // done. Eight bits alone let near ties fall otherwise than in the export: what they leave over, 254 times
  // finer, makes a second row. Both meet the weights, which are what costs time, in one pass.
  void add_logits(const std::string& normed, const OnnxDimension& count) {
    constexpr float kHighest = 127.0F;
    constexpr float kFiner = 2 * kHighest;
    const std::int64_t width = weights_.width;
    const std::int64_t vocabulary = weights_.embedding.rows;
    const std::string highest =
        graph_.add("ReduceMax", {graph_.add("Abs", {normed})},
                   {{"axes", std::vector<std::int64_t>{-1}}, {"keepdims", std::int64_t{1}}});
    const std::string scale = graph_.add("Div", {highest, graph_.scalar(kHighest)});
    const std::string scaled = graph_.add("Div", {normed, scale});
    const std::string coarse = rounded(scaled);
    const std::string rest =
        graph_.add("Sub", {scaled, graph_.add("DequantizeLinear", {coarse, one(), middle()})});
    const std::string fine = rounded(graph_.add("Mul", {rest, graph_.scalar(kFiner)}));
    const std::string both = graph_.add("Concat", {coarse, fine}, {{"axis", std::int64_t{-1}}});
    const std::string rows = graph_.add("Reshape", {both, graph_.integers({1, -1, width})});
    const Weight w = weight(transpose(weights_.embedding));
    const std::string products =
        graph_.add("com.microsoft.MatMulIntegerToFloat", {rows, w.entries, one(), w.scale, middle(), w.zero});
    const std::string pairs = graph_.add("Reshape", {products, graph_.integers({-1, 2, vocabulary})});
    const std::string sums = graph_.add("MatMul", {graph_.floats({1.0F, 1.0F / kFiner}, {1, 2}), pairs});
    const std::string logits = graph_.add("Reshape", {sums, graph_.integers({1, -1, vocabulary})});
    graph_.output(logits, "logits", OnnxType::float32, {std::int64_t{1}, count, vocabulary});
    graph_.output(scale, "logit_scale", OnnxType::float32, {std::int64_t{1}, count, std::int64_t{1}});
  }
};

}  // namespace

std::string encoder_graph(const MoonshineWeights& weights) { return EncoderBuilder(weights).build(); }

std::string decoder_graph(const MoonshineWeights& weights, Rows rows) {
  return DecoderBuilder(weights, rows).build();
}

}  // namespace diktate
