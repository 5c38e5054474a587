# values [time, batch, any] with another value on padding, whatever it holds.
def with_padding(self, values: Tensor, mask: Tensor, padding: float) -> Tensor:
    return values.masked_fill(mask.logical_not().unsqueeze(-1), padding)


def max_state(self, states: Tensor, mask: Tensor) -> Tensor:
    return self.with_padding(states, mask, float("-inf")).amax(0)


def mean_state(self, states: Tensor, mask: Tensor) -> Tensor:
    return self.with_padding(states, mask, 0.0).sum(0) / mask.sum(0).unsqueeze(-1)
