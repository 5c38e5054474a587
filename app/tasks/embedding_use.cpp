#include "app/tasks/embedding_use.h"

#include "app/training/parameters.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

constexpr int64_t kMostBatches = 1000;  // a larger text is looked at in part

void mark(const torch::Tensor& tokens, torch::Tensor& used) {
  if (tokens.defined()) used.index_fill_(0, tokens.flatten(), true);
}

// Which rows the sources and the targets of the text ask for, [rows] bool each.
struct UsedRows {
  torch::Tensor by_source, by_target;
  bool whole_text = true;
};

UsedRows used_rows(const Task& task, int64_t rows) {
  UsedRows used{torch::zeros({rows}, torch::kBool), torch::zeros({rows}, torch::kBool)};
  const auto batches = task.epoch_batches(0);
  used.whole_text = batches->size() <= kMostBatches && task.blocks() == 1;
  for (int64_t i = 0; i < std::min(kMostBatches, batches->size()); ++i) {
    const Batch batch = batches->at(i);
    mark(batch.source, used.by_source);
    mark(batch.target_in, used.by_target);
  }
  return used;
}

// A tied embedding serves both sides; a classifier has no targets to embed.
torch::Tensor rows_for(const std::string& name, const UsedRows& used) {
  if (name.starts_with("target_")) return used.by_target;
  return name.starts_with("source_") ? used.by_source : used.by_source | used.by_target;
}

}  // namespace

void measure_embedding_use(Task& task, GradientHealth& health) {
  std::vector<NamedParameter> embeddings;
  int64_t most_rows = 0;
  for (const NamedParameter& parameter : distinct_parameters(task.network())) {
    if (!parameter.name.ends_with("embedding.weight")) continue;
    embeddings.push_back(parameter);
    most_rows = std::max(most_rows, parameter.tensor.size(0));
  }
  if (embeddings.empty()) return;
  const UsedRows used = used_rows(task, most_rows);
  int64_t rows = 0, unused = 0;
  for (const NamedParameter& embedding : embeddings) {
    const int64_t words = embedding.tensor.size(0) - kSpecialTokens;
    rows += words;
    unused += words -
              rows_for(embedding.name, used).narrow(0, kSpecialTokens, words).sum().item<int64_t>();
  }
  health.dead_embeddings = static_cast<double>(unused) / static_cast<double>(rows);
  health.dead_embeddings_of =
      used.whole_text ? "not in the text" : "not in the text's first thousand batches";
}

}  // namespace rondo
