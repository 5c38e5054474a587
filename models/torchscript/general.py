# score(q, k) = q.(W k)


def keys(self, values: Tensor) -> List[Tensor]:
    return [self.key.forward(values)]


def scores(self, queries: Tensor, memory: List[Tensor]) -> Tensor:
    return torch.bmm(queries, memory[2].transpose(1, 2))
