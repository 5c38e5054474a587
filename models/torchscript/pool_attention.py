# Yang et al. 2016, eq. 5-7; the contexts of several heads side by side.
def forward(self, states: Tensor, last: Tensor, mask: Tensor) -> Tensor:
    real = self.with_padding(states, mask, 0.0)
    scores = self.score.forward(torch.tanh(self.hidden.forward(real)))  # [time, batch, heads]
    weights = torch.softmax(self.with_padding(scores, mask, float("-inf")), 0)
    return torch.bmm(weights.permute([1, 2, 0]), real.transpose(0, 1)).flatten(1)
