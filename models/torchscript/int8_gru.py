def sequence(self, inputs: Tensor, state: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
    cell_params = self.cell
    assert cell_params is not None, "the weights are not packed"
    states, hidden = torch.quantized_gru(
        inputs, state[0], [cell_params], True, 1, 0.0, False, False, False)
    return states, [hidden.squeeze(0)]
