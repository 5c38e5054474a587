# `layer` with its states normalised (models/state_norm.h); the state it hands on is as it was.
# gain, bias [hidden] float32.


def forward(self, inputs: Tensor, state: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
    states, last = self.layer.forward(inputs, state)
    return torch.layer_norm(states, [self.gain.size(0)], self.gain, self.bias), last
