#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "app/export/comparison.h"
#include "app/machine/options.h"
#include "app/storage/model_file.h"
#include "app/storage/sentiment_model.h"

namespace rondo {

struct ExportCheck {
  Comparison comparison{};
  double load_seconds = 0;   // of the exported file
  double first_seconds = 0;  // of its first answer, to the first line
};

// Loads an exported file as any other program would and answers the lines with it and with the
// model that it was made of, which runs in `precision`. At least one line.
ExportCheck check_translator(std::shared_ptr<TranslationModel> model, Precision precision,
                             const std::filesystem::path& exported,
                             std::span<const std::string> lines);
ExportCheck check_sentiment(std::shared_ptr<SentimentModel> model, Precision precision,
                            const std::filesystem::path& exported,
                            std::span<const std::string> lines);

// What the program itself says of lines; scores as those of translate_n_best and of classify.
Answerer translator_answers(std::shared_ptr<TranslationModel> model, Precision precision);
Answerer sentiment_answers(std::shared_ptr<SentimentModel> model, Precision precision);

std::string to_text(const ExportCheck& check);

}  // namespace rondo
