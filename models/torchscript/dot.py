# score(q, k) = q.k * factor: dot with factor 1, scaled_dot with 1 / sqrt(dim). The values are keys.


def keys(self, values: Tensor) -> List[Tensor]:
    keys: List[Tensor] = []
    return keys


def scores(self, queries: Tensor, memory: List[Tensor]) -> Tensor:
    return torch.bmm(queries, memory[0].transpose(1, 2)) * self.factor
