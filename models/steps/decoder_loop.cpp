#include "models/steps/decoder_loop.h"

#include <c10/core/impl/LocalDispatchKeySet.h>

#include "models/steps/feeding.h"

namespace rondo {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// A loop calls the kernels themselves: autograd sees it as a whole, autocast not at all.
struct KernelsOnly {
  at::AutoDispatchBelowADInplaceOrView no_autograd{};
  c10::impl::ExcludeDispatchKeyGuard no_autocast{c10::autocast_dispatch_keyset};
};

// Which of a struct's tensors are there, in the order of its each.
template <typename Tensors>
std::vector<bool> presence(Tensors& tensors) {
  std::vector<bool> there;
  tensors.each([&](torch::Tensor& tensor) { there.push_back(tensor.defined()); });
  return there;
}

template <typename Tensors>
variable_list chosen(Tensors& tensors, const std::vector<bool>& there) {
  variable_list list;
  size_t place = 0;
  tensors.each([&](torch::Tensor& tensor) {
    if (there[place++]) list.push_back(tensor);
  });
  return list;
}

template <typename Tensors>
void fill(Tensors& tensors, const std::vector<bool>& there, torch::TensorList list) {
  size_t place = 0, next = 0;
  tensors.each([&](torch::Tensor& tensor) {
    if (there[place++]) tensor = list[next++];
  });
}

// A loop between forward and backward. It holds no tensor that forward gave out: those hold it.
struct KeptLoop : torch::CustomClassHolder {
  std::unique_ptr<StepLoop> loop{};
  std::vector<bool> inputs{}, outputs{};  // which are there
};

struct LoopCall {
  const DecoderLoopPlan& plan;
  DecoderLoopTensors tensors;
  DecoderLoopOutput output{};
  c10::intrusive_ptr<KeptLoop> kept = c10::make_intrusive<KeptLoop>();
};

struct LoopNode : torch::autograd::Function<LoopNode> {
  static variable_list forward(AutogradContext* context, const at::TensorList& inputs,
                               LoopCall* call) {
    const KernelsOnly kernels_only;
    variable_list values;
    for (const auto& input : inputs) values.push_back(input.alias());
    fill(call->tensors, call->kept->inputs, values);
    call->kept->loop = make_step_loop(call->plan, call->tensors);
    call->output = call->kept->loop->forward();
    call->kept->outputs = presence(call->output);
    context->set_materialize_grads(false);
    context->saved_data["loop"] = c10::IValue::make_capsule(call->kept);
    return chosen(call->output, call->kept->outputs);
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const KernelsOnly kernels_only;
    const auto kept =
        c10::static_intrusive_pointer_cast<KeptLoop>(context->saved_data["loop"].toCapsule());
    DecoderLoopOutput at;
    at.last.resize(kept->loop->layers());
    fill(at, kept->outputs, gradients);
    DecoderLoopTensors results = kept->loop->backward(at);
    variable_list list = chosen(results, kept->inputs);
    list.emplace_back();  // of the call
    return list;
  }
};

}  // namespace

DecoderLoopOutput run_decoder_loop(const DecoderLoopPlan& plan, const DecoderLoopTensors& tensors) {
  LoopCall call{.plan = plan, .tensors = tensors};
  call.kept->inputs = presence(call.tensors);
  const variable_list inputs = chosen(call.tensors, call.kept->inputs);
  const variable_list outputs = LoopNode::apply(at::TensorList(inputs), &call);
  fill(call.output, call.kept->outputs, outputs);
  return call.output;
}

}  // namespace rondo
