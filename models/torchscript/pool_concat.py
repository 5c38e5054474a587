# Howard & Ruder 2018, section 3.3.
def forward(self, states: Tensor, last: Tensor, mask: Tensor) -> Tensor:
    return torch.cat([last, self.max_state(states, mask), self.mean_state(states, mask)], -1)
