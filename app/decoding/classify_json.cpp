#include "app/decoding/classify_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace rondo {
namespace {

using Json = nlohmann::ordered_json;

// Six decimals, without the digits that a float does not have.
double rounded(float value) { return std::round(static_cast<double>(value) * 1e6) / 1e6; }

const char* label_key(TargetType targets) {
  if (targets == TargetType::value) return "value";
  return targets == TargetType::multi_label ? "labels" : "label";
}

Json label_list(const Scored& scored, const AnswerFormat& format) {
  Json labels = Json::array();
  for (const int64_t label : scored.decided) {
    labels.push_back(format.labels[static_cast<size_t>(label)]);
  }
  return labels;
}

// By label: all in their order, or the likeliest first.
Json probabilities_of(const Scored& scored, const AnswerFormat& format) {
  Json probabilities = Json::object();
  const auto add = [&](size_t label) {
    probabilities[format.labels[label]] = rounded(scored.probabilities[label]);
  };
  if (format.top_k > 0) {
    for (const int64_t label : top_labels(scored, format.top_k)) add(static_cast<size_t>(label));
  } else {
    for (size_t label = 0; label < format.labels.size(); ++label) add(label);
  }
  return probabilities;
}

Json answer_of(const Scored& scored, const AnswerFormat& format) {
  Json answer = Json::object();
  const char* key = label_key(format.targets);
  if (format.targets == TargetType::value) {
    answer[key] = rounded(scored.probabilities.front());
    return answer;
  }
  if (format.targets == TargetType::multi_label) {
    answer[key] = label_list(scored, format);
  } else {
    const auto label = static_cast<size_t>(scored.decided.front());
    answer[key] = format.labels[label];
    answer["probability"] = rounded(scored.probabilities[label]);
  }
  answer["probabilities"] = probabilities_of(scored, format);
  return answer;
}

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool may_hold_a_key_of(const std::string& record, const Json& answer) {
  for (const auto& item : answer.items()) {
    if (record.find('"' + item.key() + '"') != std::string::npos) return true;
  }
  return false;
}

// The answer under names that the record, an object, does not have.
Json with_free_names(const std::string& record, const Json& answer) {
  if (!may_hold_a_key_of(record, answer)) return answer;
  const Json own = Json::parse(record, nullptr, false);
  Json renamed = Json::object();
  for (const auto& item : answer.items()) {
    std::string name = item.key();
    while (own.contains(name)) name = "predicted_" + name;
    renamed[name] = item.value();
  }
  return renamed;
}

// The record's own fields stay as they are, to the byte.
std::string behind_the_fields(const std::string& record, const Json& answer) {
  const std::string added = dumped(with_free_names(record, answer));
  return record.substr(0, record.rfind('}')) + ',' + added.substr(1) + '\n';
}

}  // namespace

std::string json_answer(const Record& record, const Scored& scored, const AnswerFormat& format) {
  const Json answer = answer_of(scored, format);
  if (format.input == RecordFormat::jsonl) return behind_the_fields(record.raw, answer);
  Json object = Json::object();
  object["text"] = record.text;
  object.update(answer);
  return dumped(object) + '\n';
}

std::string json_unanswered(const Record& record, const AnswerFormat& format) {
  return dumped({{label_key(format.targets), nullptr}, {"error", record.error}}) + '\n';
}

}  // namespace rondo
