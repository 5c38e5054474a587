#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/data/labelled_text.h"
#include "app/decoding/scored.h"
#include "app/report/mistake.h"

namespace rondo {

// The texts that are answered wrongly, those first where the answer was surest; at most `most`.
std::vector<Mistake> worst_mistakes(const LabelledText& text, std::span<const Scored> scored,
                                    TargetType targets, size_t most);

// For a terminal, a line or two each: "reviews.tsv:12: positive (0.9931), is negative: What a ...".
// Long texts are cropped.
std::string to_text(std::span<const Mistake> mistakes, const std::string& file);

}  // namespace rondo
