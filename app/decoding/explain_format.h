#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "app/decoding/explanation.h"
#include "app/decoding/translator.h"
#include "app/report/page.h"

// What `rondo explain` shows of one text. Torch-free.
namespace rondo {

struct ExplainedTranslation {
  std::string source{};
  bool forced = false;  // the translation was given
  Translation translation{};
};

// Several lines that end in "\n", none wider than `width` but for long texts: the texts, then the
// attention in blocks.
std::string to_terminal(const ExplainedTranslation& explained, std::size_t width);
// One object on one line: {"source", "translation", "log_prob", "source_pieces", "target_pieces",
// "token_log_probs", "attention"}.
std::string to_json_line(const ExplainedTranslation& explained);
std::string to_svg(const ExplainedTranslation& explained);
// A part of a page's body.
std::string to_html(const ExplainedTranslation& explained);

// The same for a classifier's answer to one text, explained by several methods; one is enough.
using ComparedExplanations = std::span<const Explanation>;
std::string to_terminal(ComparedExplanations explanations, std::size_t width);
// {"text", "label", "probability", "words", "methods": {"gradient": [...], ...}, "agreement":
// [{"methods": [...], "spearman"}], "mean_agreement"}; a value instead of label and probability.
std::string to_json_line(ComparedExplanations explanations);
std::string to_svg(ComparedExplanations explanations);
std::string to_html(ComparedExplanations explanations);

// The page that the parts are laid in.
Page explain_page(const std::string& model, const std::string& parts);

}  // namespace rondo
