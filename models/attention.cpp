#include "models/attention.h"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace rondo {
namespace {

torch::Tensor rows_of(const torch::Tensor& tensor, const torch::Tensor& rows) {
  return tensor.defined() ? tensor.index_select(0, rows) : tensor;
}

torch::nn::LinearOptions linear_sizes(int64_t from, int64_t to, bool bias) {
  return torch::nn::LinearOptions(from, to).bias(bias);
}

}  // namespace

AttentionMemory select_rows(const AttentionMemory& memory, const torch::Tensor& rows) {
  return {rows_of(memory.keys, rows), rows_of(memory.values, rows), rows_of(memory.bias, rows)};
}

AttentionImpl::AttentionImpl(AttentionType attention_type, int64_t query_size, int64_t memory_size)
    : type(attention_type) {
  const bool projects = type == AttentionType::general || type == AttentionType::additive;
  if (!projects && query_size != memory_size) {
    throw std::invalid_argument("dot attention needs decoder.hidden_size (" +
                                std::to_string(query_size) + ") equal to the encoder's width (" +
                                std::to_string(memory_size) + "); use attention: general");
  }
  if (projects)
    key_ = register_module("key", Projection(linear_sizes(memory_size, query_size, false)));
  if (type == AttentionType::additive) {
    query_ = register_module("query", Projection(linear_sizes(query_size, query_size, true)));
    energy_ = register_module("energy", torch::nn::Linear(linear_sizes(query_size, 1, false)));
  }
}

void AttentionImpl::quantize() {
  if (!key_.is_empty()) key_->quantize();
  if (!query_.is_empty()) query_->quantize();
}

void AttentionImpl::pack(PackedType packed) {
  if (!key_.is_empty()) key_->pack(packed);
  if (!query_.is_empty()) query_->pack(packed);
}

AttentionMemory AttentionImpl::remember(const EncoderOutput& encoded) {
  const auto values = encoded.states.transpose(0, 1).contiguous();
  const auto keys = key_.is_empty() ? values : key_->forward(values);
  const auto bias = torch::zeros(encoded.mask.sizes(), encoded.mask.options().dtype(torch::kFloat))
                        .masked_fill_(~encoded.mask, -std::numeric_limits<float>::infinity())
                        .transpose(0, 1)
                        .unsqueeze(1);
  return {keys, values, bias};
}

AttentionQuery AttentionImpl::query() const {
  if (type != AttentionType::additive) return {};
  return {query_->weight, query_->bias, energy_->weight};
}

torch::Tensor AttentionImpl::scores(const torch::Tensor& queries, const AttentionMemory& memory) {
  if (type == AttentionType::additive) {
    const auto pairs =
        torch::tanh(query_->forward(queries).unsqueeze(2) + memory.keys.unsqueeze(1));
    return energy_->forward(pairs).squeeze(-1);
  }
  const auto products = torch::bmm(queries, memory.keys.transpose(1, 2));
  if (type != AttentionType::scaled_dot) return products;
  return products / std::sqrt(static_cast<double>(queries.size(2)));
}

AttentionOutput AttentionImpl::forward(const torch::Tensor& queries,
                                       const AttentionMemory& memory) {
  TORCH_CHECK(queries.dim() == 3, "attention wants [time, rows, query], got ", queries.sizes());
  const int64_t time = queries.size(0), rows = queries.size(1), batch = memory.batch();
  TORCH_CHECK(rows % batch == 0, "attention: ", rows, " rows for a memory of ", batch);
  // [time, batch, beams, dim] <-> [batch, beams * time, dim]
  const auto by_sentence = queries.view({time, batch, rows / batch, -1})
                               .permute({1, 2, 0, 3})
                               .reshape({batch, rows / batch * time, -1});
  const auto by_time = [&](const torch::Tensor& tensor) {
    return tensor.view({batch, rows / batch, time, -1})
        .permute({2, 0, 1, 3})
        .reshape({time, rows, -1});
  };
  const auto weights =
      torch::softmax(scores(by_sentence, memory).to(torch::kFloat) + memory.bias, -1);
  const auto context = torch::bmm(weights.to(memory.values.scalar_type()), memory.values);
  return {by_time(context), by_time(weights)};
}

}  // namespace rondo
