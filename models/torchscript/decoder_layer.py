# One layer below `above`. A state lists the tensors of this layer, then of those above.


# beside: what is put beside each layer's input -> the top layer's states, state after the last
# step.
def forward(self, inputs: Tensor, beside: List[Tensor],
            state: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
    seen = torch.cat([inputs] + beside, -1) if len(beside) > 0 else inputs
    states, last = self.layer.forward(seen, state[:self.state_size])
    if self.residual:
        states = states + inputs
    if hasattr(self, "above"):
        top, last_above = self.above.forward(states, beside, state[self.state_size:])
        return top, last + last_above
    return states, last
