# Wu et al. 2016: the first layer attends, everything above reads [state; context].
def decode(self, tokens: Tensor, memory: List[Tensor],
           state: List[Tensor]) -> Tuple[Tensor, Tensor, List[Tensor]]:
    first, last = self.first.forward(self.embedding.forward(tokens), state[:self.state_size])
    context, weights = self.attention.forward(first, memory)
    top = first
    if hasattr(self, "layers"):
        top, last_above = self.layers.forward(first, [context], state[self.state_size:])
        last = last + last_above
    return self.readout([top, context]), weights, last
