def forward(self, states: Tensor, last: Tensor, mask: Tensor) -> Tensor:
    return self.max_state(states, mask)
