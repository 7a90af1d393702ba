// The files are what Optimum exports and onnx.quantize then quantises: the operators' outputs are named after
// the modules of the original program ("/layers.0/mlp/fc1/MatMul_output_0"), which the weights themselves are
// not always.
#include "stt/moonshine_weights.h"

#include <cstddef>
#include <utility>

#include "onnx/model_file.h"

namespace diktate {
namespace {

// Shifts unsigned 8-bit integers by 128: the same numbers, in the form that processors multiply fastest.
std::vector<std::int8_t> as_signed(const OnnxConstant& constant) {
  const int shift = constant.type == OnnxType::uint8 ? 128 : 0;
  std::vector<std::int8_t> result;
  result.reserve(constant.data.size());
  for (const char entry : constant.data) {
    const int value = shift != 0 ? static_cast<unsigned char>(entry) : static_cast<signed char>(entry);
    result.push_back(static_cast<std::int8_t>(value - shift));
  }
  return result;
}

// Reads one file; the first thing that goes wrong is remembered, and everything after it comes back empty.
class WeightReader {
 public:
  explicit WeightReader(std::string_view bytes) {
    if (auto file = OnnxModelFile::parse(bytes)) {
      file_ = std::move(*file);
    } else {
      error_ = file.error();
    }
  }

  bool has_operator(const std::string& output) const { return file_.node(output).has_value(); }
  Result<void> outcome() const { return error_.message.empty() ? Result<void>() : tl::unexpected(error_); }
  void require(bool holds, const std::string& what) {
    if (!holds) remember(Error{ErrorKind::invalid, "damaged or of another make: " + what});
  }

  std::vector<float> floats(const std::string& name) { return keep(file_.constant(name)).floats(); }
  std::vector<std::int64_t> input_shape(const std::string& name) { return keep(file_.input_shape(name)); }
  // The second input of an operator, when it is a constant.
  std::vector<float> operand(const std::string& output) { return floats(input_of(output, 1)); }

  // A quantised tensor: onnx.quantize gives all three parts one stem.
  QuantisedMatrix matrix(const std::string& stem) {
    const OnnxConstant entries = keep(file_.constant(stem + "_quantized"));
    const std::vector<float> scale = floats(stem + "_scale");
    const std::vector<std::int8_t> zero = as_signed(keep(file_.constant(stem + "_zero_point")));
    const bool fits = entries.shape.size() == 2 && scale.size() == 1 && zero.size() == 1;
    require(fits && entries.type == OnnxType::uint8, stem);
    if (!fits) return {};
    const auto columns = static_cast<std::size_t>(entries.shape[1]);
    return {entries.shape[0], entries.shape[1], as_signed(entries), std::vector<float>(columns, scale[0]),
            std::vector<std::int8_t>(columns, zero[0])};
  }

  // The matrix that the module at `path` multiplies with.
  Linear linear(const std::string& path, const std::string& bias = {}) {
    constexpr std::string_view kSuffix = "_quantized";
    std::string name = input_of(path + "/MatMul_output_0_output_quantized", 1);
    if (name.ends_with(kSuffix)) name.resize(name.size() - kSuffix.size());
    return {matrix(name), bias.empty() ? std::vector<float>() : floats(bias)};
  }

  Convolution convolution(const std::string& name, bool with_bias) {
    const OnnxConstant entries = keep(file_.constant(name + ".weight_quantized"));
    const std::vector<float> scale = floats(name + ".weight_scale");
    const std::vector<float> zero = floats(name + ".weight_zero_point");
    const bool fits = entries.shape.size() == 3 && scale.size() == 1 && zero.size() == 1;
    require(fits, name);
    if (!fits) return {};
    Convolution result{entries.shape[2], entries.shape[1], entries.shape[0], {}, {}};
    const std::vector<float> stored = entries.floats();
    result.weight.reserve(stored.size());
    for (std::int64_t tap = 0; tap < result.taps; ++tap) {
      for (std::int64_t input = 0; input < result.inputs; ++input) {
        for (std::int64_t output = 0; output < result.outputs; ++output) {
          const std::int64_t at = (output * result.inputs + input) * result.taps + tap;
          result.weight.push_back(stored[static_cast<std::size_t>(at)] * scale[0] + zero[0]);
        }
      }
    }
    if (with_bias) result.bias = floats(name + ".bias");
    return result;
  }

 private:
  void remember(const Error& error) {
    if (error_.message.empty()) error_ = error;
  }
  template <class T>
  T keep(Result<T> result) {
    if (result) return std::move(*result);
    remember(result.error());
    return T();
  }
  std::string input_of(const std::string& output, std::size_t index) {
    const OnnxNode node = keep(file_.node(output));
    if (index < node.inputs.size()) return node.inputs[index];
    require(false, output);
    return {};
  }

  OnnxModelFile file_;
  Error error_;
};

Linear joined(std::initializer_list<Linear> linears) {
  std::vector<QuantisedMatrix> weights;
  for (const Linear& linear : linears) weights.push_back(linear.weight);
  return {join_columns(weights), {}};
}

EncoderLayer encoder_layer(WeightReader& reader, std::size_t index) {
  const std::string name = "layers." + std::to_string(index);
  const std::string path = '/' + name + '/';
  return {reader.floats(name + ".input_layernorm.weight"),
          joined({reader.linear(path + "self_attn/q_proj"), reader.linear(path + "self_attn/k_proj"),
                  reader.linear(path + "self_attn/v_proj")}),
          reader.linear(path + "self_attn/dense"),
          reader.floats(name + ".post_attention_layernorm.weight"),
          reader.linear(path + "mlp/fc1", name + ".mlp.fc1.bias"),
          reader.linear(path + "mlp/fc2", name + ".mlp.fc2.bias")};
}

DecoderLayer decoder_layer(WeightReader& reader, std::size_t index) {
  const std::string name = "model.decoder.layers." + std::to_string(index);
  const std::string path = "/model/decoder/layers." + std::to_string(index) + '/';
  return {reader.floats(name + ".input_layernorm.weight_merged_0"),
          joined({reader.linear(path + "self_attn/q_proj"), reader.linear(path + "self_attn/k_proj"),
                  reader.linear(path + "self_attn/v_proj")}),
          reader.linear(path + "self_attn/dense"),
          reader.floats(name + ".post_attention_layernorm.weight_merged_0"),
          reader.linear(path + "encoder_attn/q_proj"),
          reader.linear(path + "encoder_attn/k_proj"),
          reader.linear(path + "encoder_attn/v_proj"),
          reader.linear(path + "encoder_attn/dense"),
          reader.floats(name + ".final_layernorm.weight_merged_0"),
          reader.linear(path + "mlp/up_proj", name + ".mlp.up_proj.bias_merged_0"),
          reader.linear(path + "mlp/down_proj", name + ".mlp.down_proj.bias_merged_0")};
}

}  // namespace

QuantisedMatrix join_columns(const std::vector<QuantisedMatrix>& matrices) {
  QuantisedMatrix result;
  result.rows = matrices.front().rows;
  for (const QuantisedMatrix& matrix : matrices) {
    if (matrix.rows != result.rows) return {};
    result.columns += matrix.columns;
    result.scale.insert(result.scale.end(), matrix.scale.begin(), matrix.scale.end());
    result.zero.insert(result.zero.end(), matrix.zero.begin(), matrix.zero.end());
  }
  result.entries.reserve(static_cast<std::size_t>(result.rows * result.columns));
  for (std::int64_t row = 0; row < result.rows; ++row) {
    for (const QuantisedMatrix& matrix : matrices) {
      const auto begin = matrix.entries.begin() + row * matrix.columns;
      result.entries.insert(result.entries.end(), begin, begin + matrix.columns);
    }
  }
  return result;
}

QuantisedMatrix transpose(const QuantisedMatrix& matrix) {
  QuantisedMatrix result{
      matrix.columns, matrix.rows, std::vector<std::int8_t>(matrix.entries.size()), {}, {}};
  for (std::int64_t row = 0; row < matrix.rows; ++row) {
    for (std::int64_t column = 0; column < matrix.columns; ++column) {
      result.entries[static_cast<std::size_t>(column * matrix.rows + row)] =
          matrix.entries[static_cast<std::size_t>(row * matrix.columns + column)];
    }
  }
  const auto columns = static_cast<std::size_t>(result.columns);
  result.scale.assign(columns, matrix.scale.front());
  result.zero.assign(columns, matrix.zero.front());
  return result;
}

Result<void> read_encoder_weights(std::string_view encoder, MoonshineWeights& weights) {
  WeightReader reader(encoder);
  weights.encoder_frequencies = reader.floats("/rotary_emb/Cast_1_output_0");
  weights.conv1 = reader.convolution("conv1", false);
  weights.conv2 = reader.convolution("conv2", true);
  weights.conv3 = reader.convolution("conv3", true);
  weights.group_norm_scale = reader.operand("/groupnorm/Mul_output_0");
  weights.group_norm_shift = reader.operand("/groupnorm/Add_output_0");
  const auto exists = [&](std::size_t index) {
    return reader.has_operator("/layers." + std::to_string(index) +
                               "/mlp/fc2/MatMul_output_0_output_quantized");
  };
  for (std::size_t i = 0; exists(i); ++i) weights.encoder.push_back(encoder_layer(reader, i));
  weights.encoder_norm = reader.floats("layer_norm.weight");
  reader.require(!weights.encoder.empty(), "no layers");
  return reader.outcome();
}

Result<void> read_decoder_weights(std::string_view decoder, MoonshineWeights& weights) {
  WeightReader reader(decoder);
  weights.decoder_frequencies = reader.floats("/model/decoder/rotary_emb/Cast_1_output_0");
  weights.embedding = reader.matrix("model.decoder.embed_tokens.weight_merged_0");
  const auto exists = [&](std::size_t index) {
    return reader.has_operator("/model/decoder/layers." + std::to_string(index) +
                               "/mlp/down_proj/MatMul_output_0_output_quantized");
  };
  for (std::size_t i = 0; exists(i); ++i) weights.decoder.push_back(decoder_layer(reader, i));
  weights.decoder_norm = reader.floats("model.decoder.norm.weight_merged_0");
  reader.require(!weights.decoder.empty(), "no layers");
  const std::vector<std::int64_t> cache = reader.input_shape("past_key_values.0.decoder.key");
  reader.require(cache.size() == 4 && cache[1] > 0, "past_key_values.0.decoder.key");
  weights.width = weights.embedding.columns;
  weights.heads = cache.size() == 4 ? cache[1] : 0;
  return reader.outcome();
}

namespace {

bool fits(const Linear& linear, std::int64_t rows, std::int64_t columns) {
  const auto size = static_cast<std::size_t>(columns);
  return linear.weight.rows == rows && linear.weight.columns == columns &&
         linear.weight.scale.size() == size && linear.weight.zero.size() == size &&
         (linear.bias.empty() || linear.bias.size() == size);
}

bool fits(const std::vector<float>& vector, std::int64_t size) {
  return static_cast<std::int64_t>(vector.size()) == size;
}

bool fits(const Convolution& convolution, std::int64_t taps, std::int64_t inputs, std::int64_t outputs) {
  return convolution.taps == taps && convolution.inputs == inputs && convolution.outputs == outputs &&
         (convolution.bias.empty() || fits(convolution.bias, outputs));
}

bool fits(const EncoderLayer& layer, std::int64_t width) {
  const std::int64_t inner = layer.mlp_in.weight.columns;
  return fits(layer.attention_norm, width) && fits(layer.query_key_value, width, 3 * width) &&
         fits(layer.attention_out, width, width) && fits(layer.mlp_norm, width) &&
         fits(layer.mlp_in, width, inner) && fits(layer.mlp_out, inner, width);
}

bool fits(const DecoderLayer& layer, std::int64_t width) {
  const std::int64_t inner = layer.mlp_out.weight.rows;
  return fits(layer.self_norm, width) && fits(layer.query_key_value, width, 3 * width) &&
         fits(layer.self_out, width, width) && fits(layer.cross_norm, width) &&
         fits(layer.cross_query, width, width) && fits(layer.cross_key, width, width) &&
         fits(layer.cross_value, width, width) && fits(layer.cross_out, width, width) &&
         fits(layer.mlp_norm, width) && fits(layer.mlp_in, width, 2 * inner) &&
         fits(layer.mlp_out, inner, width);
}

bool convolutions_fit(const MoonshineWeights& weights) {
  const std::int64_t middle = weights.conv2.outputs;
  return fits(weights.conv1, 127, 1, weights.width) && fits(weights.conv2, 7, weights.width, middle) &&
         fits(weights.conv3, 3, middle, weights.width) && fits(weights.group_norm_scale, weights.width) &&
         fits(weights.group_norm_shift, weights.width);
}

}  // namespace

bool shapes_fit(const MoonshineWeights& weights) {
  const std::int64_t width = weights.width;
  if (width <= 0 || weights.heads <= 0 || width % weights.heads != 0) return false;
  const auto rotary = static_cast<std::int64_t>(2 * weights.encoder_frequencies.size());
  bool fit = rotary > 0 && rotary <= width / weights.heads && convolutions_fit(weights) &&
             weights.decoder_frequencies.size() == weights.encoder_frequencies.size() &&
             fits(weights.encoder_norm, width) && fits(weights.decoder_norm, width);
  for (const EncoderLayer& layer : weights.encoder) fit = fit && fits(layer, width);
  for (const DecoderLayer& layer : weights.decoder) fit = fit && fits(layer, width);
  return fit;
}

}  // namespace diktate
