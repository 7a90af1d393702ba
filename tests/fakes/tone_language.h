// A made-up language for tests: a word is a stretch of samples that all have one value, silence is 0. What is
// heard, segmented and "recognised" can be checked word by word, without a model.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "core/values.h"

namespace diktate::fakes {

// Word n (1..99) sounds like n/100.
inline void say(Samples& audio, int word, double seconds) {
  audio.insert(audio.end(), static_cast<std::size_t>(samples_of(seconds)), static_cast<float>(word) / 100.0F);
}

inline void pause(Samples& audio, double seconds) {
  audio.insert(audio.end(), static_cast<std::size_t>(samples_of(seconds)), 0.0F);
}

// The words in `audio`, in order.
template <class Audio>
std::vector<int> words_in(const Audio& audio) {
  std::vector<int> words;
  int last = 0;
  for (const float sample : audio) {
    const int word = static_cast<int>(std::lround(sample * 100.0F));
    if (word != 0 && word != last) words.push_back(word);
    last = word;
  }
  return words;
}

inline std::string text_of_words(const std::vector<int>& words) {
  std::string text;
  for (const int word : words) text += (text.empty() ? "w" : " w") + std::to_string(word);
  return text;
}

}  // namespace diktate::fakes
