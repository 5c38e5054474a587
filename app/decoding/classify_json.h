#pragma once

#include <string>

#include "app/decoding/classify_format.h"

// Answers as JSON, one object a line (see AnswerFormat).
namespace rondo {

std::string json_answer(const Record& record, const Scored& scored, const AnswerFormat& format);
std::string json_unanswered(const Record& record, const AnswerFormat& format);

}  // namespace rondo
