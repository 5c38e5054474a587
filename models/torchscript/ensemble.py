# The mean logits of `member` and of `others`, a chain that gives its logits in a list.


def all_logits(self, tokens: Tensor, lengths: Tensor) -> List[Tensor]:
    logits = [self.member.forward(tokens, lengths)]
    if hasattr(self, "others"):
        logits = logits + self.others.all_logits(tokens, lengths)
    return logits


def forward(self, tokens: Tensor, lengths: Tensor) -> Tensor:
    return torch.stack(self.all_logits(tokens, lengths)).mean(0)
