# Forced scores: app/decoding/pair_scorer.cpp in TorchScript.


def score(self, sources: List[str], targets: List[str]) -> List[float]:
    """The log-probability, in nats, of each target line as the translation of its source line, </s>
    counted. Over-long lines are not split."""
    assert len(sources) == len(targets), ("as many targets as sources are needed, but there are " +
                                          str(len(targets)) + " and " + str(len(sources)))
    source = [self.source_tokenizer.encode(line) for line in sources]
    target = [self.target_tokenizer.encode(line) for line in targets]
    scores = [0.0] * len(sources)
    order = self.by_length(target, True)
    begin = 0
    while begin < len(order):
        # About 2,000 tokens meet the vocabulary at once, so that their logits stay small.
        most = max(2048 // (len(target[order[begin]]) + 1), 1)
        chosen = order[begin:begin + min(most, max(self.batch_size, 1))]
        found = self.forced_scores(source, target, chosen)
        for i in range(len(chosen)):
            scores[chosen[i]] = found[i]
        begin += len(chosen)
    return scores


def forced_scores(self, source: List[List[int]], target: List[List[int]],
                  chosen: List[int]) -> List[float]:
    tokens, lengths = self.padded(source, chosen, [], [3])
    target_in, target_lengths = self.padded(target, chosen, [2], [])
    target_out = self.padded(target, chosen, [], [3])[0].unsqueeze(2)
    log_probs = torch.log_softmax(self.network.forward(tokens, lengths, target_in), 2)
    paid = log_probs.gather(2, target_out).squeeze(2).to(torch.float64)  # [time, batch]
    times = torch.arange(paid.size(0), device=paid.device).unsqueeze(1)
    sums: List[float] = paid.masked_fill(times >= target_lengths, 0.0).sum(0).tolist()
    return sums
