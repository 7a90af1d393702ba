// Moonshine's weights, read out of the ONNX files in which their makers ship them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace diktate {

// A matrix of 8-bit integers, row-major: the value of an entry is (entry - zero) * scale of its column.
struct QuantisedMatrix {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::vector<std::int8_t> entries;
  std::vector<float> scale;
  std::vector<std::int8_t> zero;
};

// Side by side; all have the same number of rows.
QuantisedMatrix join_columns(const std::vector<QuantisedMatrix>& matrices);
QuantisedMatrix transpose(const QuantisedMatrix& matrix);  // of one whose columns share their scale and zero

// A linear layer: x * weight + bias.
struct Linear {
  QuantisedMatrix weight;
  std::vector<float> bias;  // empty: none
};

// A convolution over time, as the matrices that its taps multiply a frame with: tap-major, then input
// channel, then output channel.
struct Convolution {
  std::int64_t taps = 0;
  std::int64_t inputs = 0;
  std::int64_t outputs = 0;
  std::vector<float> weight;
  std::vector<float> bias;  // empty: none
};

struct EncoderLayer {
  std::vector<float> attention_norm;
  Linear query_key_value;  // joined
  Linear attention_out;
  std::vector<float> mlp_norm;
  Linear mlp_in;
  Linear mlp_out;
};

struct DecoderLayer {
  std::vector<float> self_norm;
  Linear query_key_value;
  Linear self_out;
  std::vector<float> cross_norm;
  Linear cross_query;
  Linear cross_key;  // of the encoder's output
  Linear cross_value;
  Linear cross_out;
  std::vector<float> mlp_norm;
  Linear mlp_in;  // twice as wide as mlp_out expects: the second half is the gate
  Linear mlp_out;
};

struct MoonshineWeights {
  std::int64_t width = 0;  // of a frame or token inside the model
  std::int64_t heads = 0;
  std::vector<float> encoder_frequencies;  // of the rotary position embedding, radians a frame
  std::vector<float> decoder_frequencies;
  Convolution conv1;                    // 127 samples every 64
  Convolution conv2;                    // 7 frames every 3
  Convolution conv3;                    // 3 frames every 2
  std::vector<float> group_norm_scale;  // between conv1 and conv2
  std::vector<float> group_norm_shift;
  std::vector<EncoderLayer> encoder;
  std::vector<float> encoder_norm;
  QuantisedMatrix embedding;  // a row a token; the logits use it too
  std::vector<DecoderLayer> decoder;
  std::vector<float> decoder_norm;
};

// `encoder` and `decoder` are the contents of encoder_model.onnx and decoder_model_merged.onnx. What is
// damaged, or of another make, is `invalid`; the message does not name the file.
Result<void> read_encoder_weights(std::string_view encoder, MoonshineWeights& weights);
Result<void> read_decoder_weights(std::string_view decoder, MoonshineWeights& weights);

// Whether everything has the size that its neighbours expect, as it has when both files are of one model.
bool shapes_fit(const MoonshineWeights& weights);

}  // namespace diktate
