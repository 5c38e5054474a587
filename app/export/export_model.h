#pragma once

#include <torch/script.h>

#include <filesystem>

#include "app/storage/model_file.h"
#include "app/storage/sentiment_model.h"
#include "models/torchscript/script_module.h"

namespace rondo {

// The whole program of a model as one TorchScript module on the CPU, text in and text out; its
// methods are those of translate.py, align.py, score.py and tensors.py, or of classify.py. Settings
// are those of the model's experiment. Throws TokenizerError for a tokenizer that it cannot hold.
torch::jit::Module script_translator(const TranslationModel& model, ScriptPrecision precision);
torch::jit::Module script_sentiment(const SentimentModel& model, ScriptPrecision precision);

// What a program's file holds beside the module: config.yaml, the effective configuration;
// source.model and, unless it is the same, target.model, the SentencePiece models; labels.json, a
// list, of a classifier.
torch::jit::ExtraFilesMap script_files(const TranslationModel& model);
torch::jit::ExtraFilesMap script_files(const SentimentModel& model);

// Writes the module beside `path` and renames it. Throws DataError naming the path.
void save_script(const torch::jit::Module& module, const torch::jit::ExtraFilesMap& files,
                 const std::filesystem::path& path);

}  // namespace rondo
