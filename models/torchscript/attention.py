# Memory is [values, bias, keys]: values [batch, source_time, memory]; bias [batch, 1, source_time],
# 0 on real tokens and -inf on padding; keys only where `keys` projects them.


# states [source_time, batch, memory], mask [source_time, batch] bool.
def remember(self, states: Tensor, mask: Tensor) -> List[Tensor]:
    values = states.transpose(0, 1).contiguous()
    bias = torch.zeros(mask.size(), dtype=torch.float32)
    bias = bias.masked_fill(mask.logical_not(), float("-inf")).transpose(0, 1).unsqueeze(1)
    return [values, bias] + self.keys(values)


# queries [time, rows, query], a sentence's rows side by side -> context [time, rows, memory],
# weights [time, rows, source_time].
def forward(self, queries: Tensor, memory: List[Tensor]) -> Tuple[Tensor, Tensor]:
    time = queries.size(0)
    rows = queries.size(1)
    batch = memory[0].size(0)
    assert rows % batch == 0, "the rows are no multiple of the sentences in memory"
    beams = rows // batch
    # [time, batch, beams, dim] <-> [batch, beams * time, dim]
    asked = queries.reshape([time, batch, beams, -1]).permute([1, 2, 0, 3])
    scores = self.scores(asked.reshape([batch, beams * time, -1]), memory)
    weights = torch.softmax(scores + memory[1], -1)
    context = torch.bmm(weights, memory[0])
    return (context.view([batch, beams, time, -1]).permute([2, 0, 1, 3]).reshape([time, rows, -1]),
            weights.view([batch, beams, time, -1]).permute([2, 0, 1, 3]).reshape([time, rows, -1]))
