# Faster than float32's fused layer at any batch, and equal to products in 8 bits with gates in
# float32.
def sequence(self, inputs: Tensor, state: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
    cell_params = self.cell
    assert cell_params is not None, "the weights are not packed"
    states, hidden, cell = torch.quantized_lstm(
        inputs, state, [cell_params], True, 1, 0.0, False, False, False,
        dtype=torch.int8, use_dynamic=True)
    return states, [hidden.squeeze(0), cell.squeeze(0)]
