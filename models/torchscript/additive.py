# score(q, k) = v.tanh(W q + U k)


def keys(self, values: Tensor) -> List[Tensor]:
    return [self.key.forward(values)]


def scores(self, queries: Tensor, memory: List[Tensor]) -> Tensor:
    pairs = torch.tanh(self.query.forward(queries).unsqueeze(2) + memory[2].unsqueeze(1))
    return self.energy.forward(pairs).squeeze(-1)
