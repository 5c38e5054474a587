#include "app/decoding/explanation_format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/report/axis.h"
#include "app/report/page.h"

namespace rondo {
namespace {

using Json = nlohmann::ordered_json;

// Steps of colour; 0 = none. Blue speaks for the answer and orange against it, which colour-blind
// readers can tell apart.
constexpr int kSteps = 5;

// Digits of text and background in ANSI's 256 colours, from the weakest step on.
constexpr std::array<const char*, kSteps + 1> kFor = {
    "", "16;48;5;195", "16;48;5;153", "16;48;5;117", "16;48;5;75", "16;48;5;39"};
constexpr std::array<const char*, kSteps + 1> kAgainst = {
    "", "16;48;5;230", "16;48;5;223", "16;48;5;216", "16;48;5;215", "16;48;5;208"};

constexpr const char* kWordsStyle = R"(
.read{font-size:17px;line-height:1.9;max-width:60rem}
.one b{margin-right:.6rem}
.f,.a{padding:.1em .12em;border-radius:3px;text-underline-offset:.25em}
.f{text-decoration:underline solid rgb(var(--shade));background:rgba(var(--shade),var(--w))}
.a{text-decoration:underline wavy rgb(var(--against));background:rgba(var(--against),var(--w))}
)";

constexpr const char* kLegend =
    R"(<p class="soft"><span class="f" style="--w:.4">Straight line</span>: speaks for the answer.
<span class="a" style="--w:.4">Wavy line</span>: speaks against it. The stronger the colour, the
more; a word's number shows when the pointer rests on it.</p>
)";

std::string signed_number(double weight) {
  const std::string number = fixed_number(weight, 3);
  return number.starts_with('-') ? number : '+' + number;
}

double largest_of(const Explanation& explanation) {
  double largest = 0;
  for (const auto& word : explanation.weights.words) {
    if (std::isfinite(word.weight)) largest = std::max(largest, std::abs(word.weight));
  }
  return largest;
}

// In [0, 1]; 0 where nothing has a weight.
double strength(double weight, double largest) {
  return largest > 0 && std::isfinite(weight) ? std::abs(weight) / largest : 0;
}

// Control characters of a text must not reach the terminal as commands.
std::string printable(std::string text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  std::replace_if(text.begin(), text.end(), is_control, ' ');
  return text;
}

std::string terminal_word(const WordWeight& word, double largest, bool colours) {
  const std::string text = printable(word.word);
  if (!colours) return text + '[' + signed_number(word.weight) + ']';
  const auto step = static_cast<size_t>(std::lround(strength(word.weight, largest) * kSteps));
  if (step == 0) return text;
  return "\x1b[38;5;" + std::string((word.weight < 0 ? kAgainst : kFor)[step]) + 'm' + text +
         "\x1b[0m";
}

std::string as_terminal(const Explanation& explanation, bool colours) {
  const double largest = largest_of(explanation);
  std::string line = explanation.label.empty() ? "" : printable(explanation.label) + '\t';
  line += fixed_number(explanation.probability, 4);
  char separator = '\t';
  for (const auto& word : explanation.weights.words) {
    line += separator + terminal_word(word, largest, colours);
    separator = ' ';
  }
  return line + '\n';
}

double rounded(double value) { return std::round(value * 1e6) / 1e6; }

std::string as_json(const Explanation& explanation) {
  Json words = Json::array();
  for (const auto& word : explanation.weights.words) {
    words.push_back({{"word", word.word}, {"weight", rounded(word.weight)}});
  }
  Json json = Json::object();
  json["text"] = explanation.text;
  if (!explanation.label.empty()) json["label"] = explanation.label;
  json[explanation.label.empty() ? "value" : "probability"] = rounded(explanation.probability);
  json["method"] = std::string(yaml_name(explanation.method));
  json["logit"] = rounded(explanation.logit);
  json["words"] = std::move(words);
  json["rest"] = rounded(explanation.weights.rest);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string html_word(const WordWeight& word, double largest) {
  constexpr double kDeepest = 0.6;  // of the background, so that the text stays readable on it
  const double depth = kDeepest * strength(word.weight, largest);
  const std::string title = " title=\"" + signed_number(word.weight) + "\">";
  const std::string style = depth < 0.03
                                ? ""
                                : std::string(word.weight < 0 ? " class=\"a\"" : " class=\"f\"") +
                                      " style=\"--w:" + fixed_number(depth, 2) + "\"";
  return "<span" + style + title + escaped(word.word) + "</span>";
}

std::string as_html(const Explanation& explanation) {
  return element("div class=\"one\"", element("p", element("b", escaped(explanation.label)) +
                                                       fixed_number(explanation.probability, 4)) +
                                          format_words(explanation)) +
         "\n";
}

}  // namespace

std::string explanations_head(const ExplanationFormat& format) {
  if (format.form != ExplanationForm::html) return "";
  return page_head({.title = "Rondo: what the words do", .style = kWordsStyle}) +
         element("h1", "What the words do") + "\n" + kLegend;
}

std::string explanations_foot(const ExplanationFormat& format) {
  return format.form == ExplanationForm::html ? page_foot() : "";
}

std::string format_explanation(const Explanation& explanation, const ExplanationFormat& format) {
  switch (format.form) {
    case ExplanationForm::json:
      return as_json(explanation);
    case ExplanationForm::html:
      return as_html(explanation);
    case ExplanationForm::terminal:
      break;
  }
  return as_terminal(explanation, format.colours);
}

std::string format_words(const Explanation& explanation) {
  const double largest = largest_of(explanation);
  std::string words;
  for (const auto& word : explanation.weights.words) {
    words += (words.empty() ? "" : " ") + html_word(word, largest);
  }
  return element("p class=\"read\" dir=\"auto\"", words);
}

std::string words_style() { return kWordsStyle; }
std::string words_legend() { return kLegend; }

std::string format_unexplained(const std::string& error, const ExplanationFormat& format) {
  switch (format.form) {
    case ExplanationForm::json:
      return Json{{"label", nullptr}, {"error", error}}.dump(-1, ' ', false,
                                                             Json::error_handler_t::replace) +
             '\n';
    case ExplanationForm::html:
      return element("div class=\"one\"", remark(error)) + "\n";
    case ExplanationForm::terminal:
      break;
  }
  return "\n";
}

}  // namespace rondo
