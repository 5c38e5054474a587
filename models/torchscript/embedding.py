# weight [vocab, dim].


# Any shape of int64 -> one dimension more, float32, scaled.
def forward(self, tokens: Tensor) -> Tensor:
    return torch.embedding(self.weight, tokens).to(torch.float32) * self.scale


def vocabulary(self) -> int:
    return self.weight.size(0)
