// Moonshine as three ONNX graphs made for decoding: the same sums as the makers' export, a seventh of its
// operators.
#pragma once

#include <string>

#include "stt/moonshine_weights.h"

namespace diktate {

// encoder.onnx. Takes `audio` [blocks, 64], all samples in order with zeros to fill the last block, which
// must not be the only thing in it: 127 samples make a frame, so that n frames take n + 1 blocks. Gives
// `cross` [2 * layers, heads, frames, head size]: the keys and the values of each decoder layer, in turn.
std::string encoder_graph(const MoonshineWeights& weights);

// How many tokens a decoder takes at once.
enum class Rows {
  one,   // decoder_next.onnx: one token, after those whose keys and values it is given
  many,  // decoder_first.onnx: all tokens from the first
};

// Takes `tokens` [1, n], `positions` [n, 1] (of the tokens, from 0, as floats), `cross_key_0` [1, heads,
// frames, head size], `cross_value_0` and so on for every layer; with Rows::one also `past_key_0` [1, heads,
// past, head size], `past_value_0` and so on. Gives `logits` [1, n, vocabulary], which `logit_scale` [1, n,
// 1] is yet to be multiplied with, and `key_0`, `value_0` and so on, as long as the past and the tokens
// together.
//
// A row of the output depends on the tokens up to it and on nothing else: verifying a draft in one go gives
// what decoding it token by token gives, but for the rounding of sums. Where two tokens are as good as
// equally likely, that can decide: on recordings, in about 3 decodes of 100.
std::string decoder_graph(const MoonshineWeights& weights, Rows rows);

}  // namespace diktate
