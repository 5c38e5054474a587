# tokens [time, batch] int64, lengths [batch] int64 -> logits [batch, outputs].
def forward(self, tokens: Tensor, lengths: Tensor) -> Tensor:
    states, last, mask = self.encoder.forward(tokens, lengths)
    return self.output.forward(self.pool.forward(states, last, mask))
