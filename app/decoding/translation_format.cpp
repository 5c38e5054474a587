#include "app/decoding/translation_format.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "app/decoding/word_alignment.h"

namespace rondo {
namespace {

using Json = nlohmann::ordered_json;

std::string number(double value, int digits) {
  char text[64];
  const auto end =
      std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, digits).ptr;
  return {text, end};
}

std::string hard_alignment(const Translation& translation) {
  return to_moses(
      align_words(translation.source_pieces, translation.target_pieces, translation.attention));
}

std::string soft_alignment(const Translation& translation) {
  std::string text;
  for (const auto& row : translation.attention) {
    if (!text.empty()) text += ' ';
    for (size_t i = 0; i < row.size(); ++i) text += (i > 0 ? "," : "") + number(row[i], 4);
  }
  return text;
}

std::string alignment(const Translation& translation, AlignmentFormat format) {
  switch (format) {
    case AlignmentFormat::hard:
      return " ||| " + hard_alignment(translation);
    case AlignmentFormat::soft:
      return " ||| " + soft_alignment(translation);
    case AlignmentFormat::none:
      break;
  }
  return "";
}

std::string plain(const Translation& translation, const TranslationFormat& format) {
  const std::string score = format.scores ? " ||| " + number(translation.score, 4) : "";
  return translation.text + score + alignment(translation, format.alignments) + '\n';
}

std::string moses(int64_t line, const Translation& translation, const TranslationFormat& format) {
  return std::to_string(line) + " ||| " + translation.text +
         " ||| logprob= " + number(translation.log_prob, 4) +
         " tokens= " + std::to_string(translation.target_pieces.size()) + " ||| " +
         number(translation.score, 4) + alignment(translation, format.alignments) + '\n';
}

Json to_json(const Translation& translation, const TranslationFormat& format) {
  Json json{{"text", translation.text},
            {"score", translation.score},
            {"log_prob", translation.log_prob},
            {"source_pieces", translation.source_pieces},
            {"target_pieces", translation.target_pieces},
            {"token_log_probs", translation.token_log_probs}};
  if (!translation.attention.empty()) json["alignment"] = hard_alignment(translation);
  if (format.alignments == AlignmentFormat::soft) json["attention"] = translation.attention;
  return json;
}

}  // namespace

std::string format_translations(int64_t line, std::span<const Translation> translations,
                                const TranslationFormat& format) {
  if (format.json) {
    Json list = Json::array();
    for (const auto& translation : translations) list.push_back(to_json(translation, format));
    return Json{{"line", line}, {"translations", std::move(list)}}.dump(
               -1, ' ', false, Json::error_handler_t::replace) +
           '\n';
  }
  if (!format.n_best) return plain(translations.front(), format);
  std::string text;
  for (const auto& translation : translations) text += moses(line, translation, format);
  return text;
}

}  // namespace rondo
