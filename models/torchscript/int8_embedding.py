# values [vocab, dim] int8, scales [vocab].


def forward(self, tokens: Tensor) -> Tensor:
    rows = tokens.reshape([-1])
    vectors = self.values.index_select(0, rows).to(torch.float32)
    vectors = vectors * (self.scales.index_select(0, rows) * self.scale).unsqueeze(1)
    return vectors.reshape(tokens.size() + [self.values.size(1)])


def vocabulary(self) -> int:
    return self.values.size(0)
