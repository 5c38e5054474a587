#include <stdexcept>

#include "models/looping_decoder.h"

namespace rondo {
namespace {

// Wu et al. 2016: the first layer attends, everything above reads [state; context].
class GnmtDecoder : public DecoderImpl {
 public:
  GnmtDecoder(const DecoderOptions& options, const DecoderSurroundings& around)
      : DecoderImpl(options, around,
                    {options.embedding_dim, options.hidden_size + around.memory_size,
                     options.hidden_size + around.memory_size}) {}

  DecoderOutput forward(const torch::Tensor& tokens, const AttentionMemory& memory,
                        const DecoderState& state) override {
    Pass pass = begin(state);
    const auto first = run_layer(0, embed(tokens), pass);
    const auto attended = attention_->forward(first, memory);
    const auto context = dropped(attended.context, context_place(), pass);
    const auto top = run_layers(1, dropped(first, 0, pass), context, pass);
    return {readout({top, context}, pass), attended.weights, pass.state};
  }
};

// Luong et al. 2015, eq. 5: the attentional vector is a layer over [context; state]; with input
// feeding (section 3.3) it joins the next step's input, which makes the loop sequential.
class LuongDecoder : public LoopingDecoder {
 public:
  LuongDecoder(const DecoderOptions& options, const DecoderSurroundings& around)
      : LoopingDecoder(options, around,
                       {options.embedding_dim + feed_size(options, around), options.hidden_size,
                        options.hidden_size + around.memory_size}) {}

  DecoderOutput forward(const torch::Tensor& tokens, const AttentionMemory& memory,
                        const DecoderState& state) override {
    const auto embedded = embed(tokens);
    Pass pass = begin(state);
    if (!options.input_feeding) {
      const Attended all = attend(embedded, memory, pass);
      return {all.features, all.attention, pass.state};
    }
    if (may_loop(tokens, memory)) return looped(embedded, memory, pass);
    std::vector<torch::Tensor> features, attention;
    for (const auto& input : embedded.split(1)) {
      const auto fed = torch::cat({input, pass.state.feed.unsqueeze(0)}, -1);
      const Attended one = attend(fed, memory, pass);
      pass.state.feed = one.features.squeeze(0);
      features.push_back(one.features);
      attention.push_back(one.attention);
    }
    return {torch::cat(features), torch::cat(attention), pass.state};
  }

 private:
  static int64_t feed_size(const DecoderOptions& options, const DecoderSurroundings& around) {
    if (!options.input_feeding) return 0;
    return around.tied_softmax ? options.embedding_dim : options.hidden_size;
  }

  struct Attended {
    torch::Tensor features;   // [time, rows, features]
    torch::Tensor attention;  // [time, rows, source_time]
  };

  DecoderOutput looped(const torch::Tensor& embedded, const AttentionMemory& memory,
                       const Pass& pass) const {
    const auto output =
        run_decoder_loop(loop_plan(embedded.sizes()), loop_tensors(embedded, memory, pass));
    return {output.features, output.attention, {output.last, output.features[-1]}};
  }

  Attended attend(const torch::Tensor& inputs, const AttentionMemory& memory, Pass& pass) {
    const auto top = run_layers(0, inputs, {}, pass);
    const auto attended = attention_->forward(top, memory);
    const auto context = dropped(attended.context, context_place(), pass);
    return {readout({top, context}, pass), attended.weights};
  }
};

// Bahdanau et al. 2015: the previous top state asks, as it is carried, not normalised; the answer
// joins the step's input; the readout sees state, context and embedding, as the paper's deep output
// does.
class BahdanauDecoder : public LoopingDecoder {
 public:
  BahdanauDecoder(const DecoderOptions& options, const DecoderSurroundings& around)
      : LoopingDecoder(options, around,
                       {options.embedding_dim + around.memory_size, options.hidden_size,
                        options.hidden_size + around.memory_size + options.embedding_dim}) {}

  DecoderOutput forward(const torch::Tensor& tokens, const AttentionMemory& memory,
                        const DecoderState& state) override {
    const auto embedded = embed(tokens);
    Pass pass = begin(state);
    const DecoderLoopOutput steps =
        may_loop(tokens, memory)
            ? run_decoder_loop(loop_plan(embedded.sizes()), loop_tensors(embedded, memory, pass))
            : step_by_step(embedded, memory, pass);
    const auto context = dropped(steps.contexts, context_place(), pass);
    const auto features = readout({steps.features, context, embedded}, pass);
    return {features, steps.attention, {steps.last, {}}};
  }

 private:
  DecoderLoopOutput step_by_step(const torch::Tensor& embedded, const AttentionMemory& memory,
                                 Pass& pass) {
    std::vector<torch::Tensor> tops, contexts, weights;
    for (const auto& input : embedded.split(1)) {
      const auto query = pass.state.layers.back().hidden.unsqueeze(0);
      const auto attended = attention_->forward(query, memory);
      tops.push_back(run_layers(0, torch::cat({input, attended.context}, -1), {}, pass));
      contexts.push_back(attended.context);
      weights.push_back(attended.weights);
    }
    return {torch::cat(tops), torch::cat(contexts), torch::cat(weights), pass.state.layers};
  }
};

// Sutskever et al. 2014 with the summary at every step, as in Cho et al. 2014: without it a decoder
// of init_hidden zero would never see the source.
class VanillaDecoder : public DecoderImpl {
 public:
  VanillaDecoder(const DecoderOptions& options, const DecoderSurroundings& around)
      : DecoderImpl(options, around,
                    {options.embedding_dim + around.memory_size, options.hidden_size,
                     options.hidden_size + around.memory_size}) {}

  DecoderOutput forward(const torch::Tensor& tokens, const AttentionMemory& memory,
                        const DecoderState& state) override {
    const int64_t time = tokens.size(0), rows = tokens.size(1), batch = memory.batch();
    const auto context = memory.values.expand({batch, rows / batch, -1})
                             .reshape({1, rows, -1})
                             .expand({time, rows, -1});
    const auto inputs = torch::cat({embed(tokens), context}, -1);
    Pass pass = begin(state);
    const auto top = run_layers(0, inputs, {}, pass);
    const auto features = readout({top, dropped(context, context_place(), pass)}, pass);
    return {features, {}, pass.state};
  }
};

}  // namespace

std::shared_ptr<DecoderImpl> make_decoder(const DecoderOptions& options,
                                          const DecoderSurroundings& surroundings) {
  switch (options.type) {
    case DecoderType::gnmt:
      return std::make_shared<GnmtDecoder>(options, surroundings);
    case DecoderType::luong:
      return std::make_shared<LuongDecoder>(options, surroundings);
    case DecoderType::bahdanau:
      return std::make_shared<BahdanauDecoder>(options, surroundings);
    case DecoderType::vanilla:
      return std::make_shared<VanillaDecoder>(options, surroundings);
  }
  throw std::invalid_argument("unknown decoder type");
}

}  // namespace rondo
