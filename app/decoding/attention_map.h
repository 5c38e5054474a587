#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/decoding/translator.h"
#include "app/report/heat_map.h"

// A translation's attention for readers. Torch-free.
namespace rondo {

// Pieces joined to words, in the sense of words.h: a word's attention is the mean of its written
// pieces' and the sum over its read ones, so that rows still add up to what they did; its
// log-probability is the sum. Symbols such as </s> stay as they are.
Translation in_words(const Translation& translation);

// A row a written piece or word, a column a read one; 0 is no shade, 1 the full one.
HeatMap attention_map(const Translation& translation, const std::string& title = "");

}  // namespace rondo
