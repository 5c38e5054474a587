def forward(self, states: Tensor, last: Tensor, mask: Tensor) -> Tensor:
    return self.mean_state(states, mask)
