#include "bench/dictation.h"

#include <algorithm>
#include <map>
#include <random>
#include <string_view>
#include <vector>

namespace diktate::bench {
namespace {

using Choices = std::vector<std::string_view>;

// What stands for each <slot>; slots may stand in it again. An empty choice is one as well.
const std::map<std::string_view, Choices>& grammar() {
  static const std::map<std::string_view, Choices> kGrammar = {
      {"sentence",
       {"<So>I think<um> we should move the <meeting> to <day>.",
        "Can you send <whom> the <paper><um> by <day>?",
        "<So>the <paper> is<like> almost done.",
        "I talked to <whom> about the <meeting><know>.",
        "We need <number> <things> for the <meeting>.",
        "It costs <number> dollars<know>.",
        "The <meeting> is at <hour> thirty p m on <day>.",
        "<So>about <number> percent of the <things> are broken.",
        "Let's meet on <day>, no wait, <day>.",
        "I, I don't know if <whom> has seen the <paper>.",
        "They live <number> kilometers from the station.",
        "Please add <number> <things> to the list<comma>.",
        "<So>there is a new line of <things> in the shop.",
        "The the <paper> has <number> pages.",
        "Is that what you meant question mark.",
        "My number is five five five zero one two three.",
        "She said that it was fine, and I believe her.",
        "When I got home<um> the <things> had already arrived.",
        "Write to john dot smith at example dot com.",
        "We started in nineteen ninety eight<know>.",
        "He would like to keep the <paper> as it is.",
        "You know what I mean.",
        "<command>",
        "<command>",
        "It has been raining since <day>, so the <meeting> will be inside.",
        "Nobody has told <whom> that the <things> are late."}},
      {"So", {"", "", "", "So, ", "So, um, ", "Well, ", "Okay, ", "Um, "}},
      {"um", {"", "", "", "", ", um,", ", uh,", ", er,"}},
      {"like", {"", "", "", ", like,", " like really"}},
      {"know", {"", "", "", "", ", you know", ", I mean", ", or something"}},
      {"comma", {"", "", " comma", " period"}},
      {"meeting", {"meeting", "interview", "workshop", "dinner", "presentation", "call with the customer"}},
      {"paper", {"report", "invoice", "second draft", "contract", "page about the garden", "translation"}},
      {"things", {"chairs", "boxes", "bottles of water", "apples", "tickets", "keyboards", "photographs"}},
      {"whom", {"Anna", "Ben", "my sister", "the new neighbours", "everybody", "Dr. Miller"}},
      {"day",
       {"Monday", "Tuesday", "Thursday", "Friday", "the third of March", "June fifteenth", "Sunday morning"}},
      {"hour", {"five", "six", "eleven"}},
      {"number",
       {"two", "five", "twelve", "twenty three", "a hundred and five", "two thousand", "three point five",
        "40", "1,200", "seven", "ninety nine"}},
      {"command",
       {"New line.", "New paragraph.", "Bullet point.", "Scratch that.", "Open quote.", "Close quote."}}};
  return kGrammar;
}

class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  void write(std::string_view slot, std::string& text) {
    const Choices& choices = grammar().at(slot);
    std::string_view rest = choices[random_() % choices.size()];
    while (!rest.empty()) {
      const std::size_t open = std::min(rest.find('<'), rest.size());
      text += rest.substr(0, open);
      rest.remove_prefix(open);
      if (rest.empty()) return;
      const std::size_t close = rest.find('>');
      write(rest.substr(1, close - 1), text);
      rest.remove_prefix(close + 1);
    }
  }

 private:
  std::mt19937 random_;
};

}  // namespace

std::string dictation(std::size_t words, unsigned seed) {
  Writer writer(seed);
  std::string text;
  std::size_t counted = 0;  // spaces: one less than the words
  for (std::size_t at = 0; counted < words;) {
    if (!text.empty()) text += ' ';
    writer.write("sentence", text);
    for (; at < text.size() && counted < words; ++at) {
      if (text[at] == ' ' && ++counted == words) text.resize(at);
    }
  }
  return text;
}

}  // namespace diktate::bench
