#pragma once

#include <string>

#include "app/config/names.h"
#include "app/decoding/explanation.h"

namespace rondo {

template <>
inline constexpr auto kNames<ExplainMethod> = std::to_array<EnumName<ExplainMethod>>({
    {ExplainMethod::attention, "attention"},
    {ExplainMethod::gradient, "gradient"},
    {ExplainMethod::integrated, "integrated"},
    {ExplainMethod::leave_one_out, "leave-one-out"},
});

// terminal: a line a text: label, probability, the words; backgrounds in colour by weight, or the
//   weights in brackets behind the words.
// json: a line a text: {"text", "label", "probability", "method", "logit", "words", "rest"}.
// html: one self-contained page with all texts.
enum class ExplanationForm { terminal, json, html };

template <>
inline constexpr auto kNames<ExplanationForm> = std::to_array<EnumName<ExplanationForm>>({
    {ExplanationForm::terminal, "terminal"},
    {ExplanationForm::json, "json"},
    {ExplanationForm::html, "html"},
});

struct ExplanationFormat {
  ExplanationForm form = ExplanationForm::terminal;
  bool colours = false;  // terminal: ANSI's 256 colours
};

// What stands before and after all explanations: the page's head and foot; otherwise nothing.
std::string explanations_head(const ExplanationFormat& format);
std::string explanations_foot(const ExplanationFormat& format);

// What is written for one text; ends in "\n". Words are coloured in relation to the text's largest
// weight.
std::string format_explanation(const Explanation& explanation, const ExplanationFormat& format);

// The words alone as a paragraph of a page, underlined by what they speak for; the style that this
// needs; and a paragraph that tells what the lines mean.
std::string format_words(const Explanation& explanation);
std::string words_style();
std::string words_legend();

// The same for a record that could not be read.
std::string format_unexplained(const std::string& error, const ExplanationFormat& format);

}  // namespace rondo
