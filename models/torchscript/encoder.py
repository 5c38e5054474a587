# Embeds a padded batch and runs the layers over it; padding never reaches a state.


# tokens [time, batch] int64, lengths [batch] int64.
def check(self, tokens: Tensor, lengths: Tensor) -> None:
    assert tokens.dim() == 2, "tokens must be [time, batch]"
    assert tokens.dtype == torch.long and lengths.dtype == torch.long, (
        "tokens and lengths must be int64")
    assert lengths.dim() == 1 and lengths.size(0) == tokens.size(1), (
        "lengths must be [batch], one for each column of tokens")
    assert tokens.numel() > 0, "tokens must hold at least one sentence of one token"
    assert int(lengths.min()) >= 1 and int(lengths.max()) <= tokens.size(0), (
        "each length must be in [1, time]")
    assert int(tokens.min()) >= 0 and int(tokens.max()) < self.embedding.vocabulary(), (
        "a token id is outside the vocabulary")


# -> states [time, batch, directions * hidden], the top layer's last states [batch, ...], and
# mask [time, batch] bool, true on real tokens.
def forward(self, tokens: Tensor, lengths: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    self.check(tokens, lengths)
    time = tokens.size(0)
    batch = tokens.size(1)
    positions = torch.arange(time).unsqueeze(1)
    columns = torch.arange(batch)
    mask = positions < lengths.unsqueeze(0)
    # Each sentence backwards, its padding where it was; as rows of [time * batch].
    backwards = torch.where(mask, lengths.unsqueeze(0) - 1 - positions, positions)
    reversed_rows = (backwards * batch + columns).reshape([-1])
    final_rows = (lengths - 1) * batch + columns
    states, last = self.layers.forward(self.embedding.forward(tokens), reversed_rows, final_rows)
    return states, last, mask
