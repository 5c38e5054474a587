# Sutskever et al. 2014 with the encoder's last state at every step, as in Cho et al. 2014.
def decode(self, tokens: Tensor, memory: List[Tensor],
           state: List[Tensor]) -> Tuple[Tensor, Tensor, List[Tensor]]:
    time = tokens.size(0)
    rows = tokens.size(1)
    summary = memory[0]  # [batch, 1, memory]
    beams = rows // summary.size(0)
    context = summary.expand([-1, beams, -1]).reshape([1, rows, -1]).expand([time, rows, -1])
    beside: List[Tensor] = []
    inputs = torch.cat([self.embedding.forward(tokens), context], -1)
    top, last = self.layers.forward(inputs, beside, state)
    no_attention = torch.zeros([time, rows, 0], dtype=torch.float32)
    return self.readout([top, context]), no_attention, last
