#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "app/decoding/translator.h"

namespace rondo {

enum class AlignmentFormat {
  none,
  hard,  // Moses: "0-0 1-2", words of the source and of the translation
  soft   // a target piece's weights over the source pieces joined by ",", pieces joined by " "
};

// How translations are written.
struct TranslationFormat {
  bool json = false;    // one object a line, with all of Translation
  bool n_best = false;  // Moses n-best lists
  bool scores = false;
  AlignmentFormat alignments = AlignmentFormat::none;
};

// What is written for one line of input, numbered from 0; ends in "\n".
//   plain    text[ ||| score][ ||| alignment]
//   n-best   number ||| text ||| logprob= -1.5 tokens= 3 ||| score[ ||| alignment], one a
//   hypothesis JSON     {"line": 0, "translations": [{"text": ..., "score": ..., ...}]}
std::string format_translations(int64_t line, std::span<const Translation> translations,
                                const TranslationFormat& format);

}  // namespace rondo
