# One layer in one direction; lstm.py, gru.py, rnn.py say how. weight_ih, weight_hh, bias_ih,
# bias_hh as in torch.nn.LSTM. A state is [hidden, cell] for an LSTM, [hidden] for the others, each
# [batch, hidden] float32.


# inputs [time, batch, input]; state empty for zeros -> states [time, batch, hidden], last state.
def forward(self, inputs: Tensor, state: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
    start = state
    if len(state) == 0:
        zeros = torch.zeros([inputs.size(1), self.weight_hh.size(1)], dtype=torch.float32)
        start = [zeros, zeros]
    dtype = self.weight_hh.dtype
    # The fused kernels pay for reordering their weights at each call: not worth it for one step.
    if inputs.size(0) == 1:
        last = self.step(inputs.squeeze(0).to(dtype), start)
        return last[0].unsqueeze(0), last
    return self.sequence(inputs.to(dtype), start)
