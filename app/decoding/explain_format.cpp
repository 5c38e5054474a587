#include "app/decoding/explain_format.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/decoding/attention_map.h"
#include "app/decoding/explanation_format.h"
#include "app/decoding/method_comparison.h"
#include "app/report/axis.h"
#include "app/report/text_width.h"

namespace rondo {
namespace {

using Json = nlohmann::ordered_json;

std::string to_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

double six_digits(double value) { return std::round(value * 1e6) / 1e6; }

Json six_digits(std::span<const float> values) {
  Json list = Json::array();
  for (const float value : values) list.push_back(six_digits(static_cast<double>(value)));
  return list;
}

// Control characters of a text must not reach the terminal as commands.
std::string one_line(const std::string& text) { return shortened(text, text.size() + 1); }

std::string likelihood(const ExplainedTranslation& explained) {
  const Translation& found = explained.translation;
  const auto pieces = static_cast<double>(found.token_log_probs.size());
  return "log-probability " + fixed_number(found.log_prob, 3) + ", " +
         fixed_number(pieces > 0 ? found.log_prob / pieces : 0, 3) + " a piece";
}

const char* kind_of(const ExplainedTranslation& explained) {
  return explained.forced ? "given" : "translation";
}

std::string answer(const Explanation& explanation) {
  const std::string number = fixed_number(explanation.probability, 4);
  return explanation.label.empty() ? number : explanation.label + ", probability " + number;
}

std::string pair_name(const MethodAgreement& pair) {
  return std::string(yaml_name(pair.first)) + " and " + std::string(yaml_name(pair.second));
}

std::string agreement_lines(ComparedExplanations explanations) {
  const auto agreements = agreements_of(explanations);
  if (agreements.empty()) return "";
  std::string text = "\nrank correlation over " +
                     std::to_string(explanations.front().weights.words.size()) + " words\n";
  for (const MethodAgreement& pair : agreements) {
    text += "  " + set_left(pair_name(pair), 30) + set_right(fixed_number(pair.correlation, 2), 6) +
            "\n";
  }
  return text + verdict_on(agreements, explanations.front().weights.words.size()) + "\n";
}

std::string agreement_table(ComparedExplanations explanations) {
  const auto agreements = agreements_of(explanations);
  if (agreements.empty()) return "";
  PageTable table{.heads = {"methods", "rank correlation"}};
  for (const MethodAgreement& pair : agreements) {
    table.rows.push_back({pair_name(pair), shown_number(pair.correlation, 2)});
  }
  return element("p",
                 escaped(verdict_on(agreements, explanations.front().weights.words.size())) + ".") +
         unfolding("in numbers", to_html(table));
}

}  // namespace

std::string to_terminal(const ExplainedTranslation& explained, std::size_t width) {
  return "source       " + one_line(explained.source) + "\n" + set_left(kind_of(explained), 13) +
         one_line(explained.translation.text) + "\n" + set_left("", 13) + likelihood(explained) +
         "\n\n" + to_terminal(attention_map(explained.translation), width);
}

std::string to_json_line(const ExplainedTranslation& explained) {
  const Translation& found = explained.translation;
  Json attention = Json::array();
  for (const auto& row : found.attention) attention.push_back(six_digits(row));
  Json json = Json::object();
  json["source"] = explained.source;
  json["translation"] = found.text;
  json["forced"] = explained.forced;
  json["log_prob"] = six_digits(found.log_prob);
  json["source_pieces"] = found.source_pieces;
  json["target_pieces"] = found.target_pieces;
  json["token_log_probs"] = six_digits(found.token_log_probs);
  json["attention"] = std::move(attention);
  return to_line(json);
}

std::string to_svg(const ExplainedTranslation& explained) {
  return to_svg(attention_map(explained.translation, one_line(explained.translation.text)));
}

std::string to_html(const ExplainedTranslation& explained) {
  const auto line = [](const std::string& name, const std::string& text) {
    return element("p dir=\"auto\"", element("b", name) + " " + escaped(text));
  };
  return element("div class=\"one\"", line("source", explained.source) +
                                          line(kind_of(explained), explained.translation.text) +
                                          remark(likelihood(explained)) +
                                          element("div class=\"scroll\"",
                                                  to_svg(attention_map(explained.translation)))) +
         "\n";
}

std::string to_terminal(ComparedExplanations explanations, std::size_t width) {
  if (explanations.empty()) return "";
  HeatMap map = method_map(explanations);
  map.decimals = 2;
  return "text    " + one_line(explanations.front().text) + "\nanswer  " +
         one_line(answer(explanations.front())) + "\n\n" + to_terminal(map, width) +
         agreement_lines(explanations);
}

std::string to_json_line(ComparedExplanations explanations) {
  if (explanations.empty()) return "";
  const Explanation& first = explanations.front();
  Json json = Json::object();
  json["text"] = first.text;
  if (!first.label.empty()) json["label"] = first.label;
  json[first.label.empty() ? "value" : "probability"] = six_digits(first.probability);
  json["words"] = Json::array();
  for (const WordWeight& word : first.weights.words) json["words"].push_back(word.word);
  json["methods"] = Json::object();
  for (const Explanation& one : explanations) {
    Json& weights = json["methods"][std::string(yaml_name(one.method))] = Json::array();
    for (const WordWeight& word : one.weights.words) weights.push_back(six_digits(word.weight));
  }
  const auto agreements = agreements_of(explanations);
  json["agreement"] = Json::array();
  for (const MethodAgreement& pair : agreements) {
    json["agreement"].push_back({{"methods", {yaml_name(pair.first), yaml_name(pair.second)}},
                                 {"spearman", six_digits(pair.correlation)}});
  }
  json["mean_agreement"] = six_digits(mean_agreement(agreements));
  return to_line(json);
}

std::string to_svg(ComparedExplanations explanations) {
  HeatMap map = method_map(explanations);
  if (!explanations.empty()) map.title = one_line(answer(explanations.front()));
  return to_svg(map);
}

std::string to_html(ComparedExplanations explanations) {
  if (explanations.empty()) return "";
  std::string text =
      element("h2", "Answer: " + escaped(answer(explanations.front()))) + words_legend();
  for (const Explanation& one : explanations) {
    text += element("h3", std::string(yaml_name(one.method))) + format_words(one);
  }
  return text + agreement_table(explanations) +
         element("div class=\"scroll\"", to_svg(method_map(explanations))) + "\n";
}

Page explain_page(const std::string& model, const std::string& parts) {
  return {.title = model + " explained",
          .body = element("h1", escaped(model) + " explained") + parts,
          .style = words_style()};
}

}  // namespace rondo
