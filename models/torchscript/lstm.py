# Under bf16 the cell alone stays float32 in a step: it is a sum over all steps.
def step(self, inputs: Tensor, state: List[Tensor]) -> List[Tensor]:
    hidden, cell = torch.lstm_cell(
        inputs, [state[0].to(inputs.dtype), state[1]],
        self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
    return [hidden.to(torch.float32), cell.to(torch.float32)]


def sequence(self, inputs: Tensor, state: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
    start = [part.unsqueeze(0).to(inputs.dtype) for part in state]
    weights = [self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh]
    states, hidden, cell = torch.lstm(
        inputs, start, weights, True, 1, 0.0, False, False, False)
    last = [hidden.squeeze(0).to(torch.float32), cell.squeeze(0).to(torch.float32)]
    return states.to(torch.float32), last
