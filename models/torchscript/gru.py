def step(self, inputs: Tensor, state: List[Tensor]) -> List[Tensor]:
    hidden = torch.gru_cell(
        inputs, state[0].to(inputs.dtype),
        self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
    return [hidden.to(torch.float32)]


def sequence(self, inputs: Tensor, state: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
    start = state[0].unsqueeze(0).to(inputs.dtype)
    weights = [self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh]
    states, hidden = torch.gru(
        inputs, start, weights, True, 1, 0.0, False, False, False)
    return states.to(torch.float32), [hidden.squeeze(0).to(torch.float32)]
